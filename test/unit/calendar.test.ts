import { describe, expect, it } from 'vitest';
import { businessDay, calendarDays, parseInstant } from '../../core/calendar.ts';

const iso = (text: string, zone: string, format?: string) => {
  const at = parseInstant(text, zone, format);
  return at === undefined ? undefined : new Date(at).toISOString();
};
const HOUR = 3_600_000;

describe('an instant (G1, F9)', () => {
  it.each([
    ['2026-01-15 09:00', 'Australia/Sydney', '2026-01-14T22:00:00.000Z'],
    ['2026-07-15 09:00', 'Australia/Sydney', '2026-07-14T23:00:00.000Z'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-01-15', 'UTC', '2026-01-15T00:00:00.000Z'],
    ['2026-01-15T09:00:00+05:30', 'America/New_York', '2026-01-15T03:30:00.000Z'],
    ['2026-01-15 09:00:00.894719+00', 'America/New_York', '2026-01-15T09:00:00.894Z'],
    ['1767225600000', 'America/New_York', '2026-01-01T00:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, expected) => expect(iso(text, zone)).toBe(expected));

  it.each(['2026-02-30', '2026-13-01', '2026-01-01T24:00', 'soon', '', '2026-01-01T10:61Z'])(
    '%j is none',
    (text) => expect(iso(text, 'UTC')).toBeUndefined(),
  );

  it('is read as the file writes it', () => {
    expect(iso('1/2/2026 3:04 pm', 'UTC', 'M/D/YYYY')).toBe('2026-01-02T15:04:00.000Z');
    expect(iso('1.2.26', 'UTC', 'D.M.YYYY')).toBe('2026-02-01T00:00:00.000Z');
    expect(iso('12/31/2026 12:00 am', 'UTC', 'M/D/YYYY')).toBe('2026-12-31T00:00:00.000Z');
    expect(iso('31/12/2026', 'UTC', 'M/D/YYYY')).toBeUndefined();
  });
});

describe('the calendar', () => {
  it('has days of 23 and 25 hours, and business hours by the wall clock', () => {
    const days = calendarDays('2026-03-06', '2026-11-03', 'America/New_York');
    const hours = (day: string) =>
      days.filter((d) => d.day === day).map((d) => (d.ends_at - d.starts_at) / HOUR)[0];
    expect([hours('2026-03-08'), hours('2026-11-01'), hours('2026-03-09')]).toEqual([23, 25, 24]);
    const monday = days.find(({ day }) => day === '2026-03-09')!;
    expect(new Date(monday.opens_at).toISOString()).toBe('2026-03-09T13:00:00.000Z');
    expect(days.every((day, i) => i === 0 || day.starts_at === days[i - 1]!.ends_at)).toBe(true);
    expect(monday.business_ms_before).toBe(9 * HOUR);
  });

  it('gives each instant the day of the house', () => {
    expect(businessDay(Date.parse('2026-04-04T15:59:59Z'), 'Australia/Sydney')).toBe('2026-04-05');
    expect(businessDay(Date.parse('2026-01-01T04:59:59Z'), 'America/New_York')).toBe('2025-12-31');
  });

  it('puts a week into the year of its Thursday', () => {
    const [day] = calendarDays('2027-01-01', '2027-01-01', 'UTC');
    expect([day!.iso_week, day!.week_start]).toEqual(['2026-W53', '2026-12-28']);
  });
});
