/**
 * What is derived fact by fact is what a rebuild makes of the whole history: late, corrected,
 * merged or repeated (decision 3).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fact } from '../../core/facts/fact.ts';
import { rebuild } from '../../warehouse/derive/rebuild.ts';
import { refreshAll, refreshContacts } from '../../warehouse/derive/refresh.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { history, NOW } from './histories.ts';
import { configOf, openSmallHouse } from './small-house.ts';

const RUNS = process.env.FULL ? 50 : 2;
const SEED = 20_260_603;

const config = configOf(NOW);
let house: Awaited<ReturnType<typeof openSmallHouse>>;
beforeAll(async () => {
  house = await openSmallHouse(config);
});
afterAll(() => house?.close());

const folded = [
  'contacts',
  'interactions',
  'calls',
  'purchases',
  'campaigns',
  'enrolments',
  'ad_spend',
  'agents',
];
const derived = ['status_changes', 'contact_summary'];
const kept = [
  'observations',
  'identities',
  'merges',
  'email_messages',
  'email_events',
  'suppressions',
  'sequence_steps',
];

type State = Record<string, string[]>;
const read = async (tables: string[]): Promise<State> => {
  const answers = await house.db.batch(
    tables.map((table) => house.db.prepare(`select * from ${table}`)),
  );
  return Object.fromEntries(
    tables.map((table, i) => [table, answers[i]!.results.map((row) => JSON.stringify(row)).sort()]),
  );
};
/**
 * A score fades, a VIP is the whole house's (L3), and a new currency unsettles what is stored of
 * everyone: by day all three wait for the night.
 */
const withoutNightly = (state: State): State => ({
  ...state,
  contact_summary: state.contact_summary!.map((row) =>
    JSON.stringify({ ...JSON.parse(row), score_milli: 0, vip: 0, valid_until: 0 }),
  ),
});

async function arrive(batches: Fact[][]): Promise<void> {
  await house.db.batch(
    [...folded, ...derived, ...kept].map((table) => house.db.prepare(`delete from ${table}`)),
  );
  for (const facts of batches) {
    const written = await writeFacts(house.db, facts, config);
    await refreshContacts(house.db, written.contact_ids, NOW);
  }
}

/** Forgets all that a rebuild makes; of a contact, its id and key are facts. */
async function forget(): Promise<void> {
  const columns = Object.keys(
    (await house.db.prepare('select * from contacts limit 1').first()) ?? { contact_id: 0 },
  );
  const stated = columns.filter((name) => name !== 'contact_id' && name !== 'contact_key');
  await house.db.batch([
    ...[...folded.slice(1), ...derived].map((table) => house.db.prepare(`delete from ${table}`)),
    ...(stated.length > 0
      ? [
          house.db.prepare(
            `update contacts set ${stated.map((name) => `${name} = null`).join(', ')}`,
          ),
        ]
      : []),
  ]);
}

it('a rebuild finds nothing to put right, and makes the same from nothing', async () => {
  const seen = { merged: 0, changes: 0, spent: 0 };
  await fc.assert(
    fc.asyncProperty(history, async (batches) => {
      await arrive(batches);
      const landed = await read([...folded, ...derived, ...kept]);
      const first = await rebuild(house.db, config);
      expect(first).toMatchObject({
        moved: false,
        things: 0,
        agents: 0,
        contacts: 0,
        days: 0,
        stored: 0,
      });
      const rebuilt = await read([...folded, ...derived, ...kept]);
      expect(withoutNightly(rebuilt)).toEqual(withoutNightly(landed));
      await forget();
      await rebuild(house.db, config);
      expect(await read([...folded, ...derived, ...kept])).toEqual(rebuilt);
      expect((await rebuild(house.db, config)).derived).toBe(0);
      seen.merged += landed.merges!.length;
      seen.changes += landed.status_changes!.length;
      seen.spent += landed.ad_spend!.length;
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: !process.env.FULL },
  );
  expect(seen.merged).toBeGreaterThan(0);
  expect(seen.changes).toBeGreaterThan(RUNS);
  expect(seen.spent).toBeGreaterThan(0);
}, 600_000);

it('a rebuild corrects manual changes, and stamps days anew in another time zone', async () => {
  const at = Date.UTC(2026, 4, 20, 15);
  const purchase = {
    kind: 'purchase' as const,
    provider: 'api',
    contact: { kind: 'email' as const, value: 'ada@example.org' },
  };
  const stated = { purchased_at: at, product_name: 'Course', amount_minor: 100, currency: 'USD' };
  await arrive([[{ ...purchase, thing_key: 'p', observation_key: 'p', observed_at: at, stated }]]);
  await refreshAll(house.db, NOW);
  await house.db.batch([
    house.db.prepare('update purchases set amount_minor = 7'),
    house.db.prepare("update contact_summary set sales_stage = 'new'"),
  ]);
  const moved = { ...config, BUSINESS_TIME_ZONE: 'Australia/Sydney' };
  // Derived: the stage, and the day of the purchase as it is stored.
  expect(await rebuild(house.db, moved)).toMatchObject({ moved: true, things: 1, derived: 2 });
  const row = await house.db.prepare('select amount_minor, purchased_day from purchases').first();
  expect(row).toEqual({ amount_minor: 100, purchased_day: '2026-05-21' });
  expect(await rebuild(house.db, moved)).toMatchObject({ moved: false, things: 0, derived: 0 });
});
