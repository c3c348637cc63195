/** The night that is due, across clock changes. */
import { expect, it } from 'vitest';
import { dueNight } from '../../core/night.ts';

const iso = (now: string, zone: string, hour = 2): string =>
  new Date(dueNight(Date.parse(now), zone, hour)).toISOString();

it('is the last one that has come', () => {
  expect(iso('2026-11-21T02:00:00Z', 'UTC')).toBe('2026-11-21T02:00:00.000Z');
  expect(iso('2026-11-21T01:59:59.999Z', 'UTC')).toBe('2026-11-20T02:00:00.000Z');
  expect(iso('2026-11-21T23:00:00Z', 'UTC', 0)).toBe('2026-11-21T00:00:00.000Z');
});

it('is of the business day, not of UTC’s', () => {
  expect(iso('2026-06-10T17:00:00Z', 'Australia/Sydney')).toBe('2026-06-10T16:00:00.000Z');
  expect(iso('2026-06-10T15:00:00Z', 'Australia/Sydney')).toBe('2026-06-09T16:00:00.000Z');
});

it('stands after the gap on a day that has no such hour', () => {
  // New York, 8 March 2026: 02:00 does not exist, 03:00 EDT is 07:00 UTC.
  expect(iso('2026-03-08T06:59:59Z', 'America/New_York')).toBe('2026-03-07T07:00:00.000Z');
  expect(iso('2026-03-08T07:00:00Z', 'America/New_York')).toBe('2026-03-08T07:00:00.000Z');
});

it('comes once on a day that has the hour twice', () => {
  // Sydney, 5 April 2026: 02:00 comes at 15:00 UTC and again at 16:00 UTC of the day before.
  expect(iso('2026-04-04T15:00:00Z', 'Australia/Sydney')).toBe('2026-04-04T15:00:00.000Z');
  expect(iso('2026-04-04T16:30:00Z', 'Australia/Sydney')).toBe('2026-04-04T15:00:00.000Z');
  expect(iso('2026-04-05T16:00:00Z', 'Australia/Sydney')).toBe('2026-04-05T16:00:00.000Z');
});

it('comes exactly once a day, whatever the zone', () => {
  for (const zone of [
    'UTC',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Asia/Kathmandu',
  ]) {
    const nights = new Set<number>();
    const from = Date.UTC(2026, 0, 1);
    for (let hour = 0; hour < 365 * 24; hour += 6)
      nights.add(dueNight(from + hour * 3_600_000, zone, 2));
    const apart = [...nights].slice(1).map((night, i) => (night - [...nights][i]!) / 3_600_000);
    expect(apart.length, zone).toBeGreaterThanOrEqual(364);
    expect(
      apart.filter((hours) => hours < 23 || hours > 25),
      zone,
    ).toEqual([]);
  }
});
