/**
 * The contract of a published table: what stands beside its view, and what exporter, docs, Looker
 * and tests read.
 */
export type ColumnType =
  | 'string'
  | 'integer'
  | 'number'
  | 'rate'
  | 'money'
  | 'date'
  | 'timestamp'
  | 'boolean';

/** Who answers for a figure, what is normal, and what to do when it gets worse. */
export type Metric = { owner: string; healthy_range: string; what_to_do_when_worse: string };

/** A figure that stands in rows of its own: those whose column `line` holds its name. */
export type Line = { name: string; description: string; formula: string; metric: Metric };

export type Column = {
  name: string;
  type: ColumnType;
  description: string;
  /** Looker semantic type where it is not what the type implies. */
  semantic?: 'COUNTRY' | 'URL' | 'DURATION';
  /**
   * A count or an amount that a chart may sum under the chart filter; with `per`, only while each
   * of those columns is a dimension of the chart or held to one value.
   */
  additive?: true | { per: string[] };
  /**
   * A ratio as sums over sums, times 100 where it counts per hundred: names of the numerator and
   * denominator columns.
   */
  ratio?: { numerator: string; denominator: string; times?: 100 };
  metric?: Metric;
};

type Rate = Omit<Column, 'name' | 'type'>;

/**
 * A rate and the bounds of its 95 % interval, as they stand in a contract (R1);
 * `{{rate_columns(…)}}` selects them in its view.
 */
export const rateColumns = <const N extends string, const C extends Rate>(name: N, column: C) =>
  [
    { name, type: 'rate', ...column },
    { name: `${name}_lo`, type: 'rate', description: 'Lower bound of the rate’s 95 % interval.' },
    { name: `${name}_hi`, type: 'rate', description: 'Upper bound of the rate’s 95 % interval.' },
  ] as const;

/**
 * How a chart makes the figure from published rows, as a calculated field says it; null where it
 * must stand as it is.
 */
export function formulaOf({ name, additive, ratio }: Column): string | null {
  if (ratio) {
    const times = ratio.times ? ` * ${ratio.times}` : '';
    return `SUM(${ratio.numerator})${times} / SUM(${ratio.denominator})`;
  }
  if (!additive) return null;
  return additive === true ? `SUM(${name})` : `SUM(${name}) per ${additive.per.join(' and ')}`;
}

/**
 * One condition of a chart's filter: only rows that hold one of the values, or none that does. Null
 * is the empty cell.
 */
export type Condition =
  | { column: string; include: (string | boolean | null)[] }
  | { column: string; exclude: (string | boolean | null)[] };

const conditionText = (condition: Condition): string => {
  const { column } = condition;
  const isInclude = 'include' in condition;
  const texts = (isInclude ? condition.include : condition.exclude).map((value) => {
    if (value === null) return `${column} is ${isInclude ? '' : 'not '}null`;
    const literal = typeof value === 'string' ? `'${value}'` : value;
    return `${column} ${isInclude ? '=' : '<>'} ${literal}`;
  });
  return texts.length === 1 ? texts[0]! : `(${texts.join(isInclude ? ' or ' : ' and ')})`;
};

/** A filter as people and SQL write it: `dimension = 'all' and period <> 'all'`. */
export const filterText = (filter: Condition[]): string => filter.map(conditionText).join(' and ');

export type Contract = {
  /** The view, tab, table and file name. */
  name: string;
  kind: 'mart' | 'fact' | 'dimension';
  /** What the table answers, in one sentence. */
  answers: string;
  /** Columns that name a row. */
  grain: string[];
  /** Columns by which its rows are published, before those of the grain. */
  order?: string[];
  /**
   * In published order; append-only (R11). Run columns are not listed: `runColumns` stand first
   * everywhere.
   */
  columns: Column[];
  /**
   * The filter that makes a chart over this table true, where its rows are not additive. A chart
   * may hold these columns to other values, but must hold each of them.
   */
  chartFilter?: Condition[];
  /** What holds for the figures of the table that have no words of their own: its counts. */
  metric?: Metric;
  /** The figures of a table whose rows are figures. */
  lines?: Line[];
  /** What goes to Sheets: everything, nothing, or a condition over the columns. */
  sheets: 'all' | 'none' | { where: string };
  /**
   * A row depends on the facts of its contact only, so that the night may render the table by
   * ranges of contacts.
   */
  byContact?: true;
  /** Each night renders it once more for the night before, and records what has changed (R13). */
  isRestated?: true;
  /** The column that orders rows in time, for data_through. */
  through?: string;
};

/**
 * The order in which rows are published, as SQL: total, since the grain names a row; blanks come
 * last.
 */
export function rowOrder({ order = [], grain, columns }: Contract): string {
  const names = new Set(
    [...order, ...grain].filter((name) => columns.some((c) => c.name === name)),
  );
  return [...names].map((name) => `${name} nulls last`).join(', ');
}

/** Stand first in every published table (R11). */
export const runColumns: Column[] = [
  {
    name: 'as_of',
    type: 'timestamp',
    description: 'The instant for which every number of this run is true.',
  },
  { name: 'run_id', type: 'string', description: 'The night that published this row.' },
  {
    name: 'schema_version',
    type: 'integer',
    description: 'Version of this table’s columns; it grows when one is appended.',
  },
];

/** Appending a column to a contract makes its next version: the number of its columns. */
export const schemaVersion = (contract: Contract): number => contract.columns.length;
