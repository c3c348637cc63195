/**
 * What the last night published of the tables that may be restated: kept in the bucket until
 * another night has published.
 */
import { rulesVersion } from '../../core/rules/config.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Contract } from '../../sql/contract.ts';
import { marts } from '../../sql/views/index.ts';
import type { LoadIds } from '../../warehouse/nights/loads.ts';
import { instanceId, type NightParams } from '../../warehouse/nights/night-params.ts';
import type { PublishedNight } from '../../warehouse/nights/restatement-causes.ts';
import type { Env } from './env.ts';
import { partKey, type Rendered } from './render.ts';

/** Rendered again by every night for the instant of the night before (R13). */
export const restatable: Contract[] = marts
  .map(({ contract }) => contract)
  .filter(({ isRestated }) => isRestated);

type KeptMart = { key: string; parts: number; columns: string[]; load_id: string };

export type Kept = PublishedNight & { marts: Record<string, KeptMart> };

const FOLDER = 'published/';
const LATEST = `${FOLDER}latest.json`;

/** What was kept, or null before the first night. */
export async function readKept(bucket: R2Bucket): Promise<Kept | null> {
  const object = await bucket.get(LATEST);
  return object && (await object.json<Kept>());
}

/** The kept rows of a mart, part by part. */
export async function* keptRows(
  bucket: R2Bucket,
  { key, parts }: KeptMart,
): AsyncGenerator<Cell[][]> {
  for (let part = 0; part < parts; part += 1) {
    const object = await bucket.get(partKey(key, part));
    if (!object) throw new Error(`${partKey(key, part)} is no longer in the bucket`);
    yield (await object.text()).split('\n').map((line) => JSON.parse(line) as Cell[]);
  }
}

async function copy(bucket: R2Bucket, from: string, to: string): Promise<void> {
  const object = await bucket.get(from);
  if (!object) throw new Error(`${from} is no longer in the bucket`);
  await bucket.put(to, await object.arrayBuffer());
}

/**
 * Keeps what this night rendered, in place of what was kept before. The list of what is kept
 * changes last. Safe to repeat.
 */
export async function keepPublished(
  { STORAGE: bucket }: Pick<Env, 'STORAGE'>,
  night: NightParams,
  read_at: number,
  rendered: Map<string, Rendered>,
  loads: LoadIds,
): Promise<void> {
  const folder = `${FOLDER}${instanceId(night)}/`;
  const kept: Kept = { as_of: night.as_of, rules_version: rulesVersion, read_at, marts: {} };
  for (const { name, columns } of restatable) {
    const { key: from, parts } = rendered.get(name)!;
    const key = `${folder}${name}`;
    for (let part = 0; part < parts; part += 1)
      await copy(bucket, partKey(from, part), partKey(key, part));
    kept.marts[name] = {
      key,
      parts,
      columns: columns.map((column) => column.name),
      load_id: loads[name]!,
    };
  }
  await bucket.put(LATEST, JSON.stringify(kept));
  const { objects } = await bucket.list({ prefix: FOLDER });
  const old = objects
    .map(({ key }) => key)
    .filter((key) => key !== LATEST && !key.startsWith(folder));
  if (old.length > 0) await bucket.delete(old);
}
