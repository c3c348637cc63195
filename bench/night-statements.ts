/**
 * The statements with which a night reads the house: every mart, every check, and the summary of
 * everyone.
 */

import type { Contract } from '../sql/contract.ts';
import type { Engine } from '../sql/dialects.ts';
import { type Binding, render } from '../sql/render.ts';
import { checks, marts } from '../sql/views/index.ts';
import { upsertSummaries } from '../warehouse/derive/contact-summaries.ts';
import { constantViews } from '../warehouse/read/constant-views.ts';
import { cpuOfWorkerd } from './measure.ts';

/**
 * As many contacts as the night renders at once where a mart's rows depend on their own contact
 * only.
 */
const CONTACTS_PER_SLICE = 5000;

export type Statement = { name: string; sql: string };

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

/** For a house of `contacts` people, whose ids begin at 1. */
export async function nightStatements(
  db: D1Database,
  contacts: number,
  as_of: number,
): Promise<Statement[]> {
  const asked = marts
    .filter(({ contract }) => 'byContact' in contract)
    .map(({ name }) => `select * from ${name}`);
  const given = await constantViews(db, asked.join(' union all '), as_of);
  const slices = Array.from({ length: Math.ceil(contacts / CONTACTS_PER_SLICE) }, (_, slice) => ({
    as_of,
    given,
    lo: slice * CONTACTS_PER_SLICE + 1,
    hi: (slice + 1) * CONTACTS_PER_SLICE,
  }));
  return [
    ...slices.map((slice) => ({ name: 'contact_summary', sql: upsertSummaries(slice, true) })),
    ...marts.flatMap(({ name, contract }) => {
      const bindings: Binding[] = 'byContact' in contract ? slices : [{ as_of }];
      return bindings.map((binding) => ({ name, sql: wholeMart(contract, binding) }));
    }),
    ...checks.map(({ name }) => ({
      name,
      sql: render(`select count(*) as failing from ${name}`, { as_of }),
    })),
  ];
}

/**
 * A connection that lay idle while workerd was busy for long may be closed under a request: reading
 * is done again then. What is measured inside `read` is measured of the run that answered.
 */
export async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await read();
    } catch (error) {
      if (tries === 3 || !String(error).includes('fetch failed')) throw error;
    }
  }
}

/** CPU milliseconds of workerd for statements run one after the other, as a night does. */
export async function costOf(db: D1Database, statements: Statement[]): Promise<number> {
  let cost = 0;
  for (const { sql } of statements)
    cost += await patiently(() => cpuOfWorkerd(() => db.prepare(sql).run()));
  return cost;
}
