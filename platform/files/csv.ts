/**
 * Tables as CSV (RFC 4180): CRLF, a header row, quotes where needed, a blank for null. A text that a spreadsheet would
 * read as a formula (it begins with = + - @, a tab or a return) gets a leading apostrophe, and so does a text that begins
 * with an apostrophe, so that taking one away restores every text exactly.
 */
import { parse } from 'csv-parse/sync';
import type { Column, Contract } from '../../sql/contract.ts';
import { decimalText, digitsReader, minorOf, publishedColumns, runCells } from '../cells.ts';
import type { Cell, RunStamp } from '../destination.ts';

const guarded = /^[=+\-@\t\r']/;
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function textOf(column: Column, cell: Cell, digits: number): string {
  if (cell === null) return '';
  if (column.type === 'string') return quoted(guarded.test(String(cell)) ? `'${cell}` : String(cell));
  if (column.type === 'money') return decimalText(Number(cell), digits);
  if (column.type === 'timestamp') return new Date(Number(cell)).toISOString();
  if (column.type === 'boolean') return cell ? 'true' : 'false';
  return String(cell);
}

/** The whole table as text, run columns first. */
export function toCsv(contract: Contract, rows: Cell[][], run: RunStamp): string {
  const columns = publishedColumns(contract);
  const stamp = runCells(run, contract);
  const digitsOf = digitsReader(contract);
  const lines = [columns.map((column) => column.name).join(',')];
  for (const row of rows) {
    const digits = digitsOf(row);
    lines.push([...stamp, ...row].map((cell, i) => textOf(columns[i]!, cell, digits)).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
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

/** Reads `toCsv`'s text back as rows without the run columns. */
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
