/**
 * Pulls the last published run out of the house into a folder, and touches nothing else that lies
 * there.
 */
import { createHash } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Fault } from '../core/faults.ts';
import type { Manifest } from '../platform/files/manifest.ts';
import { marts } from '../sql/views/index.ts';
import type { HouseClient } from './house/open.ts';
import { filesOf, MANIFEST, manifestIn, noteFolder, readPublished, WORKBOOK } from './published.ts';
import { buildWorkbook } from './workbook/workbook.ts';
import { adopt, isUnknown, refuseForeign, removeOwn, writeOwn } from './written-files.ts';

/**
 * Throws `Fault('file_exists')` where an export into `folder` would overwrite a file that the house
 * did not write.
 */
export function refuseFolder(folder: string, houseId: string): void {
  const manifest = join(folder, MANIFEST);
  const workbook = join(folder, WORKBOOK);
  const older = isUnknown(manifest) ? readPublished(folder, houseId) : null;
  if (older) adoptExport(folder, older);
  const tables = marts.flatMap(({ name }) => filesOf(folder, name).map(({ path }) => path));
  refuseForeign([...tables, manifest]);
  if (older && isUnknown(workbook)) setAside(workbook);
  refuseForeign([workbook]);
}

/**
 * An export of this house from before the ledger: its manifest vouches for itself and its tables.
 */
function adoptExport(folder: string, manifest: Manifest): void {
  for (const { name, files } of manifest.marts)
    for (const { kind, path } of filesOf(folder, name))
      if (files?.[kind]) adopt(path, files[kind].sha256);
  adopt(join(folder, MANIFEST));
}

/** Nothing says whether somebody worked on a workbook from before the ledger, so it is kept. */
function setAside(workbook: string): void {
  const kept = `${workbook}.before`;
  if (!existsSync(kept)) renameSync(workbook, kept);
}

/** Removes the previous export, so that no table of an older run stays beside the new ones. */
function clear(folder: string): void {
  const before = manifestIn(folder);
  removeOwn(join(folder, MANIFEST));
  for (const { name } of before?.marts ?? [])
    for (const { path } of filesOf(folder, name)) removeOwn(path);
}

/**
 * Fetches the tables of the last published run into `folder`, then writes the manifest, then the
 * workbook made of them.
 */
export async function pull(
  house: HouseClient,
  folder: string,
): Promise<{ manifest: Manifest; workbook: string }> {
  const manifest = (await (await house.call('/exports/latest')).json()) as Manifest;
  clear(folder);
  for (const { name, files } of manifest.marts)
    for (const { kind, path } of filesOf(folder, name)) {
      const answer = await house.call(`/exports/files/${manifest.run_id}/${name}.${kind}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (createHash('sha256').update(bytes).digest('hex') !== files[kind].sha256)
        throw new Fault('storage_busy', `${name}.${kind} arrived damaged; run the command again`);
      writeOwn(path, bytes);
    }
  writeOwn(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  noteFolder(house.state, resolve(folder));
  const workbook = join(folder, WORKBOOK);
  writeOwn(workbook, await buildWorkbook(folder, manifest));
  return { manifest, workbook };
}
