/**
 * Finds a published number by its table, the key of its row and its column; an error lists what
 * exists.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { Fault } from '../../core/faults.ts';
import { sqlText } from '../../core/relation.ts';
import type { Column, Contract } from '../../sql/contract.ts';
import type { Mart } from '../../sql/mart.ts';
import { marts } from '../../sql/views/index.ts';
import { nearest } from '../nearest.ts';
import { select } from '../tables-database.ts';

/** Separates the values of a key, as `restatements` writes it; `|` is read too. */
const SEPARATOR = ' · ';
const NAMED = 5;

export type PublishedNumber = {
  mart: Mart;
  column: Column;
  /** The values of the grain, joined. */
  key: string;
  value: unknown;
  /** The whole row, by column. */
  cells: Record<string, unknown>;
};

const missing = (message: string): Fault => new Fault('not_found', message);
/** Suggests the names most like `wanted`, if any, and lists all of them. */
function named(wanted: string, names: string[]): string {
  const near = nearest(wanted, names);
  return near.length > 0
    ? `did you mean ${near.join(' or ')}? There are ${names.join(', ')}`
    : `there are ${names.join(', ')}`;
}

export function findTable(table: string): Mart {
  const found = marts.find(({ name }) => name === table);
  if (found) return found;
  throw missing(
    `there is no table ${table}; ${named(
      table,
      marts.map(({ name }) => name),
    )}`,
  );
}

export function findColumn({ name, columns }: Contract, column: string): Column {
  const found = columns.find((one) => one.name === column);
  if (found) return found;
  throw missing(
    `${name} has no column ${column}; ${named(
      column,
      columns.map((one) => one.name),
    )}`,
  );
}

const valuesOf = (key: string): string[] =>
  key.split(key.includes(SEPARATOR) ? SEPARATOR : '|').map((part) => part.trim());

/** The row's key as SQL; null becomes empty text. */
function keyOf(grain: string[], separator = SEPARATOR): string {
  const values = grain.map(textIn).join(', ');
  return `concat_ws(${sqlText(separator)}, ${values})`;
}

const textIn = (column: string): string => `coalesce(cast(${column} as varchar), '')`;

/**
 * The error for an unknown key: how keys are formed, and some existing keys, similar ones first.
 */
async function unknownKey(
  connection: DuckDBConnection,
  { name, grain }: Contract,
  key: string,
): Promise<Fault> {
  const values = valuesOf(key);
  const alike = values
    .slice(0, grain.length)
    .map((value, i) => `case when ${textIn(grain[i]!)} = ${sqlText(value)} then 1 else 0 end`)
    .join(' + ');
  const { rows } = await select(
    connection,
    `select ${keyOf(grain)} as key from ${name} order by ${alike} desc, 1 limit ${NAMED}`,
  );
  const keys = rows.map((row) => `\n  ${String(row.key)}`).join('');
  const some = rows.length > 0 ? `, such as${keys}` : ', and it has no rows';
  return missing(`${name} has no row '${key}'; its key is ${grain.join(SEPARATOR)}${some}`);
}

/** The number itself. Throws `not_found` if the last export does not have it. */
export async function findNumber(
  connection: DuckDBConnection,
  table: string,
  key: string,
  column: string,
): Promise<PublishedNumber> {
  const mart = findTable(table);
  const { contract } = mart;
  const found = findColumn(contract, column);
  const { grain } = contract;
  const asGiven = `${sqlText(key)} in (${keyOf(grain)}, ${keyOf(grain, ' | ')})`;
  const asSplit = `${sqlText(valuesOf(key).join(SEPARATOR))} = ${keyOf(grain)}`;
  // A value may contain the separator, so the key is split only if no row has it as given.
  const { rows } = await select(
    connection,
    `select * from ${table} where ${asGiven} or ${asSplit} order by ${asGiven} desc limit 1`,
  );
  const [cells] = rows;
  if (!cells) throw await unknownKey(connection, contract, key);
  const values = grain.map((name) => cells[name] ?? '');
  return { mart, column: found, key: values.join(SEPARATOR), value: cells[column], cells };
}
