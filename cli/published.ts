/**
 * The last export as it is on this machine: the manifest, and one CSV and one Parquet file per
 * table.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Fault } from '../core/faults.ts';
import { type FileKind, fileKinds, type Manifest } from '../platform/files/manifest.ts';
import type { State } from './house/state.ts';

export const MANIFEST = 'manifest.json';
export const WORKBOOK = 'signalhouse.xlsx';

/**
 * The manifest in `folder`, of whichever house; null where there is none, or where that file is
 * something else.
 */
export function manifestIn(folder: string): Manifest | null {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return null;
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest | null;
    return manifest?.house_id && Array.isArray(manifest.marts) ? manifest : null;
  } catch {
    return null;
  }
}

/**
 * The manifest of this house in `folder`; null before the first export, and where another house
 * exported last.
 */
export function readPublished(folder: string, houseId: string): Manifest | null {
  const manifest = manifestIn(folder);
  return manifest?.house_id === houseId ? manifest : null;
}

/** File in the state folder that names the folder of the last export. */
const LAST_FOLDER = 'exported-to';

export const noteFolder = (state: State, folder: string): void =>
  writeFileSync(join(state.folder, LAST_FOLDER), folder);

export type Published = { folder: string; manifest: Manifest };

/**
 * The last export, in whichever folder it is; with `out` the one there. Null where there is none.
 */
export function lastPublished(state: State, out?: string): Published | null {
  const note = join(state.folder, LAST_FOLDER);
  const noted = existsSync(note) ? [readFileSync(note, 'utf8')] : [];
  for (const folder of out === undefined ? [...noted, state.out] : [resolve(out)]) {
    const manifest = readPublished(folder, state.house.house_id);
    if (manifest) return { folder, manifest };
  }
  return null;
}

/** The same, or `not_found`. */
export function needPublished(state: State, out?: string): Published {
  const published = lastPublished(state, out);
  if (published) return published;
  const folder = resolve(out ?? state.out);
  throw new Fault(
    'not_found',
    `${folder} holds no export of this house; run: npm run -s signalhouse -- export`,
  );
}

/** The files of one table. */
export const filesOf = (folder: string, name: string): { kind: FileKind; path: string }[] =>
  fileKinds.map((kind) => ({ kind, path: join(folder, `${name}.${kind}`) }));
