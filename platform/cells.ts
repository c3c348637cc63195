/**
 * Converts stored cells to what readers see, and back: minor units to decimals, days to serial
 * numbers.
 */
import { DAY } from '../core/durations.ts';
import { currencyExponent } from '../core/money.ts';
import type { Cell } from '../sql/cell.ts';
import type { Column, Contract } from '../sql/contract.ts';
import { runColumns, schemaVersion } from '../sql/contract.ts';
import type { RunStamp } from './destination.ts';

/** Days between the spreadsheet epoch, 1899-12-30, and 1970-01-01. */
const SERIAL_OF_1970 = 25_569;

/** Run columns, then the contract's: the columns of every published table, in order (R11). */
export const publishedColumns = (contract: Contract): Column[] => [
  ...runColumns,
  ...contract.columns,
];

/** The run columns' cells for one table. */
export const runCells = (run: RunStamp, contract: Contract): Cell[] => [
  run.as_of,
  run.run_id,
  schemaVersion(contract),
];

/**
 * A value from D1 as a cell. Blank text becomes null, since spreadsheets cannot tell the two apart.
 */
export const cellOf = (value: unknown): Cell =>
  value === '' || value === undefined ? null : (value as Cell);

/** Decimal places of a currency's minor unit (ISO 4217); 2 for an unknown currency. */
export const minorDigits = (currency: unknown): number =>
  (typeof currency === 'string' ? currencyExponent(currency) : undefined) ?? 2;

/** Reads the decimal places of a row's money from its `currency` column. */
export function digitsReader(contract: Contract): (row: readonly unknown[]) => number {
  const position = contract.columns.findIndex((column) => column.name === 'currency');
  return (row) => minorDigits(row[position]);
}

/** Minor units as exact decimal text: 1250 with 2 places is `12.50`. */
export function decimalText(minor: number, digits: number): string {
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Decimal back to minor units. */
export const minorOf = (decimal: number | string, digits: number): number =>
  Math.round(Number(decimal) * 10 ** digits);

/** A day as a spreadsheet serial number. */
export const serialOfDay = (day: string): number =>
  Date.parse(`${day}T00:00:00Z`) / DAY + SERIAL_OF_1970;
/** An instant as a spreadsheet serial number (UTC). */
export const serialOfInstant = (ms: number): number => ms / DAY + SERIAL_OF_1970;
export const dayOfSerial = (serial: number): string =>
  new Date((serial - SERIAL_OF_1970) * DAY).toISOString().slice(0, 10);
export const instantOfSerial = (serial: number): number =>
  Math.round((serial - SERIAL_OF_1970) * DAY);
