/**
 * The destination `files`: one CSV and one Parquet file per table in R2, and a manifest, written
 * last.
 */
import { Fault } from '../../core/faults.ts';
import { filterText } from '../../sql/contract.ts';
import { publishedColumns } from '../cells.ts';
import { Checksum } from '../checksum.ts';
import type { Destination, RunStamp, Table, Written } from '../destination.ts';
import { csvHeader, csvLines } from './csv.ts';
import {
  type FileKind,
  fileKey,
  fileKinds,
  LATEST,
  type Manifest,
  type PublishedMart,
  readManifest,
} from './manifest.ts';
import { TableParquet } from './parquet.ts';
import { digestOf, type FileDigest, Upload } from './upload.ts';

const contentTypes: Record<FileKind, string> = {
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
};
const text = new TextEncoder();

type Files = Record<FileKind, FileDigest>;

/**
 * Writes both files of a table in one pass over its pages. Throws if the pages do not match the
 * table's row count and checksum.
 */
async function send(bucket: R2Bucket, run: RunStamp, table: Table): Promise<Files> {
  const { contract, load_id } = table;
  const upload = (kind: FileKind) =>
    new Upload(bucket, fileKey(load_id, contract.name, kind), contentTypes[kind]);
  const csv = upload('csv');
  const parquet = upload('parquet');
  const lines = csvLines(contract, run);
  const groups = new TableParquet(contract, run, (bytes) => parquet.write(bytes));
  const checksum = new Checksum();
  try {
    await csv.write(text.encode(csvHeader(contract)));
    for await (const rows of table.pages()) {
      for (const row of rows) checksum.add(row);
      await csv.write(text.encode(lines(rows)));
      await groups.add(rows);
    }
    await groups.finish();
    if (checksum.rows !== table.row_count || checksum.toString() !== table.checksum)
      throw new Fault(
        'storage_busy',
        `${contract.name}: the bucket did not return the rows that were rendered`,
      );
    return { csv: await csv.finish(), parquet: await parquet.finish() };
  } catch (error) {
    await Promise.all([csv.abort(), parquet.abort()]);
    throw error;
  }
}

/**
 * Whether the bucket returns the files byte for byte; then it holds the table's rows, since the
 * bytes were made from them.
 */
async function isWhole(
  bucket: R2Bucket,
  { load_id, contract }: Table,
  files: Files,
): Promise<boolean> {
  for (const kind of fileKinds) {
    const found = await digestOf(bucket, fileKey(load_id, contract.name, kind));
    if (found?.sha256 !== files[kind].sha256 || found.bytes !== files[kind].bytes) return false;
  }
  return true;
}

const martOf = (
  { contract, row_count, checksum, load_id, data_through }: Table,
  files: Files,
): PublishedMart => ({
  name: contract.name,
  kind: contract.kind,
  rows: row_count,
  checksum,
  load_id,
  data_through,
  columns: publishedColumns(contract),
  answers: contract.answers,
  ...(contract.chartFilter ? { chart_filter: filterText(contract.chartFilter) } : {}),
  files,
});

async function putManifest(bucket: R2Bucket, manifest: Manifest): Promise<void> {
  await bucket.put(LATEST, JSON.stringify(manifest), {
    httpMetadata: { contentType: 'application/json' },
  });
}

/**
 * The manifest of this house's last run. Throws `other_house` if the bucket holds another house's.
 */
async function ownManifest(bucket: R2Bucket, house_id: string): Promise<Manifest | null> {
  const before = await readManifest(bucket);
  if (before && before.house_id !== house_id)
    throw new Fault(
      'other_house',
      `house ${before.house_id} publishes to this bucket; use another one`,
    );
  return before;
}

/** Files in the house's own bucket, below `exports/`. */
export function filesDestination(bucket: R2Bucket): Destination {
  return {
    name: 'files',
    carries: () => true,
    async publish(run, tables) {
      const before = await ownManifest(bucket, run.house_id);
      const known = new Map(before?.marts.map((mart) => [mart.load_id, mart.files]));
      const marts: PublishedMart[] = [];
      const written: Written[] = [];
      for (const table of tables) {
        const { load_id, row_count, checksum } = table;
        const mart = table.contract.name;
        const sent = known.get(load_id);
        const isThere = sent !== undefined && (await isWhole(bucket, table, sent));
        const files = isThere ? sent : await send(bucket, run, table);
        if (!isThere && !(await isWhole(bucket, table, files)))
          throw new Fault(
            'destination_refused',
            `the bucket did not return the files of ${mart} as they were written`,
          );
        const notes =
          sent && !isThere ? [`the files of ${mart} had been changed and were rewritten`] : [];
        written.push({
          mart,
          load_id,
          rows: row_count,
          checksum,
          ...(notes.length > 0 ? { notes } : {}),
        });
        marts.push(martOf(table, files));
      }
      const { house_id, is_sample, run_id, as_of, rules_version } = run;
      const manifest: Manifest = { house_id, is_sample, run_id, as_of, rules_version, marts };
      if (JSON.stringify(before) !== JSON.stringify(manifest)) await putManifest(bucket, manifest);
      return written;
    },
    async markStale({ house_id, since, reason }) {
      const before = await ownManifest(bucket, house_id);
      if (!before || (before.stale?.since === since && before.stale.reason === reason)) return;
      await putManifest(bucket, { ...before, stale: { since, reason } });
    },
  };
}
