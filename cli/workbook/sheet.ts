/**
 * One published table as one sheet: a frozen header, typed cells, a real Excel table, and never a
 * formula.
 */
import type {
  CellStyle,
  CellValue,
  HeaderFooter,
  PageSetup,
  Cell as SheetCell,
  WriteSheet,
} from 'hucre';
import { minorDigits } from '../../platform/cells.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Column, ColumnType } from '../../sql/contract.ts';

const FORMATS: Record<ColumnType, string | undefined> = {
  string: '@',
  integer: '#,##0',
  number: '#,##0.00',
  rate: '0.0%',
  money: '#,##0.00',
  date: 'yyyy-mm-dd',
  timestamp: 'yyyy-mm-dd hh:mm:ss',
  boolean: 'General',
};

/** Printed, a page is one sheet of paper wide. */
export const PRINT: PageSetup = {
  orientation: 'landscape',
  paperSize: 'a4',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
};

/** The sheet's name, and the page number of how many. */
export const FOOTER: HeaderFooter = { oddFooter: '&L&A&RPage &P of &N' };

/** Most characters across a landscape A4 page that are still readable. */
const PAGE_WIDTH = 200;

/** Excel's own limit. */
const MAX_TEXT = 32_767;

/**
 * Text that looks like an escape of the file format: unescaped, it would be shown as that
 * character.
 */
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/g;
export const plainText = (text: string): string =>
  text.slice(0, MAX_TEXT).replace(escapeLike, '_x005F_');

/** A stored cell (days as text, instants as ms, money in minor units) as a workbook value. */
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
      : type === 'timestamp'
        ? 19
        : 12;
  return Math.min(60, Math.max(name.length + 4, longest + 2));
};

const decimals = (digits: number): string => `#,##0${digits ? `.${'0'.repeat(digits)}` : ''}`;

/**
 * The number format of a cell: money with the decimals of its currency, whole numbers without any.
 */
function formatOf(type: ColumnType, value: CellValue, currency: Cell): string | undefined {
  if (type === 'money') return decimals(minorDigits(currency));
  if (type === 'number' && Number.isInteger(value)) return decimals(0);
  return FORMATS[type];
}

/** Text is indented, away from the right-aligned figure before it. */
const alignmentOf = (type: ColumnType): CellStyle['alignment'] =>
  type === 'string' ? { horizontal: 'left', indent: 1 } : { horizontal: 'right' };

const headerOf = (type: ColumnType): CellStyle => ({
  font: { name: 'Calibri', family: 2, size: 11, bold: true },
  alignment: alignmentOf(type),
});

/** Cells that differ from their column's format: the header, and numbers with other decimals. */
function ownCells(
  columns: Column[],
  body: CellValue[][],
  currencyOf: (row: number) => Cell,
): Map<string, Partial<SheetCell>> {
  const cells = new Map<string, Partial<SheetCell>>();
  for (const [x, { name, type }] of columns.entries()) {
    cells.set(`0,${x}`, { value: name, style: headerOf(type) });
    if (type !== 'money' && type !== 'number') continue;
    for (const [y, row] of body.entries()) {
      const numFmt = formatOf(type, row[x]!, currencyOf(y));
      if (row[x] !== null && numFmt !== FORMATS[type])
        cells.set(`${y + 1},${x}`, { value: row[x]!, style: { numFmt } });
    }
  }
  return cells;
}

/**
 * `rows` have one cell per column. An Excel table needs a row, so an empty one gets a blank row.
 */
export function tableSheet(
  name: string,
  columns: Column[],
  rows: Cell[][],
  hidden: string[] = [],
): WriteSheet {
  const currencyAt = columns.findIndex((column) => column.name === 'currency');
  const currencyOf = (y: number): Cell => (currencyAt < 0 ? null : rows[y]![currencyAt]!);
  const body = rows.map((row, y) =>
    row.map((cell, i) => excelValue(columns[i]!.type, cell, currencyOf(y))),
  );
  const shown = columns.map((column, i) => ({
    width: widthOf(column, rows, i),
    hidden: hidden.includes(column.name),
    style: { numFmt: FORMATS[column.type], alignment: alignmentOf(column.type) },
  }));
  const width = shown.reduce((sum, column) => sum + (column.hidden ? 0 : column.width), 0);
  // The column that names a row stays in view, and is repeated on every printed page.
  const named = String.fromCharCode('A'.charCodeAt(0) + hidden.length);
  return {
    name: name.slice(0, 31),
    columns: shown,
    cells: ownCells(columns, body, currencyOf),
    rows: [
      columns.map((column) => column.name),
      ...(body.length ? body : [columns.map(() => null)]),
    ],
    freezePane: { rows: 1, columns: hidden.length + 1 },
    pageSetup: {
      ...PRINT,
      fitToWidth: Math.ceil(width / PAGE_WIDTH),
      printTitlesRow: '$1:$1',
      printTitlesColumn: `$${named}:$${named}`,
    },
    headerFooter: FOOTER,
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
