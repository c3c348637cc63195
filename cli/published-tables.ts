/**
 * Reads the tables of the last export from its folder: cells in contract order, and the rows of the
 * week's report.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WeekRow } from '../core/pages/week.ts';
import { fromCsv } from '../platform/files/csv.ts';
import type { Manifest, PublishedMart } from '../platform/files/manifest.ts';
import type { Cell } from '../sql/cell.ts';
import { type Column, runColumns } from '../sql/contract.ts';

/** A table's own columns, without the run columns. */
export const ownColumns = (mart: PublishedMart): Column[] => mart.columns.slice(runColumns.length);

/** The rows of a table, without the run columns. */
export function readTable(folder: string, mart: PublishedMart): Cell[][] {
  const { name, answers } = mart;
  const text = readFileSync(join(folder, `${name}.csv`), 'utf8');
  return fromCsv(
    { name, kind: 'mart', answers, grain: [], columns: ownColumns(mart), sheets: 'all' },
    text,
  );
}

/** What `weekReport` reads. */
export function readWeekRows(folder: string, manifest: Manifest): WeekRow[] {
  const mart = manifest.marts.find(({ name }) => name === 'weekly_summary');
  if (!mart) return [];
  const names = ownColumns(mart).map(({ name }) => name);
  return readTable(folder, mart).map(
    (row) => Object.fromEntries(names.map((name, i) => [name, row[i]!])) as unknown as WeekRow,
  );
}
