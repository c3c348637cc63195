/**
 * Which test files do more under `FULL`: they ask for it, or import a file of `test/` that does.
 * `FULL=1` runs these only, `FULL=all` every test at full counts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const asksForIt = (path: string): boolean => {
  const text = readFileSync(path, 'utf8');
  if (text.includes('process.env.FULL')) return true;
  return [...text.matchAll(/from '(\.[^']+\.ts)'/g)]
    .map(([, name]) => join(dirname(path), name!))
    .some((other) => other.startsWith(import.meta.dirname) && asksForIt(other));
};

export const fullTests = (): string[] =>
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .sort()
    .filter((name) => asksForIt(join(import.meta.dirname, name)))
    .map((name) => `test/${name}`);
