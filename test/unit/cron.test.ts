/** Crons: every form that is read, and every form that is refused, with its reason. */
import { expect, it } from 'vitest';
import { cronSchedule } from '../../core/cron.ts';
import { nextDue } from '../../core/schedule.ts';

/** The first instants due after 1 November 2026, 00:00 UTC, a Sunday. */
function due(cron: string, count: number): string[] {
  const schedule = cronSchedule(cron);
  const found: string[] = [];
  for (let now = Date.UTC(2026, 10, 1) - 1; found.length < count; ) {
    now = nextDue(schedule, now)!;
    found.push(new Date(now).toISOString().slice(5, 16).replace('T', ' '));
  }
  return found;
}

it.each([
  ['* * * * *', ['11-01 00:00', '11-01 00:01']],
  ['*/15 * * * *', ['11-01 00:00', '11-01 00:15', '11-01 00:30']],
  ['50/5 * * * *', ['11-01 00:50', '11-01 00:55', '11-01 01:50']],
  ['0,30 9-17/4 * * *', ['11-01 09:00', '11-01 09:30', '11-01 13:00']],
  ['30 1 * * *', ['11-01 01:30', '11-02 01:30']],
  ['10 7 * * mon-fri', ['11-02 07:10', '11-03 07:10']],
  ['10 7 * * 2-6', ['11-02 07:10', '11-03 07:10']],
  ['0 17 * * 1', ['11-01 17:00', '11-08 17:00']],
  ['0 17 * * L', ['11-07 17:00', '11-14 17:00']],
  ['0 18 * * friL', ['11-27 18:00', '12-25 18:00']],
  ['0 18 * * 6L', ['11-27 18:00', '12-25 18:00']],
  ['0 9 * * MON#2', ['11-09 09:00', '12-14 09:00']],
  ['0 0 L * *', ['11-30 00:00', '12-31 00:00']],
  ['0 0 L-3 * *', ['11-27 00:00', '12-28 00:00']],
  ['59 23 LW * *', ['11-30 23:59', '12-31 23:59', '01-29 23:59']],
  ['0 0 1W NOV *', ['11-02 00:00']],
  ['0 0 15W * *', ['11-16 00:00', '12-15 00:00']],
  ['0 0 13 * FRI', ['11-06 00:00', '11-13 00:00']],
  ['0 0 29 2 *', ['02-29 00:00']],
])('%s is due at %j', (cron, instants) => {
  expect(due(cron, instants.length)).toEqual(instants);
});

it.each([
  ['60 * * * *', '"60" is no minute: it takes 0 to 59'],
  ['*/60 * * * *', '"*/60" is no minute'],
  ['*/0 * * * *', '"*/0" is no minute'],
  ['0 24 * * *', '"24" is no hour'],
  ['0 22-2 * * *', '"22-2" is no hour'],
  ['0 *,5 * * *', '"*" is no hour'],
  ['0 *-5 * * *', '"*" is no hour'],
  ['0 0 0 * *', '"0" is no day of the month'],
  ['0 0 L-31 * *', 'is no day of the month'],
  ['0 0 31W * *', '"31W" is no day of the month'],
  ['0 0 * 13 *', '"13" is no month: it takes 1 to 12 or JAN to DEC'],
  ['0 0 * * 0', '"0" is no weekday: it takes 1 to 7 or SUN to SAT'],
  ['0 0 * * 8', '"8" is no weekday'],
  ['0 0 * * MON#6', '"MON#6" is no weekday'],
  ['0 0 ? * MON', '"?" is no day of the month'],
  ['0 0 31 2 *', 'it never falls due'],
  ['0 1 * *', 'it takes five fields'],
  ['0 0 1 * * *', 'it takes five fields'],
  [' 0 1 * * *', 'it takes five fields'],
  ['0 , * * *', '"" is no hour'],
  ['@daily', 'it takes five fields'],
  ['', 'it takes five fields'],
])('"%s" is refused: %s', (cron, reason) => {
  expect(() => cronSchedule(cron)).toThrow(`the cron "${cron}": `);
  expect(() => cronSchedule(cron)).toThrow(reason);
});
