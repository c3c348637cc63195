/** The workbook of a run: the week, an index, then one sheet per table with the run columns hidden. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import type { Cell } from '../../platform/destination.ts';
import { fromCsv } from '../../platform/files/csv.ts';
import type { Manifest } from '../../platform/files/manifest.ts';
import { type Column, runColumns } from '../../sql/contract.ts';
import { indexSheet, lastCompleteWeek, type Row, weekSheet } from './front.ts';
import { tableSheet } from './sheet.ts';

const RUN_COLUMNS = runColumns.map((column) => column.name);

/** A table's own cells (without the run columns) as `fromCsv` gives them, in the manifest's column order. */
function readRows(folder: string, mart: Manifest['marts'][number], own: Column[]): Cell[][] {
  const { name, answers } = mart;
  const text = readFileSync(join(folder, `${name}.csv`), 'utf8');
  return fromCsv({ name, kind: 'mart', answers, grain: [], columns: own, sheets: 'all' }, text);
}

/** Builds the workbook from the CSV files of `folder`, which the manifest describes, and writes it to `path` at once. */
export async function writeWorkbook(folder: string, manifest: Manifest, path: string): Promise<void> {
  let week: Row[] = [];
  const sheets = manifest.marts.map((mart) => {
    const own = mart.columns.slice(RUN_COLUMNS.length);
    const rows = readRows(folder, mart, own);
    if (mart.name === 'weekly_summary')
      week = rows.map((row) => Object.fromEntries(own.map((column, i) => [column.name, row[i]!])));
    const stamp: Cell[] = [manifest.as_of, manifest.run_id, own.length];
    return tableSheet(
      mart.name,
      mart.columns,
      rows.map((row) => [...stamp, ...row]),
      RUN_COLUMNS,
    );
  });
  const front = [weekSheet(lastCompleteWeek(week, manifest.as_of), manifest), indexSheet(manifest)];
  const bytes = await writeXlsx({ sheets: [...front, ...sheets], stringMode: 'shared' });
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}
