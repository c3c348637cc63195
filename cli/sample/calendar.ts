/**
 * The twelve weeks as offsets: drawn instants are milliseconds before the season's end, a Monday
 * 00:00 UTC.
 */
import { DAY, HOUR, MINUTE } from '../../core/durations.ts';
import type { Random } from './prng.ts';

export const WEEKS = 12;

/**
 * The Monday 00:00 UTC that opens the ISO week of `now` (UTC ms): the season holds everything
 * before it.
 */
export function seasonEnd(now: number): number {
  const days = Math.floor(now / DAY);
  return (days - ((days + 3) % 7)) * DAY;
}

/**
 * Moves an instant outside office hours (Mon–Fri 09–18) to a random minute of the next office day.
 */
export function inOffice(at: number, random: Random): number {
  const hour = modulo(at, DAY) / HOUR;
  if (weekday(at) < 5 && hour >= 9 && hour < 17.5) return at;
  let day = Math.floor(at / DAY) + (weekday(at) < 5 && hour < 9 ? 0 : 1);
  while (weekday(day * DAY) > 4) day++;
  return day * DAY + 9 * HOUR + random.whole(2, 8 * 60) * MINUTE + random.whole(0, 59) * 1000;
}

/** 0 is Monday; offsets count from a Monday. */
const weekday = (at: number) => modulo(Math.floor(at / DAY), 7);
const modulo = (value: number, by: number) => ((value % by) + by) % by;
