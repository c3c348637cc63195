/**
 * The workbook of a run: the week, an index, then one sheet per table with the run columns hidden.
 */
import { writeXlsx } from 'hucre/xlsx';
import { indexPage } from '../../core/pages/index-page.ts';
import { weekReport } from '../../core/pages/week.ts';
import { weekPage } from '../../core/pages/week-page.ts';
import type { Manifest, PublishedMart } from '../../platform/files/manifest.ts';
import type { Cell } from '../../sql/cell.ts';
import { runColumns } from '../../sql/contract.ts';
import { ownColumns, readTable, readWeekRows } from '../published-tables.ts';
import { pageSheet } from './page-sheet.ts';
import { tableSheet } from './sheet.ts';

const RUN_COLUMNS = runColumns.map((column) => column.name);
const KEPT =
  'Keep your own work in another file: the next export replaces this one, or stops if you ' +
  'changed it.';

/**
 * A table with more cells is left to its CSV and Parquet files: a spreadsheet program would open it
 * slowly or not at all.
 */
const MOST_CELLS = 1_000_000;
const fits = (mart: PublishedMart): boolean => mart.rows * mart.columns.length <= MOST_CELLS;

/**
 * The bytes of the workbook, built from the CSV files of `folder`, which the manifest describes.
 */
export async function buildWorkbook(folder: string, manifest: Manifest): Promise<Uint8Array> {
  const { stale } = manifest;
  const report = weekReport(readWeekRows(folder, manifest), manifest);
  const indexed = manifest.marts.map((mart) =>
    fits(mart) ? mart : { ...mart, only_in: `${mart.name}.csv` },
  );
  const pages = [weekPage(report, stale), indexPage(manifest, indexed, stale, KEPT)];
  const tables = manifest.marts.filter(fits).map((mart) => {
    const stamp: Cell[] = [manifest.as_of, manifest.run_id, ownColumns(mart).length];
    const rows = readTable(folder, mart).map((row) => [...stamp, ...row]);
    return tableSheet(mart.name, mart.columns, rows, RUN_COLUMNS);
  });
  return writeXlsx({
    sheets: [...pages.map(pageSheet), ...tables],
    stringMode: 'shared',
  });
}
