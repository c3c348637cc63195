/**
 * Business days, weeks and hours in one time zone, right across daylight saving (F9, G9).
 * Home of G9.
 */
import { DAY } from './durations.ts';
import { instantSpan } from './instant.ts';
import { businessHours } from './rules/config.ts';

export type CalendarDay = {
  day: string;
  starts_at: number;
  ends_at: number;
  week_start: string;
  iso_week: string;
  month_start: string;
  month: string;
  is_business_day: 0 | 1;
  opens_at: number;
  closes_at: number;
  business_ms_before: number;
};

const isoDay = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

/**
 * The days of every house's calendar: each instant that a door accepts has its day here, in any
 * time zone.
 */
export const calendarSpan = {
  first: isoDay(Date.parse(instantSpan.first) - 2 * DAY),
  last: isoDay(Date.parse(instantSpan.last) + 2 * DAY),
};

const zones = new Map<string, boolean>();

/** Whether a name is an IANA time zone. */
export function isTimeZone(name: string): boolean {
  if (!zones.has(name)) {
    try {
      zones.set(name, Boolean(new Intl.DateTimeFormat('en', { timeZone: name })));
    } catch {
      zones.set(name, false);
    }
  }
  return zones.get(name)!;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(zone, clock);
  }
  return clock;
}

/** The wall clock of `zone` at an instant, as if it were UTC milliseconds. */
function wallClock(instant: number, zone: string): number {
  if (zone === 'UTC') return instant;
  const part: Record<string, number> = {};
  for (const { type, value } of clockOf(zone).formatToParts(instant)) part[type] = Number(value);
  const wall = Date.UTC(
    part.year!,
    part.month! - 1,
    part.day!,
    part.hour!,
    part.minute!,
    part.second!,
  );
  return wall + (((instant % 1000) + 1000) % 1000);
}

/**
 * The instant at which `zone` shows `wall` (given as UTC milliseconds): of two, the earlier; in a
 * gap, the first after it.
 */
export function instantAt(wall: number, zone: string): number {
  const before = wall - (wallClock(wall - DAY, zone) - (wall - DAY));
  const after = wall - (wallClock(wall + DAY, zone) - (wall + DAY));
  const fits = [Math.min(before, after), Math.max(before, after)].filter(
    (at) => wallClock(at, zone) === wall,
  );
  return fits[0] ?? Math.max(before, after);
}

/** The day of `zone` at an instant, as YYYY-MM-DD. */
export const businessDay = (instant: number, zone: string): string =>
  isoDay(wallClock(instant, zone));

/**
 * Every day from `first` to `last` (YYYY-MM-DD, inclusive) of a business time zone. Off days open
 * and close at once.
 */
export function calendarDays(first: string, last: string, zone: string): CalendarDay[] {
  const days: CalendarDay[] = [];
  let business = 0;
  let starts = instantAt(Date.parse(first), zone);
  for (let wall = Date.parse(first); wall <= Date.parse(last); wall += DAY) {
    const date = new Date(wall);
    const isoWeekday = date.getUTCDay() || 7;
    const ends = instantAt(wall + DAY, zone);
    const works = (businessHours.days as readonly number[]).includes(isoWeekday);
    const opens = instantAt(wall + businessHours.opens, zone);
    const closes = works ? instantAt(wall + businessHours.closes, zone) : opens;
    const monday = wall - (isoWeekday - 1) * DAY;
    const day = isoDay(wall);
    days.push({
      day,
      starts_at: starts,
      ends_at: ends,
      week_start: isoDay(monday),
      iso_week: isoWeek(monday),
      month_start: `${day.slice(0, 7)}-01`,
      month: day.slice(0, 7),
      is_business_day: works ? 1 : 0,
      opens_at: opens,
      closes_at: closes,
      business_ms_before: business,
    });
    business += closes - opens;
    starts = ends;
  }
  return days;
}

/** `2026-W47`: a week belongs to the year of its Thursday. */
function isoWeek(monday: number): string {
  const thursday = monday + 3 * DAY;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
