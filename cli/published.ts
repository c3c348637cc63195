/** The last export as it lies on this machine: the manifest, and one CSV and one Parquet file per table. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../core/faults.ts';
import { fileKinds, type Manifest } from '../platform/files/manifest.ts';
import type { House } from './house/open.ts';

export const MANIFEST = 'manifest.json';
export const WORKBOOK = 'signalhouse.xlsx';

/** The manifest in `folder`, refused where it is another house's; null before the first export. */
export function readPublished(folder: string, houseId: string): Manifest | null {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return null;
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  return manifest.house_id === houseId ? manifest : null;
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

/** Forgets the files of the export before, so that no table of an older run stays beside the new ones. */
function clear(folder: string): void {
  rmSync(join(folder, MANIFEST), { force: true });
  for (const name of readdirSync(folder))
    if (/\.(csv|parquet)$/.test(name)) rmSync(join(folder, name));
}

/** Fetches the last published run from the house's bucket into `folder`; the manifest is written last. */
export async function pullPublished(house: House, folder: string): Promise<Manifest> {
  const manifest = (await (await house.call('/exports/latest')).json()) as Manifest;
  mkdirSync(folder, { recursive: true });
  clear(folder);
  for (const { name, files } of manifest.marts)
    for (const kind of fileKinds) {
      const answer = await house.call(`/exports/files/${manifest.run_id}/${name}.${kind}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (createHash('sha256').update(bytes).digest('hex') !== files[kind].sha256)
        throw new Fault('storage_busy', `${name}.${kind} came damaged; run the command again`);
      writeFileSync(join(folder, `${name}.${kind}`), bytes);
    }
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
