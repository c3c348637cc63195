import { describe, expect, it } from 'vitest';
import { businessDay, calendarDays } from '../../core/calendar.ts';
import { HOUR } from '../../core/durations.ts';

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
