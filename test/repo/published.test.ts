/** Published tables only grow at their ends, the changelog says how, and the page of metrics is that of the contracts (R11). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Contract } from '../../sql/contract.ts';
import { metricsPage } from '../../sql/metrics-page.ts';
import { grown, losses, type Published, publishedText, untold } from '../../sql/published.ts';
import { marts } from '../../sql/views/index.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
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

describe('a change of shape', () => {
  const [daily, ...others] = contracts as [Contract, ...Contract[]];
  const changed = (change: (columns: Contract['columns']) => Contract['columns']): Contract[] => [
    { ...daily, columns: change([...daily.columns]) },
    ...others,
  ];
  const days = Object.keys(published.tables.daily!.columns).length;

  it.each([
    [
      'a rename',
      (columns: Contract['columns']) => columns.map((c) => (c.name === 'dials' ? { ...c, name: 'attempts' } : c)),
    ],
    ['a removal', (columns: Contract['columns']) => columns.filter(({ name }) => name !== 'dials')],
    [
      'a new type',
      (columns: Contract['columns']) =>
        columns.map((c) => (c.name === 'dials' ? { ...c, type: 'number' as const } : c)),
    ],
    ['a move', (columns: Contract['columns']) => columns.toSorted((a, b) => a.name.localeCompare(b.name))],
    [
      'a column in between',
      (columns: Contract['columns']) => columns.toSpliced(3, 0, { ...columns[0]!, name: 'hour' }),
    ],
  ])('is refused where it is %s', (_, change) => {
    expect(losses(published, changed(change)).join()).toContain('daily.');
    expect(() => grown(published, changed(change))).toThrow('daily.');
  });

  it('is refused where a table is gone', () => {
    expect(losses(published, others)).toEqual(['daily is no longer published: a table stays']);
  });

  it('is taken where a column is appended, and then wants its row in the changelog', () => {
    const wider = changed((columns) => [...columns, { name: 'hours', type: 'number', description: 'Hours.' }]);
    const next = grown(published, wider);
    expect(Object.keys(next.tables.daily!.columns)).toHaveLength(days + 1);
    const table = read('CHANGELOG.md');
    expect(untold(next, table)).toEqual(["CHANGELOG.md has no row '| next | `daily` | `hours`: …'"]);
    expect(untold(next, `${table}\n| next | \`daily\` | \`hours\`: worked |`)).toEqual([]);
  });

  it('is taken where a table is added, and then wants its row in the changelog', () => {
    const next = grown(published, [...contracts, { ...daily, name: 'hourly' }]);
    expect(untold(next, read('CHANGELOG.md'))).toEqual(["CHANGELOG.md has no row '| next | `hourly` | new table: …'"]);
  });
});
