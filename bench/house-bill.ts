/**
 * What a house of made-up people has D1 do: a night, step by step, a refresh, and a batch of mail.
 */
import { marts } from '../sql/views/index.ts';
import { refreshAll, refreshContacts } from '../warehouse/derive/refresh.ts';
import { runChecks } from '../warehouse/nights/checks.ts';
import { learnModels } from '../warehouse/nights/model-results.ts';
import type { NightParams } from '../warehouse/nights/night-params.ts';
import { martRows } from '../warehouse/read/mart-rows.ts';
import { nightMarts, storeNightMarts } from '../warehouse/stored/night-marts.ts';
import { refreshMarts } from '../warehouse/stored/refresh-marts.ts';
import { writeFacts } from '../warehouse/write/facts.ts';
import { loadHouse } from './copies.ts';
import { type Bill, countedDatabase } from './counted-database.ts';
import { type BenchHouse, inChunks, withBenchHouse } from './house.ts';
import { AS_OF, peopleOf } from './synthetic-facts.ts';

export type Step = { name: string; bill: Bill };

export type HouseBill = {
  /** The steps of a night that read the house; what publishing asks is not among them. */
  night: Step[];
  refresh: Bill;
  /** What a refresh of the marts takes of D1, in ms. */
  refresh_ms: number;
  /** Of one email event, what it makes the house derive included. */
  event: { written: number; read: number };
  /** Of the database, all tables and indexes. */
  bytes: number;
};

const night: NightParams = { run_id: 'run_bench', attempt: 1, as_of: AS_OF, to: ['files'] };
const EVENTS_PER_BATCH = 100;

async function billOf(
  { db }: BenchHouse,
  work: (counted: D1Database) => Promise<unknown>,
): Promise<Bill> {
  const counted = countedDatabase(db);
  await work(counted.db);
  return counted.bill();
}

async function readMart(db: D1Database, name: string): Promise<void> {
  const { contract } = marts.find((mart) => mart.name === name)!;
  const binding = { as_of: AS_OF, given: await nightMarts(db, night) };
  for await (const _ of martRows(db, binding, contract, null));
}

const steps: { name: string; work(db: D1Database): Promise<unknown> }[] = [
  { name: 'refresh', work: (db) => refreshAll(db, AS_OF) },
  { name: 'learn', work: (db) => learnModels(db, AS_OF) },
  { name: 'store', work: (db) => storeNightMarts(db, night) },
  { name: 'check', work: (db) => runChecks(db, night) },
  ...marts.map(({ name }) => ({
    name: `render ${name}`,
    work: (db: D1Database) => readMart(db, name),
  })),
];

/** Of people who are new to the house, mail by mail. */
async function eventBill(house: BenchHouse, from: number): Promise<HouseBill['event']> {
  const people = peopleOf(from, from + EVENTS_PER_BATCH);
  await writeFacts(
    house.db,
    people.map(({ contact }) => contact),
    house.config,
  );
  const events = people
    .flatMap(({ mail }) => mail)
    .sort((one, other) => one.occurred_at - other.occurred_at);
  const { written, read } = await billOf(house, async (db) => {
    for (const batch of inChunks(events, EVENTS_PER_BATCH)) {
      const { contact_ids } = await writeFacts(db, batch, house.config);
      await refreshContacts(db, contact_ids, AS_OF);
    }
  });
  return { written: written / events.length, read: read / events.length };
}

export const houseBill = (contacts: number): Promise<HouseBill> =>
  withBenchHouse(async (house) => {
    await loadHouse(house, contacts);
    const refresh = await billOf(house, (db) => refreshMarts(db, house.config));
    const { cost_ms } = (await house.db
      .prepare('select max(cost_ms) as cost_ms from mart_refreshes')
      .first<{ cost_ms: number }>())!;
    const done: Step[] = [];
    for (const { name, work } of steps) done.push({ name, bill: await billOf(house, work) });
    const { meta } = await house.db.prepare('select 1').run();
    const event = await eventBill(house, contacts);
    return { night: done, refresh, refresh_ms: cost_ms, event, bytes: meta.size_after };
  });

export const sumOf = (bills: Step[], what: keyof Bill): number =>
  bills.reduce((sum, { bill }) => sum + bill[what], 0);
