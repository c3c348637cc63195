/** What a report page is: charts in rows on a grid of twelve columns, each as a person sets it up in Looker Studio. */
import { type Condition, formulaOf } from '../sql/contract.ts';
import { contractOf, type DayOf, type FieldOf, type Source, type SummableOf } from './sources.ts';

export type Format = 'count' | 'rate' | 'money' | 'minutes' | 'number' | 'index';

/** How a metric is made of the rows of a group. */
export type Measure<Field extends string = string, Sum extends string = Field> =
  | { sum: Sum }
  /** A sum over a sum, which stays true however the chart groups. */
  | { ratio: { numerator: Sum; denominator: Sum } }
  /** The group's part of the sum over all groups. */
  | { part_of: Sum }
  /** How many rows there are. */
  | { records: true }
  /** The published figure itself: each group is one row. */
  | { published: Field };

export type Metric<Field extends string = string, Sum extends string = Field> = {
  name: string;
  format: Format;
} & Measure<Field, Sum>;

/** `by`: a day is grouped into its ISO week. */
export type Dimension<Field extends string = string> = { field: Field; name: string; by?: 'week' };

/** `by` names a metric of the chart, or a field that may stand outside it. */
export type Sort<Field extends string = string> = ({ metric: string } | { field: Field }) & {
  descending?: boolean;
};

/** The instants that a chart reads: those of the page's date control, or its own; `all` where no date is applied. */
export type Range = 'control' | 'last_week' | 'last_13_months' | 'all';

/** `bars` is Looker's table with bars: the first metric as a bar with its number, the others as numbers. */
export type Kind = 'scorecard' | 'lines' | 'columns' | 'bars' | 'table';

type ChartOf<Field extends string, Sum extends string, Day extends string> = {
  /** Unique over the report. */
  id: string;
  title: string;
  /** The question that the chart answers. */
  question: string;
  kind: Kind;
  range: Range;
  /** The date that the range is applied to. */
  date: Day | null;
  dimensions: Dimension<Field>[];
  metrics: Metric<Field, Sum>[];
  filter: Condition[];
  sort?: Sort<Field>;
  limit?: number;
  /** A scorecard sets the figure beside that of the period before. */
  compare?: 'previous_period';
  /** Columns of twelve. */
  width: number;
};

export type Chart = ChartOf<string, string, string> & { source: Source };

type FilterOn<S extends Source> = (
  | { column: FieldOf<S>; include: (string | boolean | null)[] }
  | { column: FieldOf<S>; exclude: (string | boolean | null)[] }
)[];

/** Charts of one source: naming a field that it does not have, or summing one that must not be, does not compile. */
export const chartsOn =
  <S extends Source>(source: S) =>
  (
    chart: Omit<ChartOf<FieldOf<S>, SummableOf<S>, DayOf<S>>, 'filter'> & { filter?: FilterOn<S> },
  ): Chart => ({
    ...chart,
    source,
    filter: chart.filter ?? [],
  });

/** A metric as Looker's calculated field says it; a figure that stands as published is the greatest of its one row. */
export function metricFormula(metric: Measure, source: Source): string {
  if ('ratio' in metric)
    return formulaOf({ name: '', type: 'number', description: '', ratio: metric.ratio })!;
  if ('published' in metric) return `MAX(${metric.published})`;
  if ('records' in metric) return 'Record Count';
  const name = 'sum' in metric ? metric.sum : metric.part_of;
  const column = contractOf(source).columns.find((candidate) => candidate.name === name);
  if (!column?.additive) throw new TypeError(`${source}.${name} must not be summed`);
  return `SUM(${name})`;
}

/** A drop-down list over a field of the main source; the date control needs none. */
export type Control = { name: string; field: FieldOf<'daily'> };

export type ReportPage = {
  id: string;
  title: string;
  question: string;
  controls: Control[];
  /** From the top; heights in pixels of the canvas. */
  rows: { height: number; charts: Chart[] }[];
};

export const chartsOf = (page: ReportPage): Chart[] => page.rows.flatMap(({ charts }) => charts);
