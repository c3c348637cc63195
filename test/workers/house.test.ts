/** The house's own row follows the settings from one opening to the next. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calendarSpan } from '../../core/calendar.ts';
import { type HouseConfig, houseConfig } from '../../core/config.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { openTestHouse, type TestHouse } from '../house.ts';

let house: TestHouse;
let config: HouseConfig;
beforeAll(async () => {
  house = await openTestHouse();
  config = houseConfig(await house.runtime.getBindings('signalhouse-engine'));
});
afterAll(() => house?.close());

const currencyWith = async (HOUSE_CURRENCY: string | undefined) =>
  (await ensureHouse(house.db, { ...config, HOUSE_CURRENCY })).currency;

it('adopts a currency that is set or changed later, and keeps it if unset (G1)', async () => {
  expect(await currencyWith(undefined)).toBeNull();
  expect(await currencyWith('JPY')).toBe('JPY');
  expect(await currencyWith('EUR')).toBe('EUR');
  expect(await currencyWith(undefined)).toBe('EUR');
});

it('updates the calendar of an older house, in the zone that its days are stamped in', async () => {
  const first = () =>
    house.db.prepare('select min(day) as day, min(starts_at) as at from calendar').first();
  const opened = await first();
  expect(opened).toMatchObject({ day: calendarSpan.first });
  await house.db.prepare("delete from calendar where day < '2010-01-01'").run();
  await ensureHouse(house.db, { ...config, BUSINESS_TIME_ZONE: 'Asia/Tokyo' });
  expect(await first()).toEqual(opened);
});
