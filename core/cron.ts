/**
 * Crons as Cloudflare reads them: five fields in UTC, weekdays from 1 (Sunday) to 7, and a day that
 * fits where both the day of the month and the weekday are given needs only one of the two.
 */
import { MINUTE } from './durations.ts';
import { Fault } from './faults.ts';
import { nextDue, type Schedule } from './schedule.ts';

type Field = { name: string; low: number; high: number; names?: string[] };
type DayTest = (date: Date) => boolean;

const minuteField: Field = { name: 'minute', low: 0, high: 59 };
const hourField: Field = { name: 'hour', low: 0, high: 23 };
const dayField: Field = { name: 'day of the month', low: 1, high: 31 };
const monthField: Field = {
  name: 'month',
  low: 1,
  high: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const weekdayField: Field = {
  name: 'weekday',
  low: 1,
  high: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};

function refuse(field: Field, text: string): never {
  const names = field.names ? ` or ${field.names[0]} to ${field.names.at(-1)}` : '';
  throw new Fault(
    'config',
    `"${text}" is no ${field.name}: it takes ${field.low} to ${field.high}${names}`,
  );
}

function numberOf(text: string, field: Field): number {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  const value = named >= 0 ? named + field.low : /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return value >= field.low && value <= field.high ? value : refuse(field, text);
}

// 3, MON, 1-5, */15, 5/15 or 9-17/2; a range never wraps around.
function itemValues(item: string, field: Field): number[] {
  const [range = '', step, ...rest] = item.split('/');
  const [first = '', last, ...more] = range.split('-');
  if (rest.length > 0 || more.length > 0) refuse(field, item);
  const low = first === '*' && last === undefined ? field.low : numberOf(first, field);
  const isOpen = last === undefined && step !== undefined;
  const high = last !== undefined ? numberOf(last, field) : isOpen ? field.high : low;
  const by = step === undefined ? 1 : /^\d{1,2}$/.test(step) ? Number(step) : 0;
  const isStep = by >= 1 && by <= field.high - field.low;
  if (!isStep || high < low || (first === '*' && !isOpen)) refuse(field, item);
  return Array.from({ length: Math.floor((high - low) / by) + 1 }, (_, i) => low + i * by);
}

/** Every value of a field, ascending. */
function valuesOf(text: string, field: Field): number[] {
  const all = text === '*' ? '*/1' : text;
  const values = new Set(all.split(',').flatMap((item) => itemValues(item, field)));
  return [...values].sort((a, b) => a - b);
}

const daysInMonth = (date: Date): number =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

/** The weekday, Monday to Friday, that is nearest to a day and in the same month. */
function nearestWeekday(day: number, date: Date): number {
  const month = [date.getUTCFullYear(), date.getUTCMonth()] as const;
  const weekday = new Date(Date.UTC(...month, day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === daysInMonth(date) ? day - 2 : day + 1;
  return day;
}

/** A list, or `L` (the last day), `L-3`, `LW` (the last weekday) or `15W` (the nearest one). */
function monthDays(text: string): DayTest {
  const [, before] = /^L(?:-(\d{1,2}))?$/.exec(text) ?? [];
  if (text === 'L') return (date) => date.getUTCDate() === daysInMonth(date);
  if (before !== undefined && Number(before) >= 1 && Number(before) <= 30)
    return (date) => date.getUTCDate() + Number(before) === daysInMonth(date);
  if (text === 'LW') return (date) => date.getUTCDate() === nearestWeekday(daysInMonth(date), date);
  const [, near] = /^(\d{1,2})W$/.exec(text) ?? [];
  // Not every month has a 29th: what Cloudflare does then is not documented.
  if (near !== undefined && Number(near) >= 1 && Number(near) <= 28)
    return (date) => date.getUTCDate() === nearestWeekday(Number(near), date);
  const days = valuesOf(text, dayField);
  return (date) => days.includes(date.getUTCDate());
}

/** A list, or one of `L` (Saturday), `FRIL` (the last Friday), `MON#2` (the second Monday). */
function weekdays(text: string): DayTest {
  const weekdayOf = (date: Date): number => date.getUTCDay() + 1;
  if (text === 'L') return (date) => weekdayOf(date) === 7;
  const [, last] = /^(\w{1,3})L$/.exec(text) ?? [];
  if (last !== undefined) {
    const weekday = numberOf(last, weekdayField);
    return (date) => weekdayOf(date) === weekday && date.getUTCDate() + 7 > daysInMonth(date);
  }
  const [, day, nth] = /^(\w{1,3})#([1-5])$/.exec(text) ?? [];
  if (day !== undefined) {
    const weekday = numberOf(day, weekdayField);
    return (date) =>
      weekdayOf(date) === weekday && Math.ceil(date.getUTCDate() / 7) === Number(nth);
  }
  const days = valuesOf(text, weekdayField);
  return (date) => days.includes(weekdayOf(date));
}

/**
 * The schedule of a cron, over the days of UTC. Throws `Fault('config')` naming the cron and what
 * is wrong with it; one that never falls due, such as 31 February, is wrong as well.
 */
export function cronSchedule(cron: string): Schedule {
  try {
    return readCron(cron);
  } catch (error) {
    if (error instanceof Fault) throw new Fault('config', `the cron "${cron}": ${error.message}`);
    throw error;
  }
}

function readCron(cron: string): Schedule {
  const fields = cron.split(/[ \t]+/);
  if (fields.length !== 5)
    throw new Fault('config', 'it takes five fields: minute, hour, day, month and weekday');
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string];
  const minutes = valuesOf(minute, minuteField);
  const times = valuesOf(hour, hourField).flatMap((each) =>
    minutes.map((past) => (each * 60 + past) * MINUTE),
  );
  const months = valuesOf(month, monthField);
  const isMonthDay = monthDays(day);
  const isWeekday = weekdays(weekday);
  const isDay: DayTest =
    day === '*' ? isWeekday : weekday === '*' ? isMonthDay : (d) => isMonthDay(d) || isWeekday(d);
  const schedule: Schedule = (start) => {
    const date = new Date(start);
    const isDue = months.includes(date.getUTCMonth() + 1) && isDay(date);
    return isDue ? times.map((time) => start + time) : [];
  };
  if (nextDue(schedule, 0) === undefined) throw new Fault('config', 'it never falls due');
  return schedule;
}
