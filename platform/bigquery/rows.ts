/** Cells as BigQuery loads them and gives them back; the schema of a published table. */
import { type Column, type Contract, runColumns } from '../../sql/contract.ts';
import { decimalText, digitsReader, minorOf, publishedColumns, runCells } from '../cells.ts';
import type { Cell, RunStamp, Table } from '../destination.ts';
import type { Field, Texts } from './api.ts';
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

const loadId = fieldOf({ name: LOAD_COLUMN, type: 'string', description: 'The load that brought this row.' });

/** Columns of the view that readers use. */
export const viewFields = (contract: Contract): Field[] => publishedColumns(contract).map(fieldOf);

/** Columns of the two load tables: the load id stands first, so that an appended column is the last. */
export const loadFields = (contract: Contract): Field[] => [loadId, ...viewFields(contract)];

/** By which a load table is ordered: what names a row, as far as BigQuery can order by it. */
export const clusteringOf = ({ grain, columns }: Contract): string[] =>
  grain
    .filter((name) => columns.some((column) => column.name === name && types[column.type] !== 'FLOAT64'))
    .slice(0, 4);

function loaded({ type }: Column, cell: Cell, digits: number): unknown {
  if (cell === null) return undefined;
  if (type === 'money') return decimalText(Number(cell), digits);
  if (type === 'timestamp') return new Date(Number(cell)).toISOString();
  if (type === 'boolean') return Boolean(cell);
  return cell;
}

/** A row as a line of JSON; a blank is left out. */
export const lineOf = (columns: readonly Column[], row: Cell[], digits: number): string =>
  JSON.stringify(Object.fromEntries(row.map((cell, i) => [columns[i]!.name, loaded(columns[i]!, cell, digits)])));

/** The lines of a table of the run. */
export async function* linesOf({ contract, load_id, pages }: Table, run: RunStamp): AsyncIterable<string> {
  const columns: Column[] = [{ name: LOAD_COLUMN, type: 'string', description: '' }, ...publishedColumns(contract)];
  const stamp = [load_id, ...runCells(run, contract)];
  const digitsOf = digitsReader(contract);
  for await (const page of pages()) for (const row of page) yield lineOf(columns, [...stamp, ...row], digitsOf(row));
}

export function cellFrom({ type }: Column, text: string | null, digits: number): Cell {
  if (text === null || type === 'string' || type === 'date') return text;
  if (type === 'money') return minorOf(text, digits);
  if (type === 'timestamp') return Number(text) / 1000;
  if (type === 'boolean') return text === 'true' ? 1 : 0;
  return Number(text);
}

/** Reads rows back as cells without the run columns, and tells whether their run columns are those of the load. */
export function rowReader({ contract, load_id }: Table, run: RunStamp) {
  const digitsOf = digitsReader(contract);
  const stamp = runCells(run, contract);
  return (row: Texts): { cells: Cell[]; isOfLoad: boolean } => {
    const own = contract.columns.map(({ name }) => row[name] ?? null);
    const digits = digitsOf(own);
    return {
      cells: contract.columns.map((column, i) => cellFrom(column, own[i]!, digits)),
      isOfLoad:
        row[LOAD_COLUMN] === load_id &&
        runColumns.every((column, i) => cellFrom(column, row[column.name] ?? null, 0) === stamp[i]),
    };
  };
}

/** The readers' view: of the two load tables the rows of the load that `current_run` names there. */
export function viewQuery(project: string, dataset: string, contract: Contract): string {
  const name = (table: string) => `\`${project}.${dataset}.${table}\``;
  const columns = publishedColumns(contract)
    .map((column) => `\`${column.name}\``)
    .join(', ');
  const part = (table: string) =>
    [
      `select ${columns} from ${name(table)}`,
      `where ${LOAD_COLUMN} = (`,
      `  select load_id from ${name(CURRENT_RUN)} where mart = '${contract.name}' and table_id = '${table}'`,
      ')',
    ].join('\n');
  return sidesOf(contract.name).map(part).join('\nunion all\n');
}
