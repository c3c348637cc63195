/**
 * Hand-made rows of `weekly_summary`: thirteen complete weeks up to 9–15 November 2026, and the
 * running one.
 */
import { weeksBefore } from '../../core/display/dates.ts';
import type { WeekRow } from '../../core/pages/week.ts';

export const LAST_MONDAY = '2026-11-09';
export const NEXT_MONDAY = '2026-11-16';

const blank: WeekRow = {
  week: '2026-W46',
  week_start: LAST_MONDAY,
  state: 'complete',
  position: 1,
  line: 'Emails Sent',
  unit: 'count',
  value: null,
  value_text: null,
  numerator: null,
  denominator: null,
  value_lo: null,
  value_hi: null,
  change: null,
  target: null,
  flag: null,
  sentence: null,
  currency: null,
  numerator_human: null,
  sentence_no: null,
};

export const weekRow = (row: Partial<WeekRow>): WeekRow => ({ ...blank, ...row });

const lines: Partial<WeekRow>[] = [
  {
    line: 'Emails Sent',
    unit: 'count',
    value: 1200,
    numerator: 1200,
    change: 200,
    target: 1000,
    flag: 'goal met',
  },
  {
    line: 'Email Open Rate',
    unit: 'rate',
    value: 0.32,
    numerator: 384,
    denominator: 1200,
    numerator_human: 200,
    value_lo: 0.294,
    value_hi: 0.347,
    change: -0.015,
    target: 0.2,
    flag: 'healthy',
  },
  {
    line: 'Email Reply Rate',
    unit: 'rate',
    value: 0.043,
    numerator: 52,
    denominator: 1200,
    flag: 'below normal',
  },
  {
    line: 'Calls Scheduled',
    unit: 'count',
    value: 5,
    numerator: 5,
    change: 0,
    target: 2,
    flag: 'goal met',
  },
  { line: 'Calls Completed', unit: 'count', value: 3, numerator: 3, change: -1 },
  { line: 'Deals Closed', unit: 'count', value: 0, numerator: 0, change: 0 },
  {
    line: 'Next Week Target',
    unit: 'count',
    value: 1200,
    value_text: '1,200 emails, 2–3 calls',
    change: 200,
  },
  {
    line: 'Email Send Rate',
    unit: 'count',
    value: 240,
    numerator: 1200,
    denominator: 5,
    change: 40,
  },
  {
    line: 'Call Conversion',
    unit: 'rate',
    value: null,
    numerator: 0,
    denominator: 0,
    flag: 'no data',
  },
  {
    line: 'Delivered',
    unit: 'count',
    value: 1176,
    numerator: 1176,
    denominator: 1200,
    change: 190,
  },
  {
    line: 'Average Call Minutes',
    unit: 'minutes',
    value: 25,
    numerator: 75,
    denominator: 3,
    change: -1.5,
  },
  {
    line: 'Revenue',
    unit: 'money',
    value: 12300,
    numerator: 1_230_000,
    change: -950.5,
    currency: 'USD',
  },
  {
    line: 'Revenue JPY',
    unit: 'money',
    value: 45000,
    numerator: 45_000,
    change: 45000,
    currency: 'JPY',
  },
  { line: 'Top Channel', unit: 'text', value: 2, value_text: 'cold_email', numerator: 2 },
];

const sentences = [
  'Emails sent rose from 1,000 to 1,200, and so met the target of 1,000. Answer the replies as ' +
    'fast as before.',
  'The email reply rate fell from 5.1 % to 4.3 %. Like the change in calls completed, this may ' +
    'be chance, but it is below the normal 5 %. Change what the last step asks for.',
  'Calls completed fell from 4 to 3.',
];

/** The sentences stand on the first lines, the last of them as the one that changed most. */
export function weekRows(told: string[] = sentences): WeekRow[] {
  const complete = Array.from({ length: 13 }, (_, i) => {
    const ago = 12 - i;
    return lines.map((line, n) =>
      weekRow({
        ...line,
        position: n + 1,
        week: `2026-W${46 - ago}`,
        week_start: weeksBefore(LAST_MONDAY, ago),
        value:
          line.unit === 'count' && ago > 0
            ? Math.round((line.value ?? 0) * (1 - ago / 24))
            : (line.value ?? null),
        sentence: ago === 0 ? (told[n] ?? null) : null,
        sentence_no: ago === 0 && told[n] ? told.length - n : null,
      }),
    );
  });
  const running = lines.map((line, n) =>
    weekRow({
      ...line,
      position: n + 1,
      week: '2026-W47',
      week_start: NEXT_MONDAY,
      state: 'so far',
      change: null,
      value: 1,
    }),
  );
  return [...running, ...complete.flat()];
}
