/** Figures and dimensions of a built chart as people read them. */
import { dayShort, dayText, instantText } from '../../core/display/dates.ts';
import { agentName, label } from '../../core/display/labels.ts';
import { amount, change, count, minutes, rate, ratio } from '../../core/display/numbers.ts';
import { currencyExponent } from '../../core/money.ts';
import { nextActionText } from '../../core/next-action.ts';
import type { BuiltChart, Cell } from '../evaluate.ts';
import type { Days } from '../ranges.ts';
import type { Dimension, Metric } from '../report.ts';
import { contractOf } from '../sources.ts';

const EMPTY = '–';

const unitsOf = (minor: number, currency: string | null): number =>
  minor / 10 ** (currencyExponent(currency ?? '') ?? 2);

/**
 * A metric's value in its format; money arrives in minor units of the chart's currency and is shown
 * in whole units.
 */
export function figureText(
  { format }: Metric,
  value: number | null,
  currency: string | null,
): string {
  if (value === null) return EMPTY;
  if (format === 'rate') return rate(value);
  if (format === 'money') return amount(Math.round(unitsOf(value, currency)), currency);
  if (format === 'minutes') return minutes(value);
  return format === 'index' ? ratio(value) : count(value);
}

/** The change of a figure from the period before. */
export function changeText(
  { format }: Metric,
  now: number | null,
  before: number | null,
  currency: string | null,
): string {
  if (now === null || before === null) return 'nothing to compare';
  const moved = format === 'money' ? Math.round(unitsOf(now - before, currency)) : now - before;
  return `${change(moved, format, currency)} in a week`;
}

export const isFigure = ({ chart }: BuiltChart, { field }: Dimension): boolean => {
  const type = contractOf(chart.source).columns.find(({ name }) => name === field)?.type;
  return type === 'integer' || type === 'number';
};

/**
 * A dimension's value: a code in words, a caller by a name derived from the id (names are not
 * published, R12).
 */
export function dimensionText({ chart }: BuiltChart, { field, by }: Dimension, cell: Cell): string {
  if (cell === null) return EMPTY;
  const type = contractOf(chart.source).columns.find(({ name }) => name === field)?.type;
  if (field === 'contact_key') return String(cell);
  if (field === 'agent') return agentName(String(cell));
  if (field === 'next_action') return label(nextActionText(String(cell)));
  if (by === 'week') return dayShort(String(cell));
  if (type === 'date') return dayText(String(cell));
  if (type === 'timestamp') return instantText(Number(cell), 'UTC');
  return typeof cell === 'number' ? count(cell) : label(cell);
}

export const daysText = ({ from, to }: Days): string =>
  `${from.slice(0, 4) === to.slice(0, 4) ? dayShort(from) : dayText(from)} to ${dayText(to)}`;
