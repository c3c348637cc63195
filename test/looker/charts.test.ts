/**
 * Every chart of both pages, built from published rows by plain sums, against the facts themselves.
 */
import { describe, expect, it } from 'vitest';
import { buildChart, type Cell } from '../../looker/evaluate.ts';
import { reportPages } from '../../looker/pages/index.ts';
import { daysOf } from '../../looker/ranges.ts';
import { type Chart, chartsOf, chartsOn } from '../../looker/report.ts';
import { contractOf } from '../../looker/sources.ts';
import { expectedCharts } from './expected-charts.ts';
import { ask, publishedRows, TODAY } from './published-rows.ts';

const charts = reportPages.flatMap(chartsOf);
const byId = charts.map((chart) => [chart.id, chart] as const);
const NO_DAYS = { from: '', to: '' };

/** Figures to six decimals, so that a sum of floats may be added up in either order. */
const rounded = (cell: Cell | undefined): Cell =>
  typeof cell === 'number' ? Math.round(cell * 1e6) / 1e6 : (cell ?? null);

describe.each(byId)('%s', (id, chart) => {
  it('shows what the facts say', () => {
    const { groups } = buildChart(chart, publishedRows(chart.source), TODAY);
    const expected = ask(expectedCharts[id]!(daysOf(chart.range, TODAY) ?? NO_DAYS)).map((row) =>
      Object.values(row),
    );
    expect(groups.length).toBeGreaterThan(0);
    expect(
      groups.map(({ dimensions, metrics }) => [...dimensions, ...metrics].map(rounded)),
    ).toEqual(expected.map((row) => row.map(rounded)));
  });

  it('keeps to what its source allows', () => {
    const { chartFilter = [], columns } = contractOf(chart.source);
    const held = new Set(chart.filter.map(({ column }) => column));
    for (const { column } of chartFilter)
      expect(held, `${id} must hold ${column}`).toContain(column);
    const apart = (column: string) =>
      chart.dimensions.some(({ field }) => field === column) ||
      chart.filter.some(
        (condition) =>
          condition.column === column && 'include' in condition && condition.include.length === 1,
      );
    for (const name of summed(chart)) {
      const sum = columns.find((column) => column.name === name)?.additive;
      expect(sum, `${chart.source}.${name}`).toBeTruthy();
      for (const column of sum && sum !== true ? sum.per : [])
        expect(apart(column), `${name} per ${column}`).toBe(true);
    }
    expect(chart.date === null, 'a range needs a date').toBe(chart.range === 'all');
    if (chart.sort && 'metric' in chart.sort)
      expect(chart.metrics.map(({ name }) => name)).toContain(chart.sort.metric);
  });
});

function summed({ metrics }: Chart): string[] {
  return metrics.flatMap((metric) => {
    if ('sum' in metric) return [metric.sum];
    if ('part_of' in metric) return [metric.part_of];
    return 'ratio' in metric ? [metric.ratio.numerator, metric.ratio.denominator] : [];
  });
}

it('sets last week beside the week before', () => {
  const chart = charts.find(({ id }) => id === 'dials_last_week')!;
  const { previous } = buildChart(chart, publishedRows('daily'), TODAY);
  expect(previous).toEqual([
    Object.values(
      ask(expectedCharts.dials_last_week!({ from: '2026-05-04', to: '2026-05-10' }))[0]!,
    )[0],
  ]);
});

it('has every chart once, in rows of twelve columns', () => {
  expect(new Set(charts.map(({ id }) => id)).size).toBe(charts.length);
  expect(Object.keys(expectedCharts).sort()).toEqual(charts.map(({ id }) => id).sort());
  for (const { id, rows } of reportPages)
    for (const { charts: row } of rows)
      expect(
        row.reduce((sum, { width }) => sum + width, 0),
        id,
      ).toBe(12);
});

it('refuses a published figure that would stand for several rows', () => {
  const chart = charts.find(({ id }) => id === 'agents_against_expected')!;
  const everyPeriod = {
    ...chart,
    filter: chart.filter.filter(({ column }) => column !== 'period'),
  };
  expect(() => buildChart(everyPeriod, publishedRows('agent_performance'), TODAY)).toThrow(
    'needs one row per group',
  );
});

/** Held by the compiler: each line below would otherwise pass. */
it('is written of the fields that its source has', () => {
  const words = {
    id: 'x',
    title: 'x',
    question: 'x',
    kind: 'bars',
    range: 'control',
    width: 12,
  } as const;
  const charts = [
    () =>
      chartsOn('daily')({
        ...words,
        date: 'day',
        // @ts-expect-error no such column
        dimensions: [{ field: 'weather', name: 'Weather' }],
        metrics: [],
      }),
    () =>
      chartsOn('agent_performance')({
        ...words,
        date: 'week_start',
        dimensions: [],
        // @ts-expect-error a rate must not be summed
        metrics: [{ name: 'Pickup', sum: 'pickup_rate', format: 'rate' }],
      }),
    // @ts-expect-error a text is no date
    () => chartsOn('funnel')({ ...words, date: 'cohort', dimensions: [], metrics: [] }),
    // @ts-expect-error no such table
    () => chartsOn('horoscope'),
  ];
  expect(charts).toHaveLength(4);
});
