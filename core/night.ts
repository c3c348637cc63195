/** When a night is due. */
import { businessDay, instantAt } from './calendar.ts';
import { DAY } from './rules/config.ts';

const HOUR = 3_600_000;

/**
 * The latest night's instant that has come by `now` (UTC ms): `hour` o'clock on a day of the business time zone. Where a
 * clock change skips that hour it is the first instant after the gap; where it comes twice, the first of the two.
 */
export function dueNight(now: number, zone: string, hour: number): number {
  const today = Date.parse(businessDay(now, zone));
  const nightOf = (day: number): number => instantAt(day + hour * HOUR, zone);
  return nightOf(today) <= now ? nightOf(today) : nightOf(today - DAY);
}
