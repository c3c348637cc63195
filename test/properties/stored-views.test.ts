/**
 * What is stored of a view is what its text computes, at any instant, whatever landed and wherever
 * deriving broke off (decision 17).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fact } from '../../core/facts/fact.ts';
import { type Binding, render } from '../../sql/render.ts';
import { rebuild } from '../../warehouse/derive/rebuild.ts';
import { refreshAll, refreshContacts, refreshUnsettled } from '../../warehouse/derive/refresh.ts';
import { compareAll, compareSample } from '../../warehouse/stored/compare.ts';
import { storedRows, tables } from '../../warehouse/stored/views.ts';
import { discard } from '../../warehouse/write/discard.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { random } from '../views/random-house.ts';
import { history, NOW } from './histories.ts';
import { killedAfter } from './killed-database.ts';
import { arrivals, ofItsOwn, roundsOf } from './many-histories.ts';
import { config, openSmallHouse } from './small-house.ts';

/** Houses, and histories in each: one has the same people told of again and again. */
const HOUSES = process.env.FULL ? [...Array(20).fill(500), ...Array(20).fill(1)] : [12, 1];
const DAY = 86_400_000;

/** Its currency is that of its first purchase, whichever that turns out to be (G1). */
const withoutCurrency = { ...config, HOUSE_CURRENCY: undefined };

const rowsOf = async (db: D1Database, view: string, binding: Binding): Promise<string[]> =>
  (await db.prepare(render(`select * from ${view}`, binding)).all()).results
    .map((row) => JSON.stringify(row))
    .sort();

async function expectStoredIsComputed(db: D1Database, as_of: number): Promise<void> {
  for (const { name: view } of tables) {
    const stored = await rowsOf(db, view, { as_of, given: storedRows });
    const what = `${view} as of ${new Date(as_of).toISOString()}`;
    expect(stored, what).toEqual(await rowsOf(db, view, { as_of }));
  }
}

const unsettled = async (db: D1Database, as_of: number): Promise<string[]> =>
  rowsOf(db, 'unsettled', { as_of, given: storedRows });

/** Takes the first email event of these facts out of the house. */
async function discardOne(db: D1Database, facts: Fact[], now: number): Promise<void> {
  const event = facts.find((fact) => fact.kind === 'email_event');
  if (event) await discard(db, { kind: 'email_event', key: event.event_id }, now).catch(() => {});
}

it.each(HOUSES.map((histories, house) => [house, histories]))(
  'stores what it computes: house %i, of %i histories',
  async (no, count) => {
    const next = random(20_261_130 + no);
    const below = (limit: number): number => Math.floor(next() * limit);
    const { db, close } = await openSmallHouse(withoutCurrency);
    const histories = fc.sample(history, { numRuns: count, seed: 20_261_130 + no }).map(ofItsOwn);
    let now = NOW;
    for (const facts of roundsOf(histories)) {
      for (const batch of arrivals(facts)) {
        const { contact_ids } = await writeFacts(db, batch, { ...withoutCurrency, NOW: now });
        // A refresh has two batches: it breaks off before the first or the second, or does not.
        const broken = killedAfter(db, below(6));
        await refreshContacts(broken, contact_ids, now).catch(() => {});
      }
      await expectStoredIsComputed(db, now);
      if (next() < 0.3) await discardOne(db, facts, now);
      now += below(3) * 4 * DAY;
      if (next() < 0.3) await refreshAll(killedAfter(db, below(6)), now).catch(() => {});
      if (next() < 0.3) await refreshUnsettled(db, now);
      await expectStoredIsComputed(db, now - below(400) * DAY);
    }
    await refreshUnsettled(db, now);
    expect(await unsettled(db, now)).toEqual([]);
    await refreshAll(db, now);
    expect(await unsettled(db, now)).toEqual([]);
    await expectStoredIsComputed(db, now);
    await expectStoredIsComputed(db, now + 60 * DAY);
    close();
  },
  3_600_000,
);

it('unsettles everyone where other definitions made the rows', async () => {
  const { db, close } = await openSmallHouse(config);
  const facts = fc.sample(history, { numRuns: 3, seed: 7 }).map(ofItsOwn).flat(2);
  for (const batch of arrivals(facts)) await writeFacts(db, batch, config);
  await refreshAll(db, NOW);
  expect(await unsettled(db, NOW)).toEqual([]);
  await db.prepare(`update house set stored_for = 'those of before'`).run();
  await db.prepare(`update int_purchases set amount_minor = amount_minor + 1`).run();
  expect((await unsettled(db, NOW)).length).toBeGreaterThan(3);
  await expectStoredIsComputed(db, NOW);
  await refreshUnsettled(db, NOW);
  expect(await unsettled(db, NOW)).toEqual([]);
  await expectStoredIsComputed(db, NOW);
  close();
});

it('finds rows that are stored otherwise than computed, and a rebuild mends them', async () => {
  const { db, close } = await openSmallHouse(config);
  const facts = fc.sample(history, { numRuns: 3, seed: 7 }).map(ofItsOwn).flat(2);
  for (const batch of arrivals(facts)) await writeFacts(db, batch, config);
  await refreshAll(db, NOW);
  const settings = { ...config, NOW };
  const fine = await compareAll(db, NOW);
  expect(fine).toMatchObject({ wrong: [] });
  expect(fine.compared).toBeGreaterThan(3);
  const owner = 'select min(contact_id) as contact_id from int_email_messages';
  const first = (await db.prepare(owner).first<{ contact_id: number }>())!.contact_id;
  const run = (sql: string) => db.prepare(`${sql} where contact_id = ${first}`).run();
  await run(`update int_email_messages set subject = 'other'`);
  expect((await compareAll(db, NOW)).wrong).toEqual([first]);
  expect(await compareSample(db, NOW)).toEqual(await compareAll(db, NOW));
  expect(await rebuild(db, settings)).toMatchObject({ stored: 1 });
  expect((await compareAll(db, NOW)).wrong).toEqual([]);
  await run('delete from int_email_messages');
  expect((await compareAll(db, NOW)).wrong).toEqual([first]);
  expect(await rebuild(db, settings)).toMatchObject({ stored: 1 });
  await expectStoredIsComputed(db, NOW);
  close();
});

it('asks D1 the same texts at each landing, since preparing them costs the most', async () => {
  const { db, close } = await openSmallHouse(config);
  const facts = fc.sample(history, { numRuns: 1, seed: 7 }).map(ofItsOwn).flat(2);
  const { contact_ids } = await writeFacts(db, facts, config);
  const asked: Set<string>[] = [];
  const watched = {
    batch: db.batch,
    prepare: (sql: string) => asked.at(-1)!.add(sql) && db.prepare(sql),
  };
  for (const now of [NOW, NOW + DAY, NOW + 2 * DAY]) {
    asked.push(new Set());
    await refreshContacts(watched as D1Database, contact_ids, now);
  }
  // What the first one writes of a history, the next ones need not.
  expect(asked[1]).toEqual(asked[2]);
  expect(asked[1]!.size).toBeGreaterThan(5);
  await expectStoredIsComputed(db, NOW + 2 * DAY);
  close();
});
