/**
 * Tables as CSV (RFC 4180): CRLF, a header row, quotes where needed, a blank for null. A text that
 * a spreadsheet would read as a formula (it begins with = + - @, their full-width forms, a tab or a
 * line end) gets a leading apostrophe, and so does a text that begins with an apostrophe, so that
 * taking one away restores every text exactly.
 */
import { parse } from 'csv-parse/sync';
import { DAY } from '../../core/durations.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Column, Contract } from '../../sql/contract.ts';
import { decimalText, digitsReader, minorOf, publishedColumns, runCells } from '../cells.ts';
import type { RunStamp } from '../destination.ts';

const END = '\r\n';
const guarded = /^[=+\-@＝＋－＠\t\r\n']/;
/** A text without any of these needs no quoting. */
const special = /^[=+\-@＝＋－＠\t']|[",\r\n]/;

/** A text as one cell. */
export function quoted(text: string): string {
  if (!special.test(text)) return text;
  const safe = guarded.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const days = new Map<number, string>();
const padded = (value: number, width: number): string => String(value).padStart(width, '0');

/** An instant as ISO 8601 with milliseconds; the same as `toISOString`, whose days repeat. */
function isoInstant(ms: number): string {
  const day = Math.floor(ms / DAY);
  let text = days.get(day);
  if (text === undefined) {
    text = new Date(day * DAY).toISOString().slice(0, -13);
    days.set(day, text);
  }
  const rest = ms - day * DAY;
  const s = Math.floor(rest / 1000);
  const hours = padded(Math.floor(s / 3600), 2);
  const minutes = padded(Math.floor(s / 60) % 60, 2);
  return `${text}${hours}:${minutes}:${padded(s % 60, 2)}.${padded(rest % 1000, 3)}Z`;
}

type Text = (cell: string | number, digits: number) => string;

const texts: Record<Column['type'], Text> = {
  string: (cell) => quoted(String(cell)),
  money: (cell, digits) => decimalText(Number(cell), digits),
  timestamp: (cell) => isoInstant(Number(cell)),
  boolean: (cell) => (cell ? 'true' : 'false'),
  date: String,
  integer: String,
  number: String,
  rate: String,
};

/** The header line. */
export const csvHeader = (contract: Contract): string =>
  `${publishedColumns(contract)
    .map(({ name }) => name)
    .join(',')}${END}`;

/** Returns a function that writes rows of the table as lines, run columns first. */
export function csvLines(contract: Contract, run: RunStamp): (rows: Cell[][]) => string {
  const columns = publishedColumns(contract);
  const own = contract.columns.map(({ type }) => texts[type]);
  const hasMoney = contract.columns.some(({ type }) => type === 'money');
  const digitsOf = digitsReader(contract);
  const stamp = runCells(run, contract)
    .map((cell, i) => (cell === null ? '' : texts[columns[i]!.type](cell, 0)))
    .join(',');
  return (rows) => {
    let text = '';
    for (const row of rows) {
      const digits = hasMoney ? digitsOf(row) : 0;
      text += stamp;
      for (let i = 0; i < own.length; i += 1) {
        const cell = row[i] ?? null;
        text += cell === null ? ',' : `,${own[i]!(cell, digits)}`;
      }
      text += END;
    }
    return text;
  };
}

function cellFrom(column: Column, text: string, digits: number): Cell {
  if (text === '') return null;
  if (column.type === 'string') return text.startsWith("'") ? text.slice(1) : text;
  if (column.type === 'date') return text;
  if (column.type === 'money') return minorOf(text, digits);
  if (column.type === 'timestamp') return Date.parse(text);
  if (column.type === 'boolean') return text === 'true' ? 1 : 0;
  return Number(text);
}

/** Reads a table's CSV back as rows without the run columns. */
export function fromCsv(contract: Contract, text: string): Cell[][] {
  const records = parse(text, { from_line: 2 }) as string[][];
  const skip = publishedColumns(contract).length - contract.columns.length;
  const digitsOf = digitsReader(contract);
  return records.map((record) => {
    const own = record.slice(skip);
    const digits = digitsOf(own);
    return contract.columns.map((column, i) => cellFrom(column, own[i] ?? '', digits));
  });
}
