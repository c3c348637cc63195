/** Random crons of every form fall due in the minutes in which a naive matcher says so. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cronSchedule } from '../../core/cron.ts';
import { DAY, MINUTE } from '../../core/durations.ts';
import { latestDue, nextDue } from '../../core/schedule.ts';

const RUNS = process.env.FULL ? 2000 : 30;
const DAYS = 40;

/** A field as it is written, and whether it holds for a minute. */
type Field = { text: string; holds: (minute: Date) => boolean; isStar?: boolean };

const dayOf = (date: Date, days: number): Date => new Date(date.getTime() + days * DAY);
const isLastDay = (date: Date): boolean => dayOf(date, 1).getUTCDate() === 1;
const isWorkday = (date: Date): boolean => ![0, 6].includes(date.getUTCDay());

/** The days of the month of `date`, in order. */
function month(date: Date): Date[] {
  const days: Date[] = [];
  let day = dayOf(date, 1 - date.getUTCDate());
  for (; day.getUTCMonth() === date.getUTCMonth(); day = dayOf(day, 1)) days.push(day);
  return days;
}

/** Whether `date` is the workday of its month that lies nearest to `day`. */
function isNearest(date: Date, day: number): boolean {
  const distance = (each: Date) => Math.abs(each.getUTCDate() - day);
  const nearest = month(date)
    .filter(isWorkday)
    .sort((a, b) => distance(a) - distance(b))[0]!;
  return nearest.getUTCDate() === date.getUTCDate();
}

/** Lists of numbers, names, ranges and steps. */
function lists(
  low: number,
  high: number,
  value: (minute: Date) => number,
  names: string[] = [],
): fc.Arbitrary<Field> {
  const written = (number: number, isNamed: boolean) =>
    (isNamed && names[number - low]) || String(number);
  const number = fc.integer({ min: low, max: high });
  const step = fc.integer({ min: 1, max: high - low });
  const item = fc.oneof(
    fc.tuple(number, fc.boolean()).map(([n, isNamed]) => ({
      text: written(n, isNamed),
      has: (v: number) => v === n,
    })),
    fc.tuple(number, number, fc.boolean()).map(([a, b, isNamed]) => ({
      text: `${written(Math.min(a, b), isNamed)}-${written(Math.max(a, b), isNamed)}`,
      has: (v: number) => v >= Math.min(a, b) && v <= Math.max(a, b),
    })),
    step.map((by) => ({ text: `*/${by}`, has: (v: number) => (v - low) % by === 0 })),
    fc.tuple(number, step).map(([from, by]) => ({
      text: `${from}/${by}`,
      has: (v: number) => v >= from && (v - from) % by === 0,
    })),
    fc.tuple(number, number, step).map(([a, b, by]) => ({
      text: `${Math.min(a, b)}-${Math.max(a, b)}/${by}`,
      has: (v: number) =>
        v >= Math.min(a, b) && v <= Math.max(a, b) && (v - Math.min(a, b)) % by === 0,
    })),
  );
  return fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => ({
    text: items.map(({ text }) => text).join(','),
    holds: (minute) => items.some(({ has }) => has(value(minute))),
  }));
}

const star = fc.constant<Field>({ text: '*', holds: () => true, isStar: true });
const months = 'jan FEB Mar APR MAY JUN JUL AUG sep OCT NOV DEC'.split(' ');
const weekdays = 'SUN mon TUE WED Thu FRI SAT'.split(' ');

const minute = fc.oneof(
  star,
  lists(0, 59, (date) => date.getUTCMinutes()),
);
const hour = fc.oneof(
  star,
  lists(0, 23, (date) => date.getUTCHours()),
);
const monthField = fc.oneof(
  star,
  lists(1, 12, (date) => date.getUTCMonth() + 1, months),
);
const monthDay: fc.Arbitrary<Field> = fc.oneof(
  star,
  lists(1, 31, (date) => date.getUTCDate()),
  fc.constant({ text: 'L', holds: isLastDay }),
  fc.constant({ text: 'LW', holds: (date: Date) => isNearest(date, month(date).length) }),
  fc.integer({ min: 1, max: 30 }).map((before) => ({
    text: `L-${before}`,
    holds: (date: Date) => {
      const then = dayOf(date, before);
      return isLastDay(then) && then.getUTCMonth() === date.getUTCMonth();
    },
  })),
  fc.integer({ min: 1, max: 28 }).map((day) => ({
    text: `${day}W`,
    holds: (date: Date) => isNearest(date, day),
  })),
);
const weekday: fc.Arbitrary<Field> = fc.oneof(
  star,
  lists(1, 7, (date) => date.getUTCDay() + 1, weekdays),
  fc.constant({ text: 'L', holds: (date: Date) => date.getUTCDay() === 6 }),
  fc.integer({ min: 1, max: 7 }).map((day) => ({
    text: `${day}L`,
    holds: (date: Date) =>
      date.getUTCDay() === day - 1 && dayOf(date, 7).getUTCMonth() !== date.getUTCMonth(),
  })),
  fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 })).map(([day, nth]) => ({
    text: `${weekdays[day - 1]}#${nth}`,
    holds: (date: Date) =>
      date.getUTCDay() === day - 1 &&
      month(date).filter((each) => each.getUTCDay() === day - 1 && each <= date).length === nth,
  })),
);

it('falls due exactly in the minutes that fit', () => {
  const start = fc
    .integer({ min: Date.UTC(2020, 0) / DAY, max: Date.UTC(2032, 0) / DAY })
    .map((days) => days * DAY);
  fc.assert(
    fc.property(minute, hour, monthDay, monthField, weekday, start, (...drawn) => {
      const [inMinute, inHour, onMonthDay, inMonth, onWeekday, from] = drawn;
      const cron = [inMinute, inHour, onMonthDay, inMonth, onWeekday].map(({ text }) => text);
      const either = !onMonthDay.isStar && !onWeekday.isStar;
      const isDay = (date: Date) =>
        inMonth.holds(date) &&
        (either
          ? onMonthDay.holds(date) || onWeekday.holds(date)
          : onMonthDay.holds(date) && onWeekday.holds(date));
      const expected: number[] = [];
      for (let day = from; day < from + DAYS * DAY; day += DAY) {
        if (!isDay(new Date(day))) continue;
        for (let at = day; at < day + DAY; at += MINUTE) {
          const date = new Date(at);
          if (inMinute.holds(date) && inHour.holds(date)) expected.push(at);
        }
      }
      let schedule: ReturnType<typeof cronSchedule>;
      try {
        schedule = cronSchedule(cron.join(' '));
      } catch (error) {
        expect(String(error)).toContain('it never falls due');
        expect(expected).toEqual([]);
        return;
      }
      const found: number[] = [];
      for (let now = from - 1; ; ) {
        const due = nextDue(schedule, now);
        if (due === undefined || due >= from + DAYS * DAY) break;
        found.push(due);
        now = due;
      }
      expect(found).toEqual(expected);
      if (expected.length > 0)
        expect(latestDue(schedule, from + DAYS * DAY - 1)).toBe(expected.at(-1));
    }),
    { numRuns: RUNS },
  );
});
