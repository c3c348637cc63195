/** One published table as one sheet: a header that stays in view, typed cells, a real Excel table, and never a formula. */
import type { CellValue, PageSetup, WriteSheet } from 'hucre';
import { minorDigits } from '../../platform/cells.ts';
import type { Cell } from '../../platform/destination.ts';
import type { Column, ColumnType } from '../../sql/contract.ts';

const FORMATS: Record<ColumnType, string | undefined> = {
  string: '@',
  integer: '#,##0',
  number: '#,##0.00',
  rate: '0.0%',
  money: '#,##0.00',
  date: 'yyyy-mm-dd',
  timestamp: 'yyyy-mm-dd hh:mm:ss',
  boolean: undefined,
};

/** On paper a sheet is one page wide. */
export const PRINT: PageSetup = {
  orientation: 'landscape',
  paperSize: 'a4',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
};

/** Excel's own limit. */
const MAX_TEXT = 32_767;

/** What stands for a character in the file format: left as it is, a reader would show that character instead. */
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/g;
export const plainText = (text: string): string =>
  text.slice(0, MAX_TEXT).replace(escapeLike, '_x005F_');

/** A cell of the house (days as text, instants as ms, money as minor units) as the workbook shows it. */
function excelValue(type: ColumnType, cell: Cell, currency: Cell): CellValue {
  if (cell === null) return null;
  if (type === 'date') return new Date(`${cell}T00:00:00Z`);
  if (type === 'timestamp') return new Date(Number(cell));
  if (type === 'boolean') return Boolean(cell);
  if (type === 'money') return Number(cell) / 10 ** minorDigits(currency);
  return typeof cell === 'string' ? plainText(cell) : cell;
}

const widthOf = ({ name, type }: Column, rows: Cell[][], i: number): number => {
  const longest =
    type === 'string'
      ? Math.max(0, ...rows.slice(0, 200).map((row) => String(row[i] ?? '').length))
      : 12;
  return Math.min(60, Math.max(name.length + 4, longest + 2));
};

/** `rows` hold one cell per column. A table needs a row, so an empty one keeps a blank line under its header. */
export function tableSheet(
  name: string,
  columns: Column[],
  rows: Cell[][],
  hidden: string[] = [],
): WriteSheet {
  const currencyAt = columns.findIndex((column) => column.name === 'currency');
  const body = rows.map((row) =>
    row.map((cell, i) =>
      excelValue(columns[i]!.type, cell, currencyAt < 0 ? null : row[currencyAt]!),
    ),
  );
  return {
    name: name.slice(0, 31),
    columns: columns.map((column, i) => ({
      width: widthOf(column, rows, i),
      hidden: hidden.includes(column.name),
      numFmt: FORMATS[column.type],
    })),
    rows: [
      columns.map((column) => column.name),
      ...(body.length ? body : [columns.map(() => null)]),
    ],
    freezePane: { rows: 1 },
    pageSetup: { ...PRINT, printTitlesRow: '$1:$1' },
    tables: [
      {
        name: `t_${name}`,
        displayName: `t_${name}`,
        columns: columns.map((column) => ({ name: column.name })),
        style: 'TableStyleMedium2',
      },
    ],
  };
}
