/**
 * A random house's tables in a folder, as an export leaves them there: what the commands over the
 * last export read.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { State } from '../../cli/house/state.ts';
import type { Manifest, PublishedMart } from '../../platform/files/manifest.ts';
import { TableParquet } from '../../platform/files/parquet.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Contract } from '../../sql/contract.ts';
import { marts } from '../../sql/views/index.ts';
import { randomAsOf, randomHouse } from '../views/random-house.ts';

const run = {
  run_id: 'run-of-the-test',
  as_of: randomAsOf,
  attempt: 1,
  is_sample: false,
  rules_version: 'rules-of-it',
};

async function parquetOf(
  contract: Contract,
  stamp: typeof run & { house_id: string },
  rows: Cell[][],
): Promise<Buffer> {
  const sent: Uint8Array[] = [];
  const table = new TableParquet(contract, stamp, async (bytes) => void sent.push(bytes.slice()));
  await table.add(rows);
  await table.finish();
  return Buffer.concat(sent);
}

/**
 * Writes each table's Parquet file and the manifest into the state's `out`; answers with the
 * manifest.
 */
export async function publishRandomHouse(
  { out, house: { house_id } }: State,
  people: number,
): Promise<Manifest> {
  const house = randomHouse(people, 7);
  mkdirSync(out, { recursive: true });
  const published: Pick<PublishedMart, 'name' | 'load_id' | 'checksum'>[] = [];
  for (const { name, contract } of marts) {
    const found = house.query(`select * from ${name}`, { as_of: randomAsOf });
    const rows = found.map((row) => contract.columns.map((column) => row[column.name] as Cell));
    writeFileSync(
      join(out, `${name}.parquet`),
      await parquetOf(contract, { ...run, house_id }, rows),
    );
    published.push({ name, load_id: `load-of-${name}`, checksum: 'c' });
  }
  const manifest = { ...run, house_id, marts: published as PublishedMart[] };
  writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest));
  return manifest;
}
