/**
 * Gate 4: all marts on D1, as a night makes them, against DuckDB on one thread, over equal facts,
 * results equal first. BENCH_CONTACTS scales it. Timed.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Contract } from '../sql/contract.ts';
import type { Engine } from '../sql/dialects.ts';
import { type Binding, render } from '../sql/render.ts';
import { marts } from '../sql/views/index.ts';
import { copyPeople, loadHouse } from './copies.ts';
import { copyToDuckDb, ofDuckDb } from './duckdb-house.ts';
import { withBenchHouse } from './house.ts';
import { contactsOf, type Gate, type Measure, ownCpu, pairsOf, ratioOfPairs } from './measure.ts';
import {
  contactMarts,
  costOf,
  given,
  houseMarts,
  patiently,
  wholeMart,
} from './night-statements.ts';
import { AS_OF } from './synthetic-facts.ts';

const CONTACTS = contactsOf(5000, 1000);
/**
 * Up to so many contacts, results are compared row by row; in larger houses by their count and the
 * greatest value of each column.
 */
const COMPARED_BY_ROW = 10_000;

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '∅';
  const number = typeof value === 'boolean' ? Number(value) : Number(value);
  return value !== '' && Number.isFinite(number)
    ? Number(number.toPrecision(9)).toString()
    : String(value);
};

const rowsText = (rows: unknown[][]): string =>
  rows
    .map((row) => row.map(cell).join('|'))
    .sort()
    .join('\n');

/**
 * Why a mart cannot be compared, or null where both engines give equal rows: D1 as a night has
 * them, from what is stored, DuckDB from the facts.
 */
async function difference(
  db: D1Database,
  duck: DuckDBConnection,
  contract: Contract,
): Promise<string | null> {
  const { name, columns } = contract;
  const names = columns.map((column) => column.name).join(', ');
  const rows = (binding: Binding, engine: Engine) =>
    CONTACTS > COMPARED_BY_ROW
      ? wholeMart(contract, binding, engine)
      : render(`select ${names} from ${name}`, binding, engine);
  const stored = rows({ as_of: AS_OF, given }, 'sqlite');
  const computed = rows({ as_of: AS_OF }, 'duckdb');
  const ours = await patiently(() => db.prepare(stored).raw<unknown[]>());
  try {
    const theirs = (await duck.runAndReadAll(computed)).getRowsJson() as unknown[][];
    return rowsText(ours) === rowsText(theirs)
      ? null
      : `${name}: ${ours.length} rows on D1 are not equal`;
  } catch (error) {
    return `${name}: ${String(error).split('\n')[0]!.slice(0, 160)}`;
  }
}

async function run(): Promise<Measure[]> {
  return withBenchHouse(async (house) => {
    let duck!: DuckDBConnection;
    await loadHouse(house, CONTACTS, async () => {
      duck = await copyToDuckDb(house.db);
    });
    await copyPeople(ofDuckDb(duck), CONTACTS);
    const stored = houseMarts(AS_OF);
    await costOf(house.db, stored);
    const left: string[] = [];
    const compared: Contract[] = [];
    for (const { contract } of marts) {
      const reason = await difference(house.db, duck, contract);
      if (reason) left.push(reason);
      else compared.push(contract);
    }
    const leftOut = marts.filter(({ contract }) => !compared.includes(contract));
    const all = [...stored, ...(await contactMarts(house.db, CONTACTS, AS_OF))];
    const statements = all.filter(({ name }) => leftOut.every((mart) => mart.name !== name));
    const { value, quartiles } = await ratioOfPairs(
      () => costOf(house.db, statements),
      () =>
        ownCpu(async () => {
          for (const contract of compared)
            await duck.runAndReadAll(wholeMart(contract, { as_of: AS_OF }, 'duckdb'));
        }),
      pairsOf(9),
    );
    duck.closeSync();
    return [
      {
        gate: 4,
        measure: `${compared.length} of ${marts.length} marts, ${CONTACTS} contacts`,
        value,
        quartiles,
        reference: 'DuckDB, one thread, equal facts, results equal',
        limit: 2.2,
        moonshot: 1.2,
        better: 'less' as const,
        ...(left.length > 0 ? { note: `left out of both sides: ${left.join('; ')}` } : {}),
      },
    ];
  });
}

export const gate: Gate = { name: '4', run };
