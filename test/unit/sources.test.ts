/** The health of a source: what it told, how late, and whether it is silent for too long. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../core/durations.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { noticesOf } from '../../core/notices.ts';
import { isSilent } from '../../core/sources.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { readSources, readWaited } from '../../warehouse/read/sources.ts';
import { forgetArrivals, noteArrivals } from '../../warehouse/write/arrivals.ts';
import { buryEvents } from '../../warehouse/write/dead-events.ts';
import { notices } from '../../workers/engine/jobs/notices.ts';
import { arrivalsOf } from '../../workers/ingest/arrivals.ts';
import { type Env, parseConfig } from '../../workers/ingest/env.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';

const { db, close } = sqliteD1();
const env = { DB: db, HOUSE_ID: 'h', API_TOKEN: 't', CONTACT_KEY_SECRET: 's' } as unknown as Env;
/** A Monday. */
const MONDAY = Date.UTC(2026, 5, 1);
const at = (day: number, hour: number): number => MONDAY + day * DAY + hour * HOUR;
const office = { door: 'resend', account: '', facts: 2, lag_ms: 4000 };
const steady = { door: 'aircall', account: 'main', facts: 1, lag_ms: null };

/** Three weeks: one source tells by every hour, one in business hours only. */
beforeAll(async () => {
  await ensureHouse(db, parseConfig(env));
  for (let day = 0; day < 21; day++)
    for (let hour = 0; hour < 24; hour++) {
      const isOpen = day % 7 < 5 && hour >= 9 && hour < 18;
      await noteArrivals(db, isOpen ? [office, steady] : [steady], at(day, hour));
    }
});
afterAll(close);

const silentAt = async (now: number): Promise<string[]> =>
  (await readSources(db, now)).filter(isSilent).map(({ door }) => door);

it('adds what comes in within one hour to one row', async () => {
  const door = { door: 'stripe', account: '', facts: 3, lag_ms: 100 };
  await noteArrivals(db, [door], at(0, 5));
  await noteArrivals(db, [{ ...door, facts: 0, lag_ms: null }], at(0, 5) + MINUTE);
  const { results } = await db.prepare("select * from arrivals where door = 'stripe'").all();
  const last = { last_seen_at: at(0, 5) + MINUTE, last_landed_at: at(0, 5), lag_ms: 100 };
  expect(results).toEqual([{ ...door, hour_at: at(0, 5), ...last }]);
});

it('counts the facts that are new by door and account, with their median lag', () => {
  const fact = (account: string, observed_at: number) => ({ account, observed_at }) as Fact;
  const facts = [fact('main', 10), fact('main', 70), fact('main', 90), fact('sales2', 50)];
  expect(arrivalsOf([{ door: 'aircall', facts }], facts.slice(0, 3), 100)).toEqual([
    { door: 'aircall', account: 'main', facts: 3, lag_ms: 30 },
    { door: 'aircall', account: 'sales2', facts: 0, lag_ms: null },
  ]);
});

it('knows no normal gap before enough has come in', async () => {
  const stripe = (await readSources(db, at(100, 0))).find(({ door }) => door === 'stripe')!;
  expect([stripe.gap_ms, isSilent(stripe)]).toEqual([null, false]);
});

it('calls a source silent that told nothing for longer than it usually does', async () => {
  await noteArrivals(db, [office, steady], at(21, 9));
  expect(await silentAt(at(21, 10))).toEqual([]);
  expect(await silentAt(at(21, 12))).toEqual(['aircall', 'resend']);
});

it('expects nothing at night and at weekends of a source that keeps business hours', async () => {
  const friday = [steady, office].map((source) => ({ ...source, door: `${source.door}2` }));
  for (let week = 0; week < 3; week++)
    for (let day = 0; day < 5; day++)
      for (let hour = 9; hour < 18; hour++)
        await noteArrivals(db, [friday[1]!], at(week * 7 + day, hour));
  const isListed = async (now: number) => (await silentAt(now)).includes('resend2');
  expect(await isListed(at(20, 12))).toBe(false);
  expect(await isListed(at(21, 9))).toBe(false);
  expect(await isListed(at(21, 13))).toBe(true);
});

it('tells what has lasted for an hour, once for each set of events', async () => {
  const dead = { door: 'toy', fault: 'unknown_event', reason: 'r', delivery_id: 'e' };
  const now = at(30, 12);
  await db.prepare('delete from arrivals').run();
  await buryEvents(db, [{ ...dead, body: '1' }], now - 2 * HOUR);
  await buryEvents(db, [{ ...dead, body: '2' }], now - MINUTE);
  const told = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const run = async (later: number) => {
    told.mockClear();
    await notices.run({ ...env, NOW: String(now + later) } as never, 0);
    return told.mock.calls.flat();
  };
  const text = 'notice: 2 events of toy in quarantine for over an hour (list dead-events)';
  expect(await run(0)).toEqual([text]);
  expect(await run(MINUTE)).toEqual([]);
  expect(await run(HOUR)).toEqual([text]);
  await db.prepare('update dead_events set discarded_at = 1').run();
  const [sources, waited] = [await readSources(db, now), await readWaited(db, now)];
  expect(noticesOf(sources, waited, now)).toEqual([]);
  told.mockRestore();
});

it('forgets the hours of long ago, but for the last of each source', async () => {
  await noteArrivals(db, [office], at(0, 0));
  await noteArrivals(db, [office], at(0, 1));
  await noteArrivals(db, [steady], at(0, 1));
  await forgetArrivals(db, at(90, 0));
  const { results } = await db.prepare('select door, hour_at from arrivals order by 1').all();
  expect(results).toEqual([
    { door: 'aircall', hour_at: at(0, 1) },
    { door: 'resend', hour_at: at(0, 1) },
  ]);
});
