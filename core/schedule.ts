/** When a job is due: at the instants of a cron, or at an hour of the business time zone. */
import { instantAt } from './calendar.ts';
import { DAY, HOUR, MINUTE } from './durations.ts';

/**
 * The due instants of one calendar day, ascending, in UTC milliseconds. The day is given by its
 * midnight as if it were UTC; whether it is a day of UTC or of the business time zone, the schedule
 * knows.
 */
export type Schedule = (day: number) => number[];

/** An hour of the business time zone: every day, or on one weekday (ISO: 1 is Monday). */
export type BusinessTime = { hour: number; minute?: number; weekday?: number };

/**
 * Due once on each of its days, whatever the clocks do: a time that a clock change skips falls due
 * when the old clock would have shown it, one that comes twice falls due the first time.
 */
export const businessSchedule =
  ({ hour, minute = 0, weekday }: BusinessTime, zone: string): Schedule =>
  (day) => {
    const isoWeekday = new Date(day).getUTCDay() || 7;
    if (weekday !== undefined && weekday !== isoWeekday) return [];
    return [instantAt(day + hour * HOUR + minute * MINUTE, zone)];
  };

/** Nothing is due more rarely than 29 February across a century: eight years apart. */
const DAYS_LOOKED_AT = 8 * 366 + 2;

const midnight = (now: number): number => Math.floor(now / DAY) * DAY;

/** The latest due instant that has come by `now`; undefined where there was none in eight years. */
export function latestDue(schedule: Schedule, now: number): number | undefined {
  // Business days begin up to a day before or after those of UTC.
  const from = midnight(now) + DAY;
  for (let days = 0; days < DAYS_LOOKED_AT; days += 1) {
    const due = schedule(from - days * DAY).findLast((instant) => instant <= now);
    if (due !== undefined) return due;
  }
  return undefined;
}

/** The next due instant after `now`; undefined where there is none within eight years. */
export function nextDue(schedule: Schedule, now: number): number | undefined {
  const from = midnight(now) - DAY;
  for (let days = 0; days < DAYS_LOOKED_AT; days += 1) {
    const due = schedule(from + days * DAY).find((instant) => instant > now);
    if (due !== undefined) return due;
  }
  return undefined;
}
