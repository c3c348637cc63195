/**
 * A report page: charts in rows on a grid of twelve columns, each described as a person sets it up
 * in Looker Studio.
 */
import { type Condition, formulaOf } from '../sql/contract.ts';
import { contractOf, type DayOf, type FieldOf, type Source, type SummableOf } from './sources.ts';

export type Format = 'count' | 'rate' | 'money' | 'minutes' | 'number' | 'index';

/** How a metric is computed from the rows of a group. */
export type Measure<Field extends string = string, Sum extends string = Field> =
  | { sum: Sum }
  /** A sum divided by a sum, which stays true however the chart groups. */
  | { ratio: { numerator: Sum; denominator: Sum } }
  /** The group's share of the sum over all groups. */
  | { part_of: Sum }
  /** The number of rows. */
  | { records: true }
  /** The published figure itself; each group must be one row. */
  | { published: Field };

export type Metric<Field extends string = string, Sum extends string = Field> = {
  name: string;
  format: Format;
} & Measure<Field, Sum>;

/** `by`: a day is grouped into its ISO week. */
export type Dimension<Field extends string = string> = { field: Field; name: string; by?: 'week' };

/** `by` names a metric of the chart, or any field. */
export type Sort<Field extends string = string> = ({ metric: string } | { field: Field }) & {
  descending?: boolean;
};

/**
 * The dates that a chart reads: those of the page's date control, or its own; `all` if no date is
 * applied.
 */
export type Range = 'control' | 'last_week' | 'last_13_months' | 'all';

/**
 * `bars` is Looker's table with bars: the first metric as a bar with its number, the others as
 * numbers.
 */
export type Kind = 'scorecard' | 'lines' | 'columns' | 'bars' | 'table';

type ChartOf<Field extends string, Sum extends string, Day extends string> = {
  /** Unique in the report. */
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
  /** Whether a scorecard compares with the period before. */
  compare?: 'previous_period';
  /** Width in columns, of twelve. */
  width: number;
};

export type Chart = ChartOf<string, string, string> & { source: Source };

type FilterOn<S extends Source> = (
  | { column: FieldOf<S>; include: (string | boolean | null)[] }
  | { column: FieldOf<S>; exclude: (string | boolean | null)[] }
)[];

/**
 * Charts of one source: an unknown field, or a sum over a column that is not additive, does not
 * compile.
 */
export const chartsOn =
  <S extends Source>(source: S) =>
  (
    chart: Omit<ChartOf<FieldOf<S>, SummableOf<S>, DayOf<S>>, 'filter'> & { filter?: FilterOn<S> },
  ): Chart => ({
    ...chart,
    source,
    filter: chart.filter ?? [],
  });

/** A metric as a calculated field in Looker; a published figure is the maximum of its one row. */
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
  /** From the top; heights in canvas pixels. */
  rows: { height: number; charts: Chart[] }[];
};

export const chartsOf = (page: ReportPage): Chart[] => page.rows.flatMap(({ charts }) => charts);
