/**
 * Builds a chart's rows from published rows as Looker does: filter, group, plain sums, ratios of
 * sums, sort, limit.
 */
import { mondayOf } from '../core/display/dates.ts';
import type { Condition } from '../sql/contract.ts';
import { type Days, daysOf, previousDays, weeksIn } from './ranges.ts';
import type { Chart, Dimension, Metric } from './report.ts';

/** Days as text, instants in UTC ms, money in minor units, booleans as 0 or 1. */
export type Cell = string | number | null;
export type Row = Record<string, Cell>;

export type Group = { dimensions: Cell[]; metrics: (number | null)[] };

export type BuiltChart = {
  chart: Chart;
  days: Days | null;
  groups: Group[];
  /** The same metrics over the period before, if the chart compares. */
  previous: (number | null)[] | null;
  /** Currency of the rows' money. */
  currency: string | null;
};

const same = (cell: Cell | undefined, value: string | boolean | null): boolean =>
  typeof value === 'boolean' ? cell === Number(value) : (cell ?? null) === value;

const holds = (row: Row, condition: Condition): boolean =>
  'include' in condition
    ? condition.include.some((value) => same(row[condition.column], value))
    : !condition.exclude.some((value) => same(row[condition.column], value));

/** If a range is applied, Looker drops rows with an empty date. */
const isWithin = (day: Cell | undefined, days: Days): boolean =>
  typeof day === 'string' && day >= days.from && day <= days.to;

const sum = (rows: Row[], field: string): number =>
  rows.reduce((total, row) => total + Number(row[field] ?? 0), 0);

function measure(metric: Metric, rows: Row[], all: Row[], id: string): number | null {
  if ('sum' in metric) return sum(rows, metric.sum);
  if ('records' in metric) return rows.length;
  if ('published' in metric) {
    if (rows.length > 1)
      throw new RangeError(
        `${id}: ${metric.published} needs one row per group, and there are ${rows.length}`,
      );
    return (rows[0]?.[metric.published] ?? null) as number | null;
  }
  const [part, whole] =
    'ratio' in metric
      ? [sum(rows, metric.ratio.numerator), sum(rows, metric.ratio.denominator)]
      : [sum(rows, metric.part_of), sum(all, metric.part_of)];
  return whole === 0 ? null : part / whole;
}

const cellOf = (row: Row, { field, by }: Dimension): Cell => {
  const cell = row[field] ?? null;
  return by === 'week' && typeof cell === 'string' ? mondayOf(cell) : cell;
};

function grouped(rows: Row[], dimensions: Dimension[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(dimensions.map((dimension) => cellOf(row, dimension)));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** An empty cell sorts lowest. */
const compare = (a: Cell, b: Cell): number => {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
};

/** What a group is sorted by: a metric of the chart, or the lowest value of a field. */
function sortValue(chart: Chart, group: Group, rows: Row[]): Cell {
  const { sort } = chart;
  if (!sort) return group.dimensions[0] ?? null;
  if ('metric' in sort)
    return group.metrics[chart.metrics.findIndex(({ name }) => name === sort.metric)] ?? null;
  const known = rows.flatMap((row) => row[sort.field] ?? []);
  return known.sort(compare)[0] ?? null;
}

/** Adds weeks without rows: a line of sums falls to zero there, a line of ratios has a gap. */
function emptyWeeks(
  chart: Chart,
  days: Days | null,
  groups: Map<string, Row[]>,
): Map<string, Row[]> {
  if (chart.dimensions[0]?.by !== 'week' || !days) return groups;
  const missing = weeksIn(days).filter((week) => !groups.has(JSON.stringify([week])));
  return new Map([
    ...groups,
    ...missing.map((week): [string, Row[]] => [JSON.stringify([week]), []]),
  ]);
}

/**
 * `today` is the business day on which the report is opened; `rows` are the published rows of the
 * chart's source.
 */
export function buildChart(chart: Chart, rows: Row[], today: string): BuiltChart {
  const kept = rows.filter((row) => chart.filter.every((condition) => holds(row, condition)));
  const within = (days: Days | null) =>
    days && chart.date ? kept.filter((row) => isWithin(row[chart.date!], days)) : kept;
  const days = daysOf(chart.range, today);
  const shown = within(days);
  const measures = (group: Row[], all: Row[]) =>
    chart.metrics.map((metric) => measure(metric, group, all, chart.id));
  const direction = chart.sort?.descending ? -1 : 1;
  const built = chart.dimensions.length
    ? [...emptyWeeks(chart, days, grouped(shown, chart.dimensions))].map(([key, group]) => {
        const made: Group = {
          dimensions: JSON.parse(key) as Cell[],
          metrics: measures(group, shown),
        };
        return { made, by: sortValue(chart, made, group), key };
      })
    : [{ made: { dimensions: [], metrics: measures(shown, shown) }, by: null, key: '' }];
  const groups = built
    .sort((a, b) => compare(a.by, b.by) * direction || compare(a.key, b.key))
    .slice(0, chart.limit)
    .map(({ made }) => made);
  const before = days && chart.compare ? within(previousDays(days)) : null;
  return {
    chart,
    days,
    groups,
    previous: before && measures(before, before),
    currency: (kept.find((row) => row.currency)?.currency ?? null) as string | null,
  };
}
