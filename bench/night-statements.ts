/**
 * The statements with which a night reads the house, as it runs them: the marts of the house, each
 * stored; every check, over what is stored; the marts of single contacts, range by range.
 */

import type { Contract } from '../sql/contract.ts';
import type { Engine } from '../sql/dialects.ts';
import { type Binding, type Given, render } from '../sql/render.ts';
import { checks, marts } from '../sql/views/index.ts';
import { upsertSummaries } from '../warehouse/derive/contact-summaries.ts';
import { refreshAll } from '../warehouse/derive/refresh.ts';
import { constantViews } from '../warehouse/read/constant-views.ts';
import { martInserts, storedMarts } from '../warehouse/stored/marts.ts';
import { storedRows } from '../warehouse/stored/views.ts';
import { cpuOfWorkerd } from './measure.ts';

/**
 * As many contacts as the night renders at once where a mart's rows depend on their own contact
 * only.
 */
const CONTACTS_PER_SLICE = 5000;

/** The bench's own: no refresh of a house has it. */
const REFRESH = 0;

/** `before` makes room for what the statement stores; it is not timed. */
export type Statement = { name: string; sql: string; before?: string };

/** Reads what the statements of `houseMarts` stored last. */
export const given: Given = storedMarts(REFRESH);

/**
 * Every column is computed for every row, and one row leaves the engine: what is timed is the mart,
 * not its transport.
 */
export const wholeMart = (
  { name, columns }: Contract,
  binding: Binding,
  engine: Engine = 'sqlite',
): string => {
  const greatest = columns.map((column) => `max(${column.name}) as ${column.name}`);
  return render(`select count(*) as n, ${greatest.join(', ')} from ${name}`, binding, engine);
};

/** Stores the marts of the house, and the views that they share; to be run in order. */
export const houseMarts = (as_of: number): Statement[] =>
  martInserts(REFRESH, as_of).map(({ name, sql }) => ({
    name,
    sql,
    before: `delete from stored_marts where refresh_id = ${REFRESH} and mart = '${name}'`,
  }));

const slicesOf = (contacts: number, as_of: number): Binding[] =>
  Array.from({ length: Math.ceil(contacts / CONTACTS_PER_SLICE) }, (_, slice) => ({
    as_of,
    lo: slice * CONTACTS_PER_SLICE + 1,
    hi: (slice + 1) * CONTACTS_PER_SLICE,
  }));

/** The marts of single contacts, range by range, in a house of `contacts`, whose ids begin at 1. */
export async function contactMarts(
  db: D1Database,
  contacts: number,
  as_of: number,
): Promise<Statement[]> {
  const sliced = marts.filter(({ contract }) => contract.byContact);
  const asked = sliced.map(({ name }) => `select * from ${name}`).join(' union all ');
  const shared = new Map([...storedRows, ...(await constantViews(db, asked, as_of))]);
  return sliced.flatMap(({ name, contract }) =>
    slicesOf(contacts, as_of).map((slice) => ({
      name,
      sql: wholeMart(contract, { ...slice, given: shared }),
    })),
  );
}

/** All of a night's statements but those of `refreshAll`, in a house of `contacts`. */
async function statementsAfterRefresh(
  db: D1Database,
  contacts: number,
  as_of: number,
): Promise<Statement[]> {
  return [
    ...houseMarts(as_of),
    ...checks.map(({ name }) => ({
      name,
      sql: render(`select count(*) as failing from ${name}`, { as_of, given }),
    })),
    ...(await contactMarts(db, contacts, as_of)),
  ];
}

/** The same, and the longest statement of `refreshAll` for each range of contacts. */
export async function nightStatements(
  db: D1Database,
  contacts: number,
  as_of: number,
): Promise<Statement[]> {
  const summaries = slicesOf(contacts, as_of).map((slice) => ({
    name: 'contact_summary',
    sql: upsertSummaries(slice, true),
  }));
  return [...summaries, ...(await statementsAfterRefresh(db, contacts, as_of))];
}

/**
 * A connection that lay idle while workerd was busy for long may be closed under a request: it is
 * done again then. What is measured inside `work` is measured of the run that answered.
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 3 || !String(error).includes('fetch failed')) throw error;
    }
  }
}

/** CPU milliseconds of workerd for statements run one after the other, as a night does. */
export async function costOf(db: D1Database, statements: Statement[]): Promise<number> {
  let cost = 0;
  for (const { sql, before } of statements)
    cost += await patiently(async () => {
      if (before) await db.prepare(before).run();
      return cpuOfWorkerd(() => db.prepare(sql).run());
    });
  return cost;
}

/** CPU milliseconds of workerd for what a night asks of D1 in a house of `contacts`. */
export async function costOfNight(
  db: D1Database,
  contacts: number,
  as_of: number,
): Promise<number> {
  const refreshing = await cpuOfWorkerd(() => refreshAll(db, as_of));
  return refreshing + (await costOf(db, await statementsAfterRefresh(db, contacts, as_of)));
}
