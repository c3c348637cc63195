/** When a watch over the stored marts refreshes them: soon after a fact, never before the rest. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepFresh } from '../../warehouse/stored/keep-fresh.ts';
import { outdateMarts } from '../../warehouse/stored/mart-refreshes.ts';
import { refreshMarts } from '../../warehouse/stored/refresh-marts.ts';
import { configOf, now, openSmallHouse } from './small-house.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const clock = { at: now };
let house: Awaited<ReturnType<typeof openSmallHouse>>;

beforeEach(async () => {
  clock.at = now;
  vi.spyOn(Date, 'now').mockImplementation(() => clock.at);
  house = await openSmallHouse();
  await refreshMarts(house.db, configOf(now));
});
afterEach(() => {
  vi.restoreAllMocks();
  house.close();
});

/** For when the shown refresh is true, in seconds from the start of the test. */
async function shownAt(): Promise<number> {
  const shown = await house.db
    .prepare('select max(as_of) as as_of from mart_refreshes')
    .first<{ as_of: number }>();
  return (shown!.as_of - now) / SECOND;
}

/** Watches for a minute; `meanwhile` happens at those seconds. Answers when it refreshed. */
async function watch(
  meanwhile: Record<number, () => Promise<unknown>>,
  DASHBOARD_PAUSE = 0,
): Promise<number[]> {
  const config = { ...configOf(now), NOW: undefined, DASHBOARD_PAUSE };
  const refreshed = [await shownAt()];
  await keepFresh(house.db, config, MINUTE, async (ms) => {
    refreshed.push(await shownAt());
    clock.at += ms;
    await meanwhile[(clock.at - now) / SECOND]?.();
  });
  refreshed.push(await shownAt());
  return [...new Set(refreshed)].slice(1);
}

const fact = () => outdateMarts(house.db).run();

it('refreshes at the first look after a fact', async () => {
  expect(await watch({ 10: fact, 40: fact })).toEqual([10, 40]);
});

it('waits for the end of the rest, not for the next minute', async () => {
  const costsTwoSeconds = async () => {
    await house.db.prepare('update mart_refreshes set cost_ms = 2000').run();
    await fact();
  };
  // Refreshed at 10 s, it rests for 18 s.
  expect(await watch({ 10: fact, 15: costsTwoSeconds })).toEqual([10, 30]);
});

it('waits for the end of the pause that the house wants', async () => {
  expect(await watch({ 10: fact, 30: fact }, 0.5)).toEqual([30]);
});

it('refreshes nothing while nothing lands', async () => {
  expect(await watch({})).toEqual([]);
});

it('ends where the clock is set back meanwhile', async () => {
  const setBack = async () => {
    clock.at -= 24 * 60 * MINUTE;
  };
  expect(await watch({ 10: setBack })).toEqual([-24 * 60 * 60 + 10]);
  expect(clock.at).toBeLessThan(now);
});
