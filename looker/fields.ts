/**
 * The field sheet of a published table: each column as a field in Looker, generated from its
 * contract.
 */
import {
  type Column,
  type ColumnType,
  type Contract,
  formulaOf,
  runColumns,
} from '../sql/contract.ts';

export type Field = {
  name: string;
  /** Looker's data type. */
  type: string;
  concept: 'dimension' | 'metric';
  aggregation: 'SUM' | 'NONE';
  /**
   * For a ratio, the calculated field that stays true when a chart groups; for a sum, the columns
   * by which it must stay separate.
   */
  formula: string | null;
  description: string;
};

const TYPES: Record<ColumnType, string> = {
  string: 'TEXT',
  integer: 'NUMBER',
  number: 'NUMBER',
  rate: 'PERCENT',
  money: 'NUMBER',
  date: 'YEAR_MONTH_DAY',
  timestamp: 'YEAR_MONTH_DAY_SECOND',
  boolean: 'BOOLEAN',
};

const isNumeric = ({ type }: Column): boolean =>
  ['integer', 'number', 'rate', 'money'].includes(type);

/** One column's field. Only additive columns may be summed; a ratio is a sum divided by a sum. */
export function fieldOf(column: Column): Field {
  const { ratio } = column;
  return {
    name: column.name,
    type: column.semantic ?? TYPES[column.type],
    concept: isNumeric(column) && (column.additive || ratio) ? 'metric' : 'dimension',
    aggregation: column.additive ? 'SUM' : 'NONE',
    formula: column.additive === true ? null : formulaOf(column),
    description: column.description,
  };
}

/** All fields of a published table, run columns first. */
export const fieldsOf = (contract: Pick<Contract, 'columns'>): Field[] =>
  [...runColumns, ...contract.columns].map(fieldOf);
