/** The dictionary's rows are the contracts' own words, so a metric is described once. */

import {
  type Column,
  type Contract,
  formulaOf,
  type Line,
  type Metric,
} from '../../../contract.ts';
import { defineMart, type Mart } from '../../../mart.ts';

const literal = (text: string): string => `'${text.replaceAll("'", '’')}'`;

/**
 * A rate is its own metric; its bounds are not. Amounts and counts that charts sum are metrics too.
 */
export const isMetric = ({ additive, ratio, metric }: Column): boolean =>
  Boolean(additive || ratio || metric);

/** The words for a figure: its own, else its table's. */
export function metricOf(contract: Contract, column: Column): Metric {
  const metric = column.metric ?? contract.metric;
  if (!metric)
    throw new Error(
      `${contract.name}.${column.name} has no words: give the column or its contract a metric`,
    );
  return metric;
}

/** The texts of a metric, in the order of `names`. */
function textsOf(contract: Contract, column: Column): string[] {
  const { owner, healthy_range, what_to_do_when_worse } = metricOf(contract, column);
  return [
    `${contract.name}.${column.name}`,
    column.name,
    column.description,
    formulaOf(column) ?? column.name,
    contract.grain.join(' × '),
    owner,
    healthy_range,
    what_to_do_when_worse,
  ];
}

const textsOfLine = (
  contract: Contract,
  { name, description, formula, metric }: Line,
): string[] => [
  `${contract.name}.${name}`,
  name,
  description,
  formula,
  contract.grain.join(' × '),
  metric.owner,
  metric.healthy_range,
  metric.what_to_do_when_worse,
];

/** Texts as a select; only the first term of a union names its columns, for D1's 100 KB. */
const row = (texts: string[], place: number): string =>
  `select ${texts
    .map((text, index) => (place % 5 === 0 ? `${literal(text)} as ${names[index]}` : literal(text)))
    .join(', ')}`;

const names = [
  'metric',
  'name',
  'definition',
  'formula',
  'grain',
  'owner',
  'healthy_range',
  'what_to_do_when_worse',
];

/** Unions rows five at a time, in layers: D1 takes no more terms in one compound select. */
function union(selects: string[]): string {
  if (selects.length <= 5) return selects.join('\nunion all\n');
  const groups: string[] = [];
  for (let i = 0; i < selects.length; i += 5)
    groups.push(
      `select * from (${selects.slice(i, i + 5).join('\nunion all\n')}) as g${groups.length}`,
    );
  return union(groups);
}

/**
 * Grain: metric, that is a mart’s column, or a line of one. Facts and dimensions have no metrics.
 */
const textOf = (contracts: Contract[]): string =>
  union(
    contracts
      .filter(({ kind }) => kind === 'mart')
      .flatMap((contract) => [
        ...contract.columns.filter(isMetric).map((column) => textsOf(contract, column)),
        ...(contract.lines ?? []).map((line) => textsOfLine(contract, line)),
      ])
      .map(row),
  );

const contract = {
  name: 'metric_dictionary',
  kind: 'mart',
  answers: 'What does each figure mean, what is normal, and what is to be done when it gets worse?',
  grain: ['metric'],
  columns: [
    {
      name: 'metric',
      type: 'string',
      description: 'Table and column of the figure, or table and line.',
    },
    { name: 'name', type: 'string', description: 'The column, or the line.' },
    { name: 'definition', type: 'string', description: 'What it counts.' },
    {
      name: 'formula',
      type: 'string',
      description: 'How a chart makes it, or what a line divides by what.',
    },
    { name: 'grain', type: 'string', description: 'What one row of its table stands for.' },
    { name: 'owner', type: 'string', description: 'Who answers for it.' },
    { name: 'healthy_range', type: 'string', description: 'What is normal.' },
    { name: 'what_to_do_when_worse', type: 'string', description: 'The first thing to do.' },
  ],
  sheets: 'all',
} as const satisfies Contract;

export const metricDictionary = (contracts: Contract[]): Mart =>
  defineMart({ sql: textOf(contracts), contract, isLive: true });
