/** Business-time hours across clock changes, and weekdays. */
import { expect, it } from 'vitest';
import { HOUR } from '../../core/durations.ts';
import { type BusinessTime, businessSchedule, latestDue, nextDue } from '../../core/schedule.ts';

const iso = (instant: number | undefined): string => new Date(instant!).toISOString();
const latest = (now: string, zone: string, at: BusinessTime): string =>
  iso(latestDue(businessSchedule(at, zone), Date.parse(now)));
const next = (now: string, zone: string, at: BusinessTime): string =>
  iso(nextDue(businessSchedule(at, zone), Date.parse(now)));

it('takes the last instant that has come, and the first that has not', () => {
  const two = { hour: 2 };
  expect(latest('2026-11-21T02:00:00Z', 'UTC', two)).toBe('2026-11-21T02:00:00.000Z');
  expect(latest('2026-11-21T01:59:59.999Z', 'UTC', two)).toBe('2026-11-20T02:00:00.000Z');
  expect(latest('2026-11-21T23:00:00Z', 'UTC', { hour: 0 })).toBe('2026-11-21T00:00:00.000Z');
  expect(next('2026-11-21T02:00:00Z', 'UTC', two)).toBe('2026-11-22T02:00:00.000Z');
  expect(next('2026-11-21T01:59:59.999Z', 'UTC', two)).toBe('2026-11-21T02:00:00.000Z');
});

it('counts days of the business time zone, not of UTC', () => {
  const sydney = (now: string) => latest(now, 'Australia/Sydney', { hour: 2 });
  expect(sydney('2026-06-10T17:00:00Z')).toBe('2026-06-10T16:00:00.000Z');
  expect(sydney('2026-06-10T15:00:00Z')).toBe('2026-06-09T16:00:00.000Z');
});

it('falls due by the old clock where a clock change skips the time', () => {
  // New York, 8 March 2026: from 02:00 EST to 03:00 EDT, which is 07:00 UTC.
  const newYork = (now: string, minute: number) =>
    latest(now, 'America/New_York', { hour: 2, minute });
  expect(newYork('2026-03-08T06:59:59Z', 0)).toBe('2026-03-07T07:00:00.000Z');
  expect(newYork('2026-03-08T07:00:00Z', 0)).toBe('2026-03-08T07:00:00.000Z');
  expect(newYork('2026-03-08T07:29:59Z', 30)).toBe('2026-03-07T07:30:00.000Z');
  expect(newYork('2026-03-08T07:30:00Z', 30)).toBe('2026-03-08T07:30:00.000Z');
});

it('falls due once where the time comes twice', () => {
  // Sydney, 5 April 2026: 02:30 comes at 15:30 UTC and again at 16:30 UTC of the day before.
  const sydney = (now: string) => latest(now, 'Australia/Sydney', { hour: 2, minute: 30 });
  expect(sydney('2026-04-04T15:30:00Z')).toBe('2026-04-04T15:30:00.000Z');
  expect(sydney('2026-04-04T16:45:00Z')).toBe('2026-04-04T15:30:00.000Z');
  expect(sydney('2026-04-05T16:30:00Z')).toBe('2026-04-05T16:30:00.000Z');
});

it('keeps to its weekday', () => {
  const monday = { hour: 7, weekday: 1 };
  expect(latest('2026-11-30T12:00:00Z', 'America/New_York', monday)).toBe(
    '2026-11-30T12:00:00.000Z',
  );
  expect(latest('2026-11-30T11:59:00Z', 'America/New_York', monday)).toBe(
    '2026-11-23T12:00:00.000Z',
  );
  expect(next('2026-11-30T12:00:00Z', 'America/New_York', monday)).toBe('2026-12-07T12:00:00.000Z');
});

it.each([
  'UTC',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
])('falls due exactly once a day in %s, at any time', (zone) => {
  for (const at of [{ hour: 0 }, { hour: 2, minute: 30 }]) {
    const schedule = businessSchedule(at, zone);
    const seen = new Set<number>();
    const from = Date.UTC(2026, 0, 1);
    for (let hour = 0; hour < 365 * 24; hour += 12)
      seen.add(latestDue(schedule, from + hour * HOUR)!);
    const instants = [...seen];
    const apart = instants.slice(1).map((due, i) => (due - instants[i]!) / HOUR);
    expect(apart.length).toBeGreaterThanOrEqual(364);
    expect(apart.filter((hours) => hours < 22.5 || hours > 25.5)).toEqual([]);
    expect(instants.slice(1).every((due, i) => nextDue(schedule, instants[i]!) === due)).toBe(true);
  }
});
