/** The steps that a person follows in Looker Studio to build a page. */
import { filterText } from '../sql/contract.ts';
import { CONTROL_WEEKS } from './ranges.ts';
import { type Chart, type Kind, metricFormula, type Range, type ReportPage } from './report.ts';

const KINDS: Record<Kind, string> = {
  scorecard: 'Scorecard',
  lines: 'Time series chart',
  columns: 'Column chart',
  bars: 'Table with bars',
  table: 'Table',
};

const RANGES: Record<Range, string> = {
  control: 'Auto (the page’s date control)',
  last_week: 'Custom, Last week (starts Monday)',
  last_13_months: 'Custom, Advanced: from the start of the month 12 months ago, to today',
  all: 'none: remove the date range dimension, so that the control does not reach it',
};

export const GRID = { canvas: 1200, margin: 20, gutter: 16, columns: 12 } as const;
const COLUMN = (GRID.canvas - 2 * GRID.margin - (GRID.columns - 1) * GRID.gutter) / GRID.columns;

export type Step = { do: string; setup: Record<string, string> };

/** Width of so many columns in pixels, with the gutters between them. */
export const spanWidth = (columns: number): number =>
  columns * (COLUMN + GRID.gutter) - GRID.gutter;

/** Position and size of a chart, in canvas pixels. */
type Place = { left: number; top: number; width: number; height: number };

function placesOf(charts: Chart[], top: number, height: number): Place[] {
  let column = 0;
  return charts.map(({ width }) => {
    const left = GRID.margin + column * (COLUMN + GRID.gutter);
    column += width;
    return { left, top, width: spanWidth(width), height };
  });
}

const formatText = {
  count: 'number, no decimals',
  rate: 'percent',
  money: 'currency, no decimals',
  minutes: 'number, 1 decimal',
  number: 'number, 1 decimal',
  index: 'number, 2 decimals',
};

function metricText(chart: Chart): string {
  return chart.metrics
    .map((metric) => {
      const formula = metricFormula(metric, chart.source);
      const part = 'part_of' in metric ? ', comparison calculation: percent of total' : '';
      return `${metric.name} = ${formula}${part} (${formatText[metric.format]})`;
    })
    .join('; ');
}

function sortText({ sort }: Chart): string {
  if (!sort) return 'none';
  const by = 'metric' in sort ? sort.metric : sort.field;
  return `${by}, ${sort.descending ? 'descending' : 'ascending'}`;
}

function chartStep(chart: Chart, place: Place): Step {
  const isTime = chart.dimensions.some(({ by }) => by === 'week');
  const setup: Record<string, string> = {
    'data source': chart.source,
    title: chart.title,
    subtitle: chart.question,
    'date range dimension': chart.date ?? 'none',
    'default date range': RANGES[chart.range],
  };
  if (chart.dimensions.length)
    setup.dimension = chart.dimensions
      .map(({ field, name, by }) => `${field} as ${name}${by ? ', type ISO year week' : ''}`)
      .join('; ');
  if (chart.metrics.length) setup.metric = metricText(chart);
  if (chart.filter.length) setup.filter = filterText(chart.filter);
  if (chart.dimensions.length) setup.sort = isTime ? 'Week, ascending' : sortText(chart);
  if (chart.limit) setup['rows per page'] = String(chart.limit);
  if (chart.compare) setup['comparison date range'] = 'Previous period; style: absolute change';
  if (isTime)
    setup['missing data'] = chart.metrics.some((metric) => 'ratio' in metric)
      ? 'line breaks'
      : 'line to zero';
  setup.place = `left ${place.left}, top ${place.top}, ${place.width} × ${place.height} px`;
  const kind = isTime
    ? `${KINDS.lines}${chart.kind === 'columns' ? ', series as bars' : ''}`
    : KINDS[chart.kind];
  return { do: `${kind}: ${chart.title}`, setup };
}

const HEAD = 96;

/** From an empty page to the finished one: canvas and controls, then the charts row by row. */
export function pageSteps(page: ReportPage): Step[] {
  const controls: Step[] = page.controls.map(({ name, field }) => ({
    do: `Drop-down list: ${name}`,
    setup: { 'data source': 'daily', 'control field': field },
  }));
  let top: number = HEAD;
  const steps = page.rows.flatMap(({ height, charts }) => {
    const places = placesOf(charts, top, height);
    top += height + GRID.gutter;
    return charts.map((chart, i) => chartStep(chart, places[i]!));
  });
  return [
    {
      do: `Page: ${page.title}`,
      setup: {
        name: page.title,
        heading: page.question,
        canvas: `${GRID.canvas} × ${top + GRID.margin} px`,
      },
    },
    {
      do: 'Date range control',
      setup: {
        'default date range':
          `Custom, Advanced: the last ${CONTROL_WEEKS} complete weeks ` +
          `(from the start of the ISO week ${CONTROL_WEEKS} weeks ago to the end of the last one)`,
      },
    },
    ...controls,
    ...steps,
  ];
}

/** The steps as numbered text. */
export const stepsText = (page: ReportPage): string =>
  pageSteps(page)
    .map(({ do: what, setup }, i) =>
      [
        `${i + 1}. ${what}`,
        ...Object.entries(setup).map(([key, value]) => `     ${key}: ${value}`),
      ].join('\n'),
    )
    .join('\n');
