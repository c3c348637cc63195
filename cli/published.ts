/** The last export as it lies on this machine: the manifest, and one CSV and one Parquet file per table. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../core/faults.ts';
import { type FileKind, fileKinds, type Manifest } from '../platform/files/manifest.ts';

export const MANIFEST = 'manifest.json';
export const WORKBOOK = 'signalhouse.xlsx';

/** The manifest in `folder`, of whichever house; null where there is none, or where that file is something else. */
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

/** The manifest of this house in `folder`; null before the first export, and where another house exported last. */
export function readPublished(folder: string, houseId: string): Manifest | null {
  const manifest = manifestIn(folder);
  return manifest?.house_id === houseId ? manifest : null;
}

/** As `readPublished`, for commands that need it. */
export function needPublished(folder: string, houseId: string): Manifest {
  const manifest = readPublished(folder, houseId);
  if (manifest) return manifest;
  throw new Fault(
    'not_found',
    `${folder} holds no export of this house; run: npm run -s signalhouse -- export`,
  );
}

/** The files of one table. */
export const filesOf = (folder: string, name: string): { kind: FileKind; path: string }[] =>
  fileKinds.map((kind) => ({ kind, path: join(folder, `${name}.${kind}`) }));
