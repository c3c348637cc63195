/** The rooms of the house, and which may import which. `docs/architecture.md` draws them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** core ← sql ← warehouse, platform ← workers, cli. A room may always import itself. */
const below = ['core', 'sql', 'warehouse', 'platform'];
export const allowed: Record<string, string[]> = {
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
  // The house on this machine hands each Worker its settings, and each door its secrets.
  cli: [...below, 'looker', 'workers', 'workers/ingest'],
  bench: [...below, 'workers', 'cli', 'test'],
};
allowed.test = [...Object.keys(allowed), 'bench'];

/** A Worker is a room of its own; files beside them are of the room `workers`. */
export const room = (path: string): string =>
  /^workers\/\w+\//.test(path) ? path.split('/').slice(0, 2).join('/') : path.split('/')[0]!;

export const sources = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
  .filter((path) => !path.split('/').includes('node_modules'))
  .filter((path) => room(path) in allowed);

/** The files that a file imports, types included. */
export function imports(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    normalize(join(dirname(path), match[1]!)),
  );
}

/** Every import of another room's file, as [from, to]. */
export const edges = (path: string): [string, string][] =>
  imports(path)
    .map((target): [string, string] => [room(path), room(target)])
    .filter(([from, to]) => from !== to);
