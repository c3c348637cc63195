/** The days that a chart reads, counted from the business day on which the report is opened. */
import { daysAfter, mondayOf, weeksBefore } from '../core/display/dates.ts';
import { DAY } from '../core/durations.ts';
import type { Range } from './report.ts';

/** Business days, both included. */
export type Days = { from: string; to: string };

export const CONTROL_WEEKS = 12;
const MONTHS_BACK = 12;

/**
 * The days of a range; `control` is the last complete weeks, until someone changes it. Null if no
 * date is applied.
 */
export function daysOf(range: Range, today: string): Days | null {
  if (range === 'all') return null;
  if (range === 'last_13_months') {
    const [year, month] = today.split('-').map(Number) as [number, number];
    return {
      from: new Date(Date.UTC(year, month - 1 - MONTHS_BACK, 1)).toISOString().slice(0, 10),
      to: today,
    };
  }
  const monday = mondayOf(today);
  return {
    from: weeksBefore(monday, range === 'last_week' ? 1 : CONTROL_WEEKS),
    to: daysAfter(monday, -1),
  };
}

/** The same number of days, ending the day before. */
export function previousDays({ from, to }: Days): Days {
  const length = (Date.parse(to) - Date.parse(from)) / DAY + 1;
  return { from: daysAfter(from, -length), to: daysAfter(from, -1) };
}

/** The Mondays of the weeks that begin in the days. */
export function weeksIn({ from, to }: Days): string[] {
  const weeks: string[] = [];
  for (let week = mondayOf(from); week <= to; week = daysAfter(week, 7)) weeks.push(week);
  return weeks;
}
