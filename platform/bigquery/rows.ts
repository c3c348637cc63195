/** Cells as BigQuery loads them and gives them back; the schema of a published table. */
import { type Column, type Contract, runColumns } from '../../sql/contract.ts';
import { decimalText, digitsReader, minorOf, publishedColumns, runCells } from '../cells.ts';
import type { Cell, RunStamp } from '../destination.ts';
import type { Field } from './api.ts';

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

const loadId = fieldOf({ name: LOAD_COLUMN, type: 'string', description: 'The load that brought this row.' });

/** Columns of the view that readers use. */
export const viewFields = (contract: Contract): Field[] => publishedColumns(contract).map(fieldOf);

/** Columns of the two load tables: the load id stands first, so that an appended column is the last. */
export const loadFields = (contract: Contract): Field[] => [loadId, ...viewFields(contract)];

function loaded({ type }: Column, cell: Cell, digits: number): unknown {
  if (cell === null) return undefined;
  if (type === 'money') return decimalText(Number(cell), digits);
  if (type === 'timestamp') return new Date(Number(cell)).toISOString();
  if (type === 'boolean') return Boolean(cell);
  return cell;
}

/** Rows as lines of JSON; a blank is left out. */
export function toLines(contract: Contract, rows: Cell[][], run: RunStamp, load_id: string): string[] {
  const columns = publishedColumns(contract);
  const stamp = runCells(run, contract);
  const digitsOf = digitsReader(contract);
  return rows.map((row) => {
    const digits = digitsOf(row);
    const values = [...stamp, ...row].map((cell, i) => [columns[i]!.name, loaded(columns[i]!, cell, digits)]);
    return JSON.stringify({ [LOAD_COLUMN]: load_id, ...Object.fromEntries(values) });
  });
}

function cellFrom({ type }: Column, text: string | null, digits: number): Cell {
  if (text === null || type === 'string' || type === 'date') return text;
  if (type === 'money') return minorOf(text, digits);
  if (type === 'timestamp') return Number(text) / 1000;
  if (type === 'boolean') return text === 'true' ? 1 : 0;
  return Number(text);
}

/** Rows as `BigQueryApi.rows` gives them, back as cells without the run columns. */
export function fromRows(contract: Contract, rows: Record<string, string | null>[]): Cell[][] {
  const digitsOf = digitsReader(contract);
  return rows.map((row) => {
    const own = contract.columns.map(({ name }) => row[name] ?? null);
    const digits = digitsOf(own);
    return contract.columns.map((column, i) => cellFrom(column, own[i]!, digits));
  });
}

/** The readers' view: of the two load tables the rows of the load that `current_run` names. */
export function viewQuery(project: string, dataset: string, contract: Contract): string {
  const name = (table: string) => `\`${project}.${dataset}.${table}\``;
  const columns = [...runColumns, ...contract.columns].map((column) => `\`${column.name}\``).join(', ');
  const part = (side: string) =>
    `select ${columns} from ${name(`${contract.name}__${side}`)} where ${LOAD_COLUMN} = (select load_id from ${name('current_run')} where mart = '${contract.name}')`;
  return `${part('a')}\nunion all\n${part('b')}`;
}
