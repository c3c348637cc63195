/**
 * `docs/metrics.md`, made of the contracts: what each table answers, and what each figure means.
 */
import { wrapped } from '../core/display/wrapped.ts';
import { type Column, type Contract, filterText, formulaOf } from './contract.ts';
import { isMetric, metricOf } from './views/marts/house/metric_dictionary.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (heads: string[], rows: string[][]): string[] => [
  row(heads),
  row(heads.map(() => '---')),
  ...rows.map(row),
];

const code = (text: string): string => `\`${text}\``;

/** The bounds of a rate stand beside it and need no row. */
const isBound = (column: Column, columns: Column[]): boolean =>
  /_(lo|hi)$/.test(column.name) &&
  columns.some(({ name }) => name === column.name.replace(/_(lo|hi)$/, ''));

function section(contract: Contract): string[] {
  const { name, answers, grain, order, columns, chartFilter } = contract;
  const isFigure = (column: Column): boolean => contract.kind === 'mart' && isMetric(column);
  const figures = columns.filter(isFigure);
  const others = columns.filter((column) => !isFigure(column) && !isBound(column, columns));
  const figureRows = figures.map((column) => {
    const { owner, healthy_range, what_to_do_when_worse } = metricOf(contract, column);
    const formula = formulaOf(column);
    return [
      code(column.name),
      column.description,
      formula ? code(formula) : 'as it stands',
      owner,
      healthy_range,
      what_to_do_when_worse,
    ];
  });
  const lines = (contract.lines ?? []).map(({ name: line, description, formula, metric }) => [
    line,
    description,
    formula,
    metric.owner,
    metric.healthy_range,
    metric.what_to_do_when_worse,
  ]);
  const heads = [
    'figure',
    'definition',
    'formula in a chart',
    'owner',
    'healthy',
    'when it gets worse',
  ];
  return [
    `## ${name}`,
    '',
    wrapped(answers),
    '',
    wrapped(
      [
        `One row: ${grain.map(code).join(' × ')}.`,
        ...(order ? [`Sorted by ${order.map(code).join(', ')}.`] : []),
        ...(chartFilter ? [`A chart filters by ${code(filterText(chartFilter))}.`] : []),
      ].join(' '),
    ),
    '',
    ...(lines.length > 0
      ? [...table(['line', 'definition', 'formula', ...heads.slice(3)], lines), '']
      : []),
    ...(figures.length > 0 ? [...table(heads, figureRows), ''] : []),
    ...(others.length > 0
      ? [
          ...table(
            ['column', 'type', 'what it says'],
            others.map((each) => [code(each.name), each.type, each.description]),
          ),
          '',
        ]
      : []),
  ];
}

const kinds: [Contract['kind'], string, string][] = [
  [
    'mart',
    'Marts',
    'What is summed, rated and ranked; in the spreadsheet, in BigQuery and in the files.',
  ],
  ['fact', 'Facts', 'A row per happening; in BigQuery and in the files.'],
  ['dimension', 'Dimensions', 'What facts and marts name; in BigQuery and in the files.'],
];

/** The whole page, as Markdown. */
export function metricsPage(contracts: Contract[]): string {
  const parts = kinds.flatMap(([kind, title, about]) => [
    `# ${title}`,
    '',
    about,
    '',
    ...contracts.filter((contract) => contract.kind === kind).flatMap(section),
  ]);
  return [
    '<!-- Written by npm run contracts from the contracts in sql/views/marts; edit those. -->',
    '',
    'Every table begins with `as_of`, `run_id` and `schema_version`. A rate is between 0 and 1, or',
    'empty if its denominator is 0; `…_lo` and `…_hi` beside it are its 95 % interval. Money in',
    'the files is in units of its currency. `unknown` means that nobody stated the value, `none`',
    'that the row can have none.',
    '',
    ...parts,
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
