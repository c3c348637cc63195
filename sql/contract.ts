/** The contract of a published table: what stands beside its view, and what exporter, docs, Looker and tests read. */
export type ColumnType = 'string' | 'integer' | 'number' | 'rate' | 'money' | 'date' | 'timestamp' | 'boolean';

export type Column = {
  name: string;
  type: ColumnType;
  description: string;
  /** Looker semantic type where it is not what the type implies. */
  semantic?: 'COUNTRY' | 'URL' | 'DURATION';
  /** A count or an amount that a chart may sum. */
  additive?: true;
  /** A ratio as sums over sums: names of the numerator and denominator columns. */
  ratio?: { numerator: string; denominator: string };
  /** Who answers for the figure, what is normal, and what to do when it gets worse. */
  metric?: { owner: string; healthy_range: string; what_to_do_when_worse: string };
};

export type Contract = {
  /** The view, tab, table and file name. */
  name: string;
  kind: 'mart' | 'fact' | 'dimension';
  /** What the table answers, in one sentence. */
  answers: string;
  /** Columns that name a row. */
  grain: string[];
  /** In published order; append-only (R11). Run columns are not listed: `runColumns` stand first everywhere. */
  columns: Column[];
  /** The filter that makes a chart over this table true, where its rows are not additive. */
  chartFilter?: string;
  /** What goes to Sheets: everything, nothing, or a condition over the columns. */
  sheets: 'all' | 'none' | { where: string };
  /** The column that orders rows in time, for data_through. */
  through?: string;
};

/** Stand first in every published table (R11). */
export const runColumns: Column[] = [
  { name: 'as_of', type: 'timestamp', description: 'The instant for which every number of this run is true.' },
  { name: 'run_id', type: 'string', description: 'The night that published this row.' },
  {
    name: 'schema_version',
    type: 'integer',
    description: 'Version of this table’s columns; it grows when one is appended.',
  },
];

/** Appending a column to a contract makes its next version: the number of its columns. */
export const schemaVersion = (contract: Contract): number => contract.columns.length;
