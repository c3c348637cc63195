/**
 * The valid range of instants, for every door: one outside is in no week of the calendar and would
 * block the nightly export (F9, G9).
 */
import { z } from 'zod';
import { DAY, HOUR } from './durations.ts';

/** The first and last day of a fact, in any time zone. */
export const instantSpan = { first: '2010-01-01', last: '2040-12-31' } as const;

/** UTC ms: the first day begins in the zone of UTC+14 and the last one ends in that of UTC-12. */
const from = Date.parse(instantSpan.first) - 14 * HOUR;
const before = Date.parse(instantSpan.last) + DAY + 12 * HOUR;

/** The error for an instant outside the span; the field or its path is put before it. */
export const outsideSpan = `is outside ${instantSpan.first} to ${instantSpan.last}`;

/** UTC ms later than every fact's: for what counts whatever its instant. */
export const END_OF_TIME = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether UTC milliseconds are an instant that the house can hold. */
export const isInstant = (ms: number): boolean =>
  Number.isSafeInteger(ms) && ms >= from && ms < before;

/** UTC milliseconds within the span. */
export const instant = z
  .int()
  .min(from, outsideSpan)
  .max(before - 1, outsideSpan);

/**
 * Allows for clocks that differ and missing zones. Anything observed further ahead would override
 * all that is stated until then.
 */
const MOST_AHEAD = DAY;

/**
 * What is wrong with `ms` as the instant of an observation at `now` (both UTC ms); undefined if
 * nothing is (G6).
 */
export function observedAtError(ms: number, now: number): string | undefined {
  if (!isInstant(ms)) return outsideSpan;
  return ms > now + MOST_AHEAD ? 'is more than a day in the future' : undefined;
}
