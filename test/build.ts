import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildWorkers, ROOT } from '../cli/house/build.ts';
import { fullTests } from './full-tests.ts';

/** Bundles the Workers once, before any test starts them. */
export const setup = (): Promise<void> => buildWorkers();

/** Says what a run of everything covered, and what it left out. */
export function teardown(): void {
  const isSome = process.argv.slice(3).some((argument) => !argument.startsWith('-'));
  if (isSome || process.env.FULL) return;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`Every test ran. ${fullTests().length} files that draw at random or kill at every step ran`);
  say('in small; `npm run test:full` runs them at the counts that docs and reports name.');
  if (!existsSync(join(ROOT, '../shared')))
    say('Skipped: the Google stand-in and the real data, which lie in ../shared.');
  if (!existsSync(join(ROOT, 'test/engines/node_modules')))
    say("Skipped: Google's SQL evaluator; `npm ci` in test/engines installs it.");
}
