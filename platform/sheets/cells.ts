/** Cells as a spreadsheet holds them: typed values, never parsed text, so that no text can become a formula. */
import type { sheets_v4 } from '@googleapis/sheets';
import type { Column, Contract } from '../../sql/contract.ts';
import {
  cellOf,
  dayOfSerial,
  decimalText,
  digitsReader,
  instantOfSerial,
  minorOf,
  publishedColumns,
  runCells,
  serialOfDay,
  serialOfInstant,
} from '../cells.ts';
import type { Cell, RunStamp } from '../destination.ts';

export type CellData = sheets_v4.Schema$CellData;

export const text = (value: string): CellData => ({ userEnteredValue: { stringValue: value } });
export const instant = (ms: number): CellData => ({ userEnteredValue: { numberValue: serialOfInstant(ms) } });

function typed({ type }: Column, cell: Cell, digits: number): CellData {
  if (cell === null) return {};
  if (type === 'string') return text(String(cell));
  if (type === 'boolean') return { userEnteredValue: { boolValue: Boolean(cell) } };
  if (type === 'date') return { userEnteredValue: { numberValue: serialOfDay(String(cell)) } };
  if (type === 'timestamp') return instant(Number(cell));
  if (type === 'money') return { userEnteredValue: { numberValue: Number(decimalText(Number(cell), digits)) } };
  return { userEnteredValue: { numberValue: Number(cell) } };
}

/** The header and all rows, run columns first. */
export function toRows(contract: Contract, rows: Cell[][], run: RunStamp): sheets_v4.Schema$RowData[] {
  const columns = publishedColumns(contract);
  const stamp = runCells(run, contract);
  const digitsOf = digitsReader(contract);
  return [
    { values: columns.map(({ name }) => text(name)) },
    ...rows.map((row) => {
      const digits = digitsOf(row);
      return { values: [...stamp, ...row].map((cell, i) => typed(columns[i]!, cell, digits)) };
    }),
  ];
}

function cellFrom({ type }: Column, value: unknown, digits: number): Cell {
  const cell = cellOf(value);
  if (cell === null) return null;
  if (type === 'boolean') return cell ? 1 : 0;
  if (typeof cell !== 'number') return cell;
  if (type === 'date') return dayOfSerial(cell);
  if (type === 'timestamp') return instantOfSerial(cell);
  if (type === 'money') return minorOf(cell, digits);
  return cell;
}

/** Rows as `values.batchGet` (UNFORMATTED_VALUE, without the header) gives them, back as rows without the run columns. */
export function fromValues(contract: Contract, values: unknown[][]): Cell[][] {
  const skip = publishedColumns(contract).length - contract.columns.length;
  const digitsOf = digitsReader(contract);
  return values
    .filter((value) => value.some((cell) => cell !== ''))
    .map((value) => {
      const own = value.slice(skip);
      const digits = digitsOf(own);
      return contract.columns.map((column, i) => cellFrom(column, own[i], digits));
    });
}

/** Number format of a column's cells; none for text and booleans. */
export function formatOf({ type }: Column): sheets_v4.Schema$NumberFormat | undefined {
  if (type === 'date') return { type: 'DATE', pattern: 'yyyy-mm-dd' };
  if (type === 'timestamp') return { type: 'DATE_TIME', pattern: 'yyyy-mm-dd hh:mm:ss' };
  if (type === 'money') return { type: 'NUMBER', pattern: '#,##0.00' };
  if (type === 'rate') return { type: 'PERCENT', pattern: '0.0%' };
  if (type === 'integer') return { type: 'NUMBER', pattern: '#,##0' };
  if (type === 'number') return { type: 'NUMBER', pattern: '#,##0.0##' };
  return undefined;
}
