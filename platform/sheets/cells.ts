/**
 * Cells as a spreadsheet holds them: typed values, never parsed text, so that no text can become a
 * formula.
 */
import { Fault } from '../../core/faults.ts';
import type { Cell } from '../../sql/cell.ts';
import type { ColumnType, Contract } from '../../sql/contract.ts';
import {
  cellOf,
  dayOfSerial,
  digitsReader,
  instantOfSerial,
  minorOf,
  runCells,
  serialOfDay,
  serialOfInstant,
} from '../cells.ts';
import type { RunStamp } from '../destination.ts';

/** A cell as Google's JSON carries it; null leaves a fresh cell blank. */
export type Value = string | number | boolean | null;

/** Google's own limit. */
const CELL_CHARACTERS = 50_000;

/** Most days to remember: those of some decades. */
const DAYS = 20_000;

/** Days repeat from row to row and table to table, so each is computed once. */
function remembered<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= DAYS) known.clear();
    const made = work(key);
    known.set(key, made);
    return made;
  };
}

const serialOf = remembered(serialOfDay);
const dayOf = remembered(dayOfSerial);

type Convert = (cell: NonNullable<Cell>, digits: number) => Value;

/** Into the spreadsheet; other types are written as they are. */
const into: Partial<Record<ColumnType, Convert>> = {
  date: (cell) => serialOf(String(cell)),
  timestamp: (cell) => serialOfInstant(Number(cell)),
  money: (cell, digits) => Number(cell) / 10 ** digits,
  boolean: (cell) => Boolean(cell),
};

/**
 * Back from the spreadsheet; a cell of the wrong type is kept as it is, so that it counts as a
 * difference.
 */
const back: Partial<
  Record<ColumnType, (value: NonNullable<Cell> | boolean, digits: number) => Cell>
> = {
  date: (value) => (typeof value === 'number' ? dayOf(value) : String(value)),
  timestamp: (value) => (typeof value === 'number' ? instantOfSerial(value) : String(value)),
  money: (value, digits) => (typeof value === 'number' ? minorOf(value, digits) : String(value)),
  boolean: (value) => (typeof value === 'boolean' ? Number(value) : String(value)),
};

export type Cells = {
  /** A stored row as values, without the run columns. */
  values(row: Cell[]): Value[];
  /** Values as read, without the first `skip`, as a stored row. */
  row(values: unknown[], skip: number): Cell[];
};

/**
 * Converts one table's rows to spreadsheet values and back. Throws `destination_refused` for a text
 * that is too long for a cell.
 */
export function cellsOf(contract: Contract): Cells {
  const { columns, name } = contract;
  const digitsOf = digitsReader(contract);
  const to = columns.flatMap(({ type }, i) => (into[type] ? [{ i, convert: into[type] }] : []));
  const from = columns.flatMap(({ type }, i) => (back[type] ? [{ i, convert: back[type] }] : []));
  const texts = columns.flatMap(({ type }, i) => (type === 'string' ? [i] : []));
  return {
    values(row) {
      const values: Value[] = row.slice();
      const digits = digitsOf(row);
      for (const { i, convert } of to) {
        const cell = row[i];
        if (cell !== null && cell !== undefined) values[i] = convert(cell, digits);
      }
      for (const i of texts)
        if (typeof row[i] === 'string' && row[i].length > CELL_CHARACTERS)
          throw new Fault(
            'destination_refused',
            `${name}: a ${columns[i]!.name} has ${row[i].length} characters but a cell of a ` +
              `spreadsheet can hold ${CELL_CHARACTERS}; shorten it`,
          );
      return values;
    },
    row(values, skip) {
      const row = new Array<Cell>(columns.length);
      for (let i = 0; i < columns.length; i += 1) row[i] = cellOf(values[skip + i]);
      if (from.length === 0) return row;
      const digits = digitsOf(row);
      for (const { i, convert } of from) {
        const cell = row[i];
        if (cell !== null && cell !== undefined) row[i] = convert(cell, digits);
      }
      return row;
    },
  };
}

/** The run columns' cells of one table as values. */
export function runValues(run: RunStamp, contract: Contract): Value[] {
  const [as_of, ...rest] = runCells(run, contract);
  return [serialOfInstant(Number(as_of)), ...rest];
}

/** Characters that JSON escapes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes control characters.
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A row as the text of typed cells. */
export function rowText(values: Value[]): string {
  let text = '';
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    const comma = i === 0 ? '' : ',';
    if (value === null || value === '') text += `${comma}{}`;
    else if (typeof value === 'string') {
      const quoted = ESCAPED.test(value) ? JSON.stringify(value) : `"${value}"`;
      text += `${comma}{"userEnteredValue":{"stringValue":${quoted}}}`;
    } else if (typeof value === 'number')
      text += `${comma}{"userEnteredValue":{"numberValue":${value}}}`;
    else text += `${comma}{"userEnteredValue":{"boolValue":${value}}}`;
  }
  return `{"values":[${text}]}`;
}

/** The name of a column counted from 1: 1 is A, 27 is AA. */
export const columnName = (n: number): string =>
  n <= 26
    ? String.fromCharCode(64 + n)
    : columnName(Math.floor((n - 1) / 26)) + columnName(((n - 1) % 26) + 1);

/** A range in A1 notation; columns and rows count from 1, `to` row included. */
export const rangeOf = (title: string, from: number, to: number, columns: number): string =>
  `'${title.replaceAll("'", "''")}'!A${from}:${columnName(columns)}${to}`;

/** `before`, the texts separated by commas, and `after`, joined in one go. */
export function listText(before: string, after: string, texts: string[]): string {
  const parts = texts.length > 0 ? texts.slice() : [''];
  parts[0] = before + parts[0];
  parts[parts.length - 1] += after;
  return parts.join();
}

/** JSON in Latin-1 characters only: any other would double the memory of the whole body. */
export const narrowJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u0100-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
