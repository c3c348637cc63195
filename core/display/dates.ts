/** Instants and days as people read them, in the business time zone of the house. */
import { DAY, MINUTE } from '../durations.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Kept, since to make one takes many times as long as to use it. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify(options);
  const known = formats.get(name) ?? new Intl.DateTimeFormat('en-GB', options);
  formats.set(name, known);
  return known;
}
const utc = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** '14 Nov 2026' of a business day 'YYYY-MM-DD'. */
export const dayText = (day: string): string =>
  format({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(utc(day));

/** '14 Nov': a tick on an axis. */
export const dayShort = (day: string): string =>
  format({ day: 'numeric', month: 'short', timeZone: 'UTC' }).format(utc(day));

/** 'Monday, 14 November 2026': the head of a day in a timeline. */
export const dayLong = (day: string): string =>
  format({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(utc(day));

/** '9–15 November 2026', '26 October – 1 November 2026': the business days from one to another. */
export function daysText(from: string, to: string): string {
  const words = (day: string, options: Intl.DateTimeFormatOptions) =>
    format({ day: 'numeric', ...options, timeZone: 'UTC' }).format(utc(day));
  const end = words(to, { month: 'long', year: 'numeric' });
  if (from.slice(0, 7) === to.slice(0, 7)) return `${words(from, {})}–${end}`;
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  return `${words(from, { month: 'long', ...(sameYear ? {} : { year: 'numeric' }) })} – ${end}`;
}

/** The business day `days` after a business day. */
export const daysAfter = (day: string, days: number): string =>
  new Date(utc(day).getTime() + days * DAY).toISOString().slice(0, 10);

const instant = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
} as const;

/** '14 Nov 2026, 09:30' of an instant (UTC ms). */
export const instantText = (at: number, timeZone: string): string =>
  format({ ...instant, timeZone }).format(at);

/** '14 Nov 2026, 09:30:05' of an instant (UTC ms). */
export const secondText = (at: number, timeZone: string): string =>
  format({ ...instant, second: '2-digit', timeZone }).format(at);

/** '09:30' of an instant (UTC ms). */
export const timeText = (instant: number, timeZone: string): string =>
  format({ hour: '2-digit', minute: '2-digit', hour12: false, timeZone }).format(instant);

/** How long ago, in the largest whole unit: 'just now', '3 h ago', '12 days ago', 'in 2 days'. */
export function ago(instant: number, now: number): string {
  const minutes = Math.floor(Math.abs(now - instant) / MINUTE);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes < 1) return 'just now';
  const size =
    days > 0 ? `${days} day${days === 1 ? '' : 's'}` : hours > 0 ? `${hours} h` : `${minutes} min`;
  return instant > now ? `in ${size}` : `${size} ago`;
}

/** The Monday `weeks` whole weeks before the Monday 'YYYY-MM-DD'. */
export const weeksBefore = (monday: string, weeks: number): string => daysAfter(monday, -7 * weeks);

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return daysAfter(day, -((utc(day).getUTCDay() + 6) % 7));
}
