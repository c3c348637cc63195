/** The destination `files`: one CSV and one Parquet file per table in R2, and a manifest that is written last. */
import { createHash } from 'node:crypto';
import { Fault } from '../../core/faults.ts';
import { filterText } from '../../sql/contract.ts';
import { publishedColumns } from '../cells.ts';
import { checksumOf } from '../checksum.ts';
import { type Destination, type RunStamp, rowsOf, type Table, type Written } from '../destination.ts';
import { fromCsv, toCsv } from './csv.ts';
import { fileKey, LATEST, type Manifest, readManifest } from './manifest.ts';
import { toParquet } from './parquet.ts';

const sha256 = (data: ArrayBuffer | string): string =>
  createHash('sha256')
    .update(typeof data === 'string' ? data : new Uint8Array(data))
    .digest('hex');

function manifestOf(run: RunStamp, tables: Table[]): Manifest {
  return {
    house_id: run.house_id,
    is_sample: run.is_sample,
    run_id: run.run_id,
    as_of: run.as_of,
    rules_version: run.rules_version,
    marts: tables.map(({ contract, row_count, checksum, load_id, data_through }) => ({
      name: contract.name,
      kind: contract.kind,
      rows: row_count,
      checksum,
      load_id,
      data_through,
      columns: publishedColumns(contract),
      answers: contract.answers,
      chart_filter: contract.chartFilter && filterText(contract.chartFilter),
    })),
  };
}

/** R2 compares the digest with what it stored and refuses the write where they differ. */
async function put(bucket: R2Bucket, key: string, data: ArrayBuffer | string, contentType: string): Promise<void> {
  await bucket.put(key, data, { sha256: sha256(data), httpMetadata: { contentType } });
}

async function readBack(bucket: R2Bucket, run: RunStamp, table: Table): Promise<Written> {
  const object = await bucket.get(fileKey(run.run_id, `${table.contract.name}.csv`));
  if (!object) throw new Fault('destination_busy', `${table.contract.name}.csv is not in the bucket`);
  const rows = fromCsv(table.contract, await object.text());
  return { mart: table.contract.name, load_id: table.load_id, rows: rows.length, checksum: checksumOf(rows) };
}

/** Files in the house's own bucket, below `exports/`. */
export function filesDestination(bucket: R2Bucket): Destination {
  return {
    name: 'files',
    carries: () => true,
    async publish(run, tables) {
      const before = await readManifest(bucket);
      if (before && before.house_id !== run.house_id)
        throw new Fault('other_house', `the bucket carries the runs of house ${before.house_id}; use another bucket`);
      const manifest = manifestOf(run, tables);
      const isThere = JSON.stringify(before) === JSON.stringify(manifest);
      const written: Written[] = [];
      for (const table of tables) {
        if (!isThere) {
          const rows = await rowsOf(table);
          const name = table.contract.name;
          await put(bucket, fileKey(run.run_id, `${name}.csv`), toCsv(table.contract, rows, run), 'text/csv');
          const parquet = toParquet(table.contract, rows, run);
          await put(bucket, fileKey(run.run_id, `${name}.parquet`), parquet, 'application/vnd.apache.parquet');
        }
        written.push(await readBack(bucket, run, table));
      }
      if (!isThere) await put(bucket, LATEST, JSON.stringify(manifest), 'application/json');
      return written;
    },
  };
}
