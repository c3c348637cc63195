/** The architecture as a table: which folder may import which. It is the document that cannot lie. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** core ← sql ← warehouse, platform ← workers, cli. A room may always import itself. */
const below = ['core', 'sql', 'warehouse', 'platform'];
const allowed: Record<string, string[]> = {
  core: [],
  sql: ['core'],
  warehouse: ['core', 'sql'],
  platform: ['core', 'sql'],
  // The drawing of a report page is made of the dashboard's own charts and tables.
  looker: ['core', 'sql', 'web'],
  web: ['core', 'sql'],
  // What all Workers share; they never import one another.
  workers: below,
  'workers/ingest': [...below, 'workers'],
  'workers/engine': [...below, 'workers'],
  'workers/export': [...below, 'workers'],
  'workers/api': [...below, 'workers', 'web'],
  cli: [...below, 'looker'],
  bench: [...below, 'workers', 'cli', 'test'],
};
allowed.test = [...Object.keys(allowed), 'bench'];

/** A Worker is a room of its own; files beside them are of the room `workers`. */
const room = (path: string): string =>
  /^workers\/\w+\//.test(path) ? path.split('/').slice(0, 2).join('/') : path.split('/')[0]!;

const sources = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
  .filter((path) => !path.split('/').includes('node_modules'))
  .filter((path) => room(path) in allowed);

/** Every import of another room's file, as [from, to]. */
function edges(path: string): [string, string][] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
    .map((match) => normalize(join(dirname(path), match[1]!)))
    .map((target): [string, string] => [room(path), room(target)])
    .filter(([from, to]) => from !== to);
}

describe('the house', () => {
  it('has rooms that import only downwards', () => {
    const wrong = sources.flatMap((path) =>
      edges(path)
        .filter(([from, to]) => to in allowed && !allowed[from]!.includes(to))
        .map(([from, to]) => `${path}: ${from} must not import ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has files of one job: none over 300 lines', () => {
    const long = sources
      .map((path) => [path, readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 300);
    expect(long).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    expect(sources.filter((path) => /\b(utils?|helpers?|common|misc)\b/i.test(path))).toEqual([]);
  });

  it('has Workers whose index reads as the system diagram: at most 60 lines', () => {
    const long = sources
      .filter((path) => /^workers\/\w+\/index\.ts$/.test(path))
      .map((path) => [path, readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 60);
    expect(long).toEqual([]);
  });
});
