/** What is stored is what would be computed, whatever befalls a refresh (decision 17). */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../core/facts/fact.ts';
import { render } from '../../sql/render.ts';
import { marts } from '../../sql/views/index.ts';
import { rebuild } from '../../warehouse/derive/rebuild.ts';
import { refreshAll, refreshContacts } from '../../warehouse/derive/refresh.ts';
import { landFacts } from '../../warehouse/land-facts.ts';
import { learnModels } from '../../warehouse/nights/model-results.ts';
import { readDashboard } from '../../warehouse/read/dashboard.ts';
import { someRows } from '../../warehouse/read/mart-rows.ts';
import { SHOWN } from '../../warehouse/stored/mart-refreshes.ts';
import { storedMarts } from '../../warehouse/stored/marts.ts';
import { refreshMarts } from '../../warehouse/stored/refresh-marts.ts';
import { discard } from '../../warehouse/write/discard.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { dashboard } from '../../web/dashboard.ts';
import { random } from '../views/random-house.ts';
import { drawnHistory } from './drawn-history.ts';
import { killedAfter } from './killed-database.ts';
import { config, now, openSmallHouse } from './small-house.ts';

const stored = marts.filter(({ isStored }) => isStored);
type House = Awaited<ReturnType<typeof openSmallHouse>>;
let house: House;

/** A house of this many drawn histories. */
async function open(histories: number): Promise<House> {
  const next = random(histories);
  const opened = await openSmallHouse();
  const facts = Array.from({ length: histories }, (_, no) => drawnHistory(no, next)).flat();
  if (facts.length > 0) await writeFacts(opened.db, facts, config);
  await refreshAll(opened.db, now);
  await learnModels(opened.db, now);
  return opened;
}

const rowsOf = async (db: D1Database, mart: string, given?: ReturnType<typeof storedMarts>) => {
  const { grain } = stored.find(({ name }) => name === mart)!.contract;
  const select = `select * from ${mart} order by ${grain.join(', ')}`;
  const { results } = await db.prepare(render(select, { as_of: now, given })).all();
  return results.map((row) => JSON.stringify(row));
};

async function expectStoredIsComputed(db: D1Database): Promise<void> {
  for (const { name } of stored)
    expect([name, await rowsOf(db, name, storedMarts(SHOWN))]).toEqual([
      name,
      await rowsOf(db, name),
    ]);
}

/** The machine's clock, which leases and rests go by. */
const clock = { at: now };
beforeEach(() => {
  clock.at = now;
  vi.spyOn(Date, 'now').mockImplementation(() => clock.at);
});
afterEach(() => {
  vi.restoreAllMocks();
  house.close();
});

/**
 * The claim, a look for unsettled contacts, a statement for the lines of the weeks and for each
 * mart, two batches for the dashboard, and the end.
 */
const STEPS = 1 + 2 + 1 + stored.length + 2 + 1;
const KILLED_AT = process.env.FULL
  ? Array.from({ length: STEPS }, (_, step) => step)
  : [0, 1, 2, STEPS - 3, STEPS - 2, STEPS - 1];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const refresh = (later = 0, limit = {}) =>
  refreshMarts(house.db, { ...config, NOW: now + later }, limit);
const shown = () => readDashboard(house.db, config);
const page = async () => String(dashboard({ ...(await shown())!, pulse: { counts: [] } }));
const run = (sql: string) => house.db.prepare(sql).run();
const storedRows = async () =>
  (await house.db.prepare('select distinct refresh_id from stored_marts').all()).results.length;

const lead = (key: string): Observation => ({
  kind: 'contact',
  provider: 'api',
  medium: 'unknown',
  account: null,
  thing_key: key,
  observation_key: key,
  observed_at: now - HOUR,
  contact: { kind: 'email', value: `${key}@example.com` },
  identities: [],
  stated: { lead_added_at: now - HOUR, lead_added_day: '2026-05-31' },
});

it.each([0, 1, 40])('stores of %i histories what the views say', async (histories) => {
  house = await open(histories);
  expect(await refresh()).toBe(true);
  await expectStoredIsComputed(house.db);
  const figures = (await shown())!;
  expect(figures).toMatchObject({ as_of: now, newer_facts: 0 });
  expect(figures.house.people > 0).toBe(histories > 0);
});

it('stores long texts in parts that D1 takes', async () => {
  house = await open(1);
  const goal = 'x'.repeat(300_000);
  for (let campaign = 0; campaign < 5; campaign++)
    await house.db
      .prepare(
        "insert into campaigns (campaign_id, name, status, goal) values (?, 'Spring', 'active', ?)",
      )
      .bind(`campaign${campaign}`, goal)
      .run();
  await refresh();
  await expectStoredIsComputed(house.db);
  const parts = await house.db
    .prepare("select octet_length(rows) from stored_marts where mart = 'dim_campaign'")
    .raw<[number]>();
  expect(parts.length).toBeGreaterThan(2);
  expect(Math.max(...parts.flat())).toBeLessThan(1_000_000);
});

describe('a refresh', () => {
  it('is due for each new fact, and a delivery that is known changes nothing', async () => {
    house = await open(1);
    await refresh();
    const { house: before } = (await shown())!;
    expect(await refresh(1)).toBe(false);
    await landFacts(house.db, [lead('ada'), lead('bea')], config);
    expect((await shown())!.newer_facts).toBe(2);
    expect(await page()).toContain('· 2 facts are newer<');
    expect(await refresh(1)).toBe(true);
    expect(await shown()).toMatchObject({
      as_of: now + 1,
      newer_facts: 0,
      house: { people: before.people + 2 },
    });
    expect(await page()).not.toContain('newer');
    await landFacts(house.db, [lead('ada')], config);
    expect(await refresh(2)).toBe(false);
  });

  it('derives whom nobody has derived since a fact of theirs landed', async () => {
    house = await open(1);
    const { contact_ids } = await writeFacts(house.db, [lead('ada')], config);
    await refresh();
    await expectStoredIsComputed(house.db);
    await refreshContacts(house.db, contact_ids, now);
    expect((await shown())!.newer_facts).toBe(0);
    await expectStoredIsComputed(house.db);
  });

  it('is due for what a night has learned, a rebuild, and a fact that is discarded', async () => {
    house = await open(1);
    await writeFacts(house.db, [{ ...lead('ada'), stated: { lead_added_at: -1 } }], config);
    const { key } = (await house.db
      .prepare('select contact_key as key from contacts where lead_added_at = -1')
      .first<{ key: string }>())!;
    const changes = [
      () => learnModels(house.db, now),
      () => rebuild(house.db, config),
      () => discard(house.db, { kind: 'contact', key }, now),
    ];
    for (const [no, change] of changes.entries()) {
      await refresh(no);
      expect(await refresh(no)).toBe(false);
      await change();
      expect(await refresh(no)).toBe(true);
    }
  });

  it('is due after an hour, and where the clock was set back', async () => {
    house = await open(1);
    await refresh(HOUR);
    expect(await refresh(2 * HOUR)).toBe(false);
    expect(await refresh(2 * HOUR + 1)).toBe(true);
    expect(await refresh(0)).toBe(true);
    expect((await shown())!.as_of).toBe(now);
  });

  it('leaves D1 nine times as long as it took', async () => {
    house = await open(1);
    await refresh();
    await run('update mart_refreshes set cost_ms = 10000, is_outdated = 1');
    clock.at += 89_999;
    expect(await refresh()).toBe(false);
    clock.at = now - 1; // set back
    expect(await refresh()).toBe(true);
    await run('update mart_refreshes set cost_ms = 10000, is_outdated = 1');
    clock.at += 90_000;
    expect(await refresh()).toBe(true);
  });

  it('is started by a page in a small house only', async () => {
    house = await open(3);
    expect(await refresh(0, { most_people: 1 })).toBe(false);
    expect(await shown()).toBe(null);
    expect(await refresh(0, { most_people: 1000 })).toBe(true);
  });

  it('of another definition is not read, and due at once', async () => {
    house = await open(1);
    await refresh();
    await run("update mart_refreshes set cost_ms = 10000, version = 'before'");
    expect(await shown()).toBe(null);
    const daily = marts.find(({ name }) => name === 'daily')!;
    await expect(someRows(house.db, now, daily, 10)).rejects.toThrow('for the first time');
    expect(await refresh()).toBe(true);
    expect((await shown())!.as_of).toBe(now);
  });

  it('is begun once, however many ask', async () => {
    house = await open(1);
    const asked = await Promise.all([refresh(), refresh(), refresh(), refresh()]);
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(await storedRows()).toBe(1);
  });

  it('that is killed at any step leaves the last one; the next clears what it left', async () => {
    house = await open(2);
    await refresh();
    await landFacts(house.db, [lead('ada')], config);
    const before = await shown();
    for (const step of KILLED_AT) {
      await expect(refreshMarts(killedAfter(house.db, step), config)).rejects.toThrow('killed');
      expect(await shown()).toEqual(before);
      // Before the lease has run out nobody else begins; at step 0 there is none.
      if (step > 0) expect(await refresh()).toBe(false);
      clock.at += 3 * MINUTE;
    }
    expect(await refreshMarts(killedAfter(house.db, STEPS), config)).toBe(true);
    expect((await shown())!.newer_facts).toBe(0);
    expect(await storedRows()).toBe(1);
    await expectStoredIsComputed(house.db);
  });

  it('that was taken for broken and goes on does no harm', async () => {
    house = await open(2);
    await refresh();
    await run('update mart_refreshes set is_outdated = 1');
    let second: Promise<boolean> | null = null;
    const slow = {
      ...house.db,
      prepare(sql: string) {
        clock.at += MINUTE;
        if (clock.at > now + 12 * MINUTE) second ??= refresh(1);
        return house.db.prepare(sql);
      },
    } as D1Database;
    await refreshMarts(slow, config).catch(() => false);
    await second;
    await run('update mart_refreshes set is_outdated = 1');
    clock.at += HOUR;
    await refresh();
    await expectStoredIsComputed(house.db);
    expect(await storedRows()).toBe(1);
  });
});
