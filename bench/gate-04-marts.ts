/** Gate 4: all marts on D1 against DuckDB on one thread, over equal rows, results equal first. BENCH_CONTACTS scales it. Timed. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { refreshAll } from '../platform/d1/refresh.ts';
import type { Contract } from '../sql/contract.ts';
import { render } from '../sql/render.ts';
import { marts } from '../sql/views/index.ts';
import { copyToDuckDb } from './duckdb-house.ts';
import { loadPeople, withBenchHouse } from './house.ts';
import { BENCH_CONTACTS, cpuOfWorkerd, type Gate, type Measure, ownCpu, ratioOfPairs } from './measure.ts';
import { wholeMart } from './night-statements.ts';
import { AS_OF } from './synthetic-facts.ts';

const CONTACTS = BENCH_CONTACTS ?? 2000;

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '∅';
  const number = typeof value === 'boolean' ? Number(value) : Number(value);
  return value !== '' && Number.isFinite(number) ? Number(number.toPrecision(9)).toString() : String(value);
};

const rowsText = (rows: unknown[][]): string =>
  rows
    .map((row) => row.map(cell).join('|'))
    .sort()
    .join('\n');

/** Why a mart cannot be compared, or null where both engines give equal rows. */
async function difference(db: D1Database, duck: DuckDBConnection, { name, columns }: Contract): Promise<string | null> {
  const select = `select ${columns.map((column) => column.name).join(', ')} from ${name}`;
  const ours = (await db.prepare(render(select, { as_of: AS_OF })).raw()) as unknown[][];
  try {
    const theirs = (await duck.runAndReadAll(render(select, { as_of: AS_OF }, 'duckdb'))).getRowsJson() as unknown[][];
    return rowsText(ours) === rowsText(theirs) ? null : `${name}: ${ours.length} rows on D1 are not equal`;
  } catch (error) {
    return `${name}: ${String(error).split('\n')[0]!.slice(0, 160)}`;
  }
}

async function run(): Promise<Measure[]> {
  return withBenchHouse(async (house) => {
    await loadPeople(house, 0, CONTACTS);
    await refreshAll(house.db, AS_OF);
    const duck = await copyToDuckDb(house.db);
    const left: string[] = [];
    const compared: Contract[] = [];
    for (const { contract } of marts) {
      const reason = await difference(house.db, duck, contract);
      if (reason) left.push(reason);
      else compared.push(contract);
    }
    const { value, quartiles } = await ratioOfPairs(
      () =>
        cpuOfWorkerd(async () => {
          for (const contract of compared) await house.db.prepare(wholeMart(contract, { as_of: AS_OF })).raw();
        }),
      () =>
        ownCpu(async () => {
          for (const contract of compared) await duck.runAndReadAll(wholeMart(contract, { as_of: AS_OF }, 'duckdb'));
        }),
    );
    duck.closeSync();
    return [
      {
        ...{ gate: 4, measure: `${compared.length} of ${marts.length} marts, ${CONTACTS} contacts`, value, quartiles },
        reference: 'DuckDB, one thread, equal rows, results equal',
        ...{ limit: 2.2, moonshot: 1.2, better: 'less' as const },
        ...(left.length > 0 ? { note: `left out of both sides: ${left.join('; ')}` } : {}),
      },
    ];
  });
}

export const gate: Gate = { name: '4', run };
