/**
 * Published tables only grow at their ends, the changelog says how, and the page of metrics is that
 * of the contracts (R11).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Column, Contract } from '../../sql/contract.ts';
import { metricsPage } from '../../sql/metrics-page.ts';
import { grown, losses, type Published, publishedText, untold } from '../../sql/published.ts';
import { marts } from '../../sql/views/index.ts';

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const published = JSON.parse(read('sql/published.json')) as Published;
const contracts: Contract[] = marts.map(({ contract }) => contract);

describe('what is published', () => {
  it('has lost nothing that readers had', () => {
    expect(losses(published, contracts)).toEqual([]);
  });

  it('is all in sql/published.json: npm run contracts adds what is new', () => {
    expect(read('sql/published.json')).toBe(publishedText(grown(published, contracts)));
  });

  it('has a row in the changelog for every table and column that came later', () => {
    expect(untold(published, read('CHANGELOG.md'))).toEqual([]);
  });

  it('is described in docs/metrics.md: npm run contracts writes it', () => {
    expect(read('docs/metrics.md')).toBe(metricsPage(contracts));
  });
});

describe('a published table', () => {
  const named = (type: Column['type']) =>
    contracts.filter(({ columns }) => columns.some((one) => one.type === type));
  const lacking = (tables: Contract[], name: string) =>
    tables
      .filter(({ columns }) => !columns.some((one) => one.name === name))
      .map((table) => table.name);

  it('with money names its currency, which decides the decimals (F8, F9)', () => {
    expect(lacking(named('money'), 'currency')).toEqual([]);
  });

  it('with a rate says where it stands on too few (R1)', () => {
    expect(lacking(named('rate'), 'below_threshold')).toEqual([]);
  });
});

describe('a change of shape', () => {
  const column = (name: string, type: 'date' | 'integer' = 'integer') => ({
    name,
    type,
    description: name,
  });
  const made = (name: string, columns: Contract['columns']): Contract => ({
    name,
    kind: 'mart',
    answers: 'What happened?',
    grain: ['day'],
    columns,
    sheets: 'all',
  });
  const days = made('days', [
    column('day', 'date'),
    column('dials'),
    column('connected'),
    column('sales'),
  ]);
  const weeks = made('weeks', [column('week', 'date')]);
  const first: Published = {
    run_columns: published.run_columns,
    tables: Object.fromEntries(
      [days, weeks].map(({ name, columns }) => [
        name,
        { since: '0.1.0', columns: Object.fromEntries(columns.map((c) => [c.name, c.type])) },
      ]),
    ),
  };
  const changed = (change: (columns: Contract['columns']) => Contract['columns']): Contract[] => [
    made('days', change([...days.columns])),
    weeks,
  ];
  const stays = 'a published column stays; append another beside it';

  it.each<[string, (columns: Contract['columns']) => Contract['columns'], string[]]>([
    [
      'a rename',
      (all) => all.with(1, column('attempts')),
      [`days.dials was renamed or removed: ${stays}`],
    ],
    ['a removal', (all) => all.toSpliced(1, 1), [`days.dials was renamed or removed: ${stays}`]],
    [
      'a new type',
      (all) => all.with(1, { ...column('dials'), type: 'number' }),
      [
        'days.dials was of type integer and is now of type number: a published column keeps its ' +
          'type; append another beside it',
      ],
    ],
    [
      'a move',
      ([day, dials, connected, sales]) => [day!, connected!, dials!, sales!],
      [
        'days.dials was column 2 and is now column 3: append last',
        'days.connected was column 3 and is now column 2: append last',
      ],
    ],
    [
      'a column in between',
      (all) => all.toSpliced(3, 0, column('hours')),
      ['days.sales was column 4 and is now column 5: append last'],
    ],
  ])('is refused where it is %s, with what to do', (_, change, words) => {
    expect(losses(first, changed(change))).toEqual(words);
    expect(() => grown(first, changed(change))).toThrow(words[0]);
  });

  it('is refused where a table is gone', () => {
    expect(losses(first, [weeks])).toEqual(['days is no longer published: a table stays']);
  });

  it('is taken where a column is appended, and then wants its row in the changelog', () => {
    const next = grown(
      first,
      changed((columns) => [...columns, column('hours')]),
    );
    expect(Object.keys(next.tables.days!.columns)).toEqual([
      'day',
      'dials',
      'connected',
      'sales',
      'hours',
    ]);
    expect(untold(next, '| next | `weeks` | `hours`: worked |')).toEqual([
      "CHANGELOG.md has no row '| next | `days` | `hours`: …'",
    ]);
    expect(untold(next, '| next | `days` | `hours`: worked |')).toEqual([]);
  });

  it('is taken where a table is added, and then wants its row in the changelog', () => {
    const next = grown(first, [days, weeks, made('hours', [column('hour')])]);
    expect(untold(next, '')).toEqual(["CHANGELOG.md has no row '| next | `hours` | new table: …'"]);
  });
});
