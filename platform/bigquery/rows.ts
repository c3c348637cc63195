/** Cells as BigQuery loads and returns them, and the schema of a published table. */

import type { Cell } from '../../sql/cell.ts';
import { type Column, type Contract, runColumns } from '../../sql/contract.ts';
import {
  decimalText,
  digitsReader,
  minorDigits,
  minorOf,
  publishedColumns,
  runCells,
} from '../cells.ts';
import type { RunStamp, Table } from '../destination.ts';
import type { Field, StoredRow } from './api.ts';
import { CURRENT_RUN, sidesOf } from './names.ts';

const types: Record<Column['type'], string> = {
  string: 'STRING',
  integer: 'INT64',
  number: 'FLOAT64',
  rate: 'FLOAT64',
  money: 'NUMERIC',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  boolean: 'BOOL',
};

export const fieldOf = ({ name, type, description }: Column): Field => ({
  name,
  type: types[type],
  mode: 'NULLABLE',
  description,
});

/** Not `load_id`: the export ledger is itself a mart with a column of that name. */
export const LOAD_COLUMN = 'published_load_id';

const loadColumn: Column = {
  name: LOAD_COLUMN,
  type: 'string',
  description: 'The load that brought this row.',
};

/** Columns of the view that readers use. */
export const viewFields = (contract: Contract): Field[] => publishedColumns(contract).map(fieldOf);

/** Columns of the two load tables. The load id is first, so that an appended column is the last. */
export const loadFields = (contract: Contract): Field[] =>
  [loadColumn, ...publishedColumns(contract)].map(fieldOf);

/** Clustering columns of a load table: its grain, as far as BigQuery can cluster by it. */
export const clusteringOf = ({ grain, columns }: Contract): string[] =>
  grain
    .filter((name) =>
      columns.some((column) => column.name === name && types[column.type] !== 'FLOAT64'),
    )
    .slice(0, 4);

/** Lines per chunk: large enough to be fast, small enough to be freed soon. */
const LINES_TOGETHER = 100;

function loaded({ type }: Column, cell: Cell, digits: number): string {
  if (type === 'money') return `"${decimalText(Number(cell), digits)}"`;
  if (type === 'timestamp') return `"${new Date(Number(cell)).toISOString()}"`;
  if (type === 'boolean') return cell ? 'true' : 'false';
  return JSON.stringify(cell);
}

/** Writes rows of these columns as lines of JSON, each with its line end; blanks are left out. */
export function lineWriter(
  columns: readonly Column[],
): (row: readonly Cell[], digits: number) => string {
  const names = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  return (row, digits) => {
    let line = '';
    for (const [i, cell] of row.entries())
      if (cell !== null)
        line += `${line ? ',' : ''}${names[i]}${loaded(columns[i]!, cell, digits)}`;
    return `{${line}}\n`;
  };
}

/** The lines of a table of the run, in chunks. */
export async function* linesOf(table: Table, run: RunStamp): AsyncIterable<string> {
  const { contract, load_id } = table;
  const write = lineWriter([loadColumn, ...publishedColumns(contract)]);
  const stamp = [load_id, ...runCells(run, contract)];
  const digitsOf = digitsReader(contract);
  let lines = '';
  let waiting = 0;
  for await (const page of table.pages())
    for (const row of page) {
      lines += write([...stamp, ...row], digitsOf(row));
      waiting += 1;
      if (waiting < LINES_TOGETHER) continue;
      yield lines;
      lines = '';
      waiting = 0;
    }
  yield lines;
}

function cellFrom({ type }: Column, text: string | null, digits: number): Cell {
  if (text === null || type === 'string' || type === 'date') return text;
  if (type === 'money') return minorOf(text, digits);
  if (type === 'timestamp') return Number(text) / 1000;
  if (type === 'boolean') return text === 'true' ? 1 : 0;
  return Number(text);
}

/**
 * Reads rows of a table that has the columns `fields` as cells of `columns`; missing columns are
 * blank.
 */
export function cellReader(
  columns: readonly Column[],
  fields: Field[],
): (row: StoredRow) => Cell[] {
  const at = columns.map(({ name }) => fields.findIndex((field) => field.name === name));
  const textAt = ({ f }: StoredRow, position: number | undefined) => f[position ?? -1]?.v ?? null;
  const currency = at[columns.findIndex(({ name }) => name === 'currency')];
  return (row) => {
    const digits = minorDigits(textAt(row, currency));
    return columns.map((column, i) => cellFrom(column, textAt(row, at[i]), digits));
  };
}

/**
 * Reads rows of a load table: cells without the run columns, and whether the row belongs to that
 * very load and run.
 */
export function loadReader({ contract, load_id }: Table, run: RunStamp, fields: Field[]) {
  const read = cellReader(contract.columns, fields);
  const readStamp = cellReader([loadColumn, ...runColumns], fields);
  const stamp = [load_id, ...runCells(run, contract)];
  return (row: StoredRow): { cells: Cell[]; isOfLoad: boolean } => ({
    cells: read(row),
    isOfLoad: readStamp(row).every((cell, i) => cell === stamp[i]),
  });
}

/**
 * The readers' view: the rows of the two load tables that belong to the load `current_run` names.
 */
export function viewQuery(project: string, dataset: string, contract: Contract): string {
  const name = (table: string) => `\`${project}.${dataset}.${table}\``;
  const columns = publishedColumns(contract)
    .map((column) => `\`${column.name}\``)
    .join(', ');
  const part = (table: string) =>
    [
      `select ${columns} from ${name(table)}`,
      `where ${LOAD_COLUMN} = (`,
      `  select load_id from ${name(CURRENT_RUN)} where mart = '${contract.name}' and table_id ` +
        `= '${table}'`,
      ')',
    ].join('\n');
  return sidesOf(contract.name).map(part).join('\nunion all\n');
}
