/**
 * Reads an instant as people and programs write it: the whole text in exactly one way, or not at
 * all (F9).
 */
import { instantAt } from './calendar.ts';
import { visible } from './characters.ts';
import { HOUR, MINUTE } from './durations.ts';

/** No zone has a larger offset from UTC. */
const FURTHEST = 14 * HOUR;

/** 17:07, 17:07:09.250, 10.30 Uhr, 5 PM, 5:07 p. m. */
const SECONDS = String.raw`(?:\k<mark>(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?`;
const CLOCK = String.raw`(?<hour>\d{1,2})(?:(?<mark>[:.])(?<minute>\d{2})${SECONDS})?`;
const TIME = String.raw`${CLOCK}(?: ?uhr)?(?: ?(?<half>[ap])\.? ?m\.?)?`;
/** Z, UTC, GMT, +02:00, +0200, -05, GMT+2. */
const OFFSET = String.raw`[+\u2212-]\d{2}(?::?\d{2})?`;
const FROM_UTC = String.raw`(?:utc|gmt)(?:${OFFSET}|[+\u2212-]\d(?::\d{2})?)?`;
const ZONE = `(?<zone>z|${OFFSET}|${FROM_UTC})`;
const AFTER_DAY = `(?:(?:t|, ?| )${TIME}(?: ?${ZONE})?)?`;
const ISO = new RegExp(
  String.raw`^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})${AFTER_DAY}$`,
  'i',
);

/** A two-digit year is in this century; a month may have its English name. */
const parts: Record<string, string> = {
  Y: String.raw`(?<year>\d{4}|\d{2})`,
  M: String.raw`(?<month>\d{1,2}|[a-z]{3,9}\.?)`,
  D: String.raw`(?<day>\d{1,2})`,
};
const BETWEEN = '(?: ?[./-] ?|,? )';
const forms = new Map<string, RegExp | undefined>();

/**
 * The pattern of a format's day; TIME covers its times. Undefined if it is not a format.
 */
function formOf(format: string): RegExp | undefined {
  if (!forms.has(format)) {
    const order = format.split(/[^A-Za-z]+/).flatMap((name) => name.charAt(0).toUpperCase());
    const day = order.filter(Boolean).slice(0, 3);
    const isWhole = [...day].sort().join('') === 'DMY';
    const form = day.map((letter) => parts[letter]).join(BETWEEN);
    forms.set(format, isWhole ? new RegExp(`^${form}${AFTER_DAY}$`, 'i') : undefined);
  }
  return forms.get(format);
}

/** Whether a format has a year, a month and a day, such as `D/M/YYYY`. */
export const isDateFormat = (format: string): boolean => formOf(format) !== undefined;

/**
 * UTC milliseconds of a stated instant: epoch milliseconds, or a day in `format` (`M/D/YYYY`,
 * `D.M.YY`…) or ISO 8601, with an optional time and zone. Without a zone, it is in business time,
 * `zone` (G1). Undefined if any part of the text is something else: an unreadable time never
 * becomes midnight.
 */
export function parseInstant(text: string, zone: string, format?: string): number | undefined {
  const stated = visible(text).replace(/\s+/g, ' ');
  if (/^\d{12,13}$/.test(stated)) return Number(stated);
  const match = (format && formOf(format)?.exec(stated)) || ISO.exec(stated);
  const written = match?.groups;
  if (!written) return undefined;
  const day = dayOf(written);
  const time = written.hour === undefined ? 0 : timeOf(written);
  if (day === undefined || time === undefined) return undefined;
  if (written.zone === undefined) return instantAt(day + time, zone);
  const offset = offsetOf(written.zone);
  return offset === undefined ? undefined : day + time - offset;
}

type Written = Record<string, string | undefined>;

/** The start of a day, as if in UTC; undefined if the month has no such day. */
function dayOf({ year = '', month = '', day = '' }: Written): number | undefined {
  const number = /^\d/.test(month) ? Number(month) : monthNamed(month);
  const at = Date.UTC(Number(year) + (year.length === 2 ? 2000 : 0), number - 1, Number(day));
  const back = new Date(at);
  return back.getUTCMonth() === number - 1 && back.getUTCDate() === Number(day) ? at : undefined;
}

const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

function monthNamed(name: string): number {
  const beginning = name.toLowerCase().replace(/\.$/, '');
  return (
    months.findIndex((month) => month.startsWith(beginning === 'sept' ? 'sep' : beginning)) + 1
  );
}

/**
 * Milliseconds into a day; undefined for 24:00, leap seconds, 13:00 PM and hours without minutes.
 */
function timeOf({ hour, minute, second = '0', fraction = '', half }: Written): number | undefined {
  if (minute === undefined && half === undefined) return undefined;
  const stated = Number(hour);
  if (half ? stated < 1 || stated > 12 : stated > 23) return undefined;
  const hours = half ? (stated % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : stated;
  if (Number(minute ?? 0) > 59 || Number(second) > 59) return undefined;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return hours * HOUR + Number(minute ?? 0) * MINUTE + Number(second) * 1000 + ms;
}

/** Milliseconds by which a zone is ahead of UTC; undefined if there is no such zone. */
function offsetOf(zone: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /([+\u2212-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  if (hours === undefined) return 0;
  const offset = Number(hours) * HOUR + Number(minutes) * MINUTE;
  if (Number(minutes) > 59 || offset > FURTHEST) return undefined;
  return sign === '+' ? offset : -offset;
}
