/**
 * The week as people read it (R10): one model for the `Week` tab and sheet, the weekly mail and the
 * dashboard.
 */
import { daysAfter, daysText, instantText, weeksBefore } from '../display/dates.ts';
import { label } from '../display/labels.ts';
import {
  change,
  count,
  counted,
  interval,
  inUnit,
  minutes,
  NONE,
  rate,
} from '../display/numbers.ts';
import { spark } from '../display/sparks.ts';
import { weekLineName } from '../rules/week-lines.ts';

/** A row of `weekly_summary`, cells by column name; money is in units of `currency`. */
export type WeekRow = {
  week: string;
  week_start: string;
  state: string;
  position: number;
  line: string;
  unit: string;
  value: number | null;
  value_text: string | null;
  numerator: number | null;
  denominator: number | null;
  value_lo: number | null;
  value_hi: number | null;
  change: number | null;
  target: number | null;
  flag: string | null;
  sentence: string | null;
  currency: string | null;
  numerator_human: number | null;
  sentence_no: number | null;
};

/** The run that the rows are of; `as_of` in UTC milliseconds. */
export type WeekRun = { as_of: number; is_sample: boolean };

export type Tone = 'good' | 'warning' | 'muted';

/** One line, every cell as text; an empty text where there is nothing to say. */
export type WeekLine = {
  line: string;
  value: string;
  /** What a rate or a mean is made of: '8 of 24'. */
  counted: string;
  /** 95 %, of a rate. */
  interval: string;
  last_week: string;
  change: string;
  flag: string;
  tone: Tone;
  target: string;
  /** The running week's figure, beside that of the last complete one. */
  so_far: string;
  /** Twelve weeks as text bars, the reported one last. */
  spark: string;
  /** Of the texts that say a number, the number: a rate as 0–1, its change in percentage points. */
  numbers: Record<'value' | 'last_week' | 'change' | 'target' | 'so_far', number | null>;
};

export type WeekReport = {
  /** ISO week; null in a house without facts. */
  week: string | null;
  title: string;
  /** Its days as people say them, '9–15 November 2026'; null in a house without facts. */
  days: string | null;
  true_for: string;
  is_sample: boolean;
  /** What changed most comes first. */
  sentences: string[];
  /** R10's first seven lines, then the others, each in its order. */
  headlines: WeekLine[];
  others: WeekLine[];
};

export const SPARK_WEEKS = 12;
const HEADLINES = 7;

/** Of flags; those of a small sample, and all others, are muted. */
const tones = new Map<string, Tone>([
  ['healthy', 'good'],
  ['normal', 'good'],
  ['above normal', 'good'],
  ['goal met', 'good'],
  ['low', 'warning'],
  ['below normal', 'warning'],
  ['below goal', 'warning'],
]);

/** Sent over the days with a send: a mean, though its unit is a count. */
const perDay = (row: WeekRow): boolean => row.line === weekLineName('email_send_rate');

/** Whether a count stands over another that holds it: 24 delivered of 25 sent. */
const isPart = (row: WeekRow): boolean =>
  row.unit === 'count' && Boolean(row.denominator) && !perDay(row);

const isTarget = (row: WeekRow): boolean => row.line === weekLineName('next_week_target');

function shown(row: WeekRow): string {
  if (row.unit === 'text')
    return row.value_text && row.value_text !== 'none' ? label(row.value_text) : NONE;
  const value = inUnit(row.value, row.unit, row.currency);
  return isPart(row) ? `${value} (${rate(row.value! / row.denominator!)})` : value;
}

/** A text has no number, though it counts something. */
const numberOf = (row: WeekRow): number | null => (row.unit === 'text' ? null : row.value);

/** The target in full, mails and calls; beside it, in other weeks, its mails only. */
const shownFirst = (row: WeekRow): string => (isTarget(row) && row.value_text) || shown(row);

function countedOf(row: WeekRow): string {
  const { numerator, denominator } = row;
  if (!denominator || numerator === null) return '';
  if (row.unit === 'minutes') return `${minutes(numerator)} in ${counted(denominator, 'call')}`;
  if (perDay(row)) return `${count(numerator)} in ${counted(denominator, 'day')}`;
  const people = row.numerator_human;
  const ofWhich = people === null ? '' : `, ${count(people)} by a person`;
  return `${count(numerator)} of ${count(denominator)}${ofWhich}`;
}

type Lines = Map<string, WeekRow>;

/** The rows of each week by line, weeks by their Monday. */
function byWeek(rows: WeekRow[]): Map<string, Lines> {
  const weeks = new Map<string, Lines>();
  for (const row of rows) {
    const lines = weeks.get(row.week_start) ?? new Map();
    weeks.set(row.week_start, lines.set(row.line, row));
  }
  return weeks;
}

function lineOf(row: WeekRow, weeks: Map<string, Lines>, running: Lines | undefined): WeekLine {
  const at = (weeksAgo: number) => weeks.get(weeksBefore(row.week_start, weeksAgo))?.get(row.line);
  const before = at(1);
  const soFar = running?.get(row.line);
  const values = Array.from(
    { length: SPARK_WEEKS },
    (_, i) => at(SPARK_WEEKS - 1 - i)?.value ?? null,
  );
  return {
    line: row.line,
    value: shownFirst(row),
    counted: countedOf(row),
    interval: interval(row.value_lo, row.value_hi),
    last_week: before ? shown(before) : NONE,
    change: row.unit === 'text' ? '' : change(row.change, row.unit, row.currency),
    flag: row.flag ? label(row.flag) : '',
    tone: tones.get(row.flag ?? '') ?? 'muted',
    target: row.target === null ? '' : inUnit(row.target, row.unit, row.currency),
    so_far: soFar ? shown(soFar) : '',
    spark: row.unit === 'text' ? '' : spark(values),
    numbers: {
      value: numberOf(row),
      last_week: before ? numberOf(before) : null,
      change: row.change !== null && row.unit === 'rate' ? row.change * 100 : row.change,
      target: row.target,
      so_far: soFar ? numberOf(soFar) : null,
    },
  };
}

/**
 * The report of `week` ('2026-W46'), by default of the last complete one (in a house that has none,
 * of the running one), with the running week beside it where that is the next. `rows` may hold any
 * weeks in any order; twelve make the sparks whole.
 */
export function weekReport(rows: WeekRow[], run: WeekRun, week?: string): WeekReport {
  const weeks = byWeek(rows);
  const latest = (state: string) =>
    rows.reduce<string | null>(
      (found, row) =>
        row.state === state && row.week_start > (found ?? '') ? row.week_start : found,
      null,
    );
  const monday =
    week === undefined
      ? (latest('complete') ?? latest('so far'))
      : (rows.find((row) => row.week === week)?.week_start ?? null);
  const next = monday && weeks.get(daysAfter(monday, 7));
  const running = next && [...next.values()][0]?.state === 'so far' ? next : undefined;
  const reported = [...((monday && weeks.get(monday)) || []).values()].sort(
    (a, b) => a.position - b.position,
  );
  const lines = reported.map((row) => lineOf(row, weeks, running));
  const days = monday && daysText(monday, daysAfter(monday, 6));
  const isRunning = reported[0]?.state === 'so far';
  return {
    week: reported[0]?.week ?? null,
    title: days ? `The week of ${days}${isRunning ? ', so far' : ''}` : 'No week has any facts yet',
    days,
    true_for: `True for ${instantText(run.as_of, 'UTC')} UTC`,
    is_sample: run.is_sample,
    sentences: reported
      .toSorted((a, b) => (a.sentence_no ?? 0) - (b.sentence_no ?? 0))
      .flatMap((row) => row.sentence || []),
    headlines: lines.slice(0, HEADLINES),
    others: lines.slice(HEADLINES),
  };
}

/** The line below the title of every page and mail. */
export const noteOf = ({ week, true_for, is_sample }: WeekReport): string =>
  [week && `ISO week ${week}`, true_for, is_sample && 'Sample data'].filter(Boolean).join(' · ');
