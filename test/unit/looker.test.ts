/** The Looker side: every published column has a field, and the address opens `daily` first. */
import { expect, it } from 'vitest';
import { fieldsOf } from '../../looker/fields.ts';
import { reportLink } from '../../looker/link.ts';
import { marts } from '../../sql/views/marts/index.ts';

it('gives every column of every contract a Looker type, and sums only what is additive', () => {
  for (const { contract } of marts)
    for (const field of fieldsOf(contract)) {
      expect(field.type, `${contract.name}.${field.name}`).toBeTruthy();
      const column = contract.columns.find(({ name }) => name === field.name);
      expect(field.aggregation === 'SUM').toBe(Boolean(column?.additive));
    }
});

it('opens a report on BigQuery with daily as the first source', () => {
  const { searchParams } = new URL(
    reportLink({ kind: 'bigquery', project: 'p', dataset: 'd' }, ['funnel', 'daily'], 'Signalhouse'),
  );
  expect(searchParams.get('ds.ds0.tableId')).toBe('daily');
  expect(searchParams.get('ds.ds1.tableId')).toBe('funnel');
  expect(searchParams.get('ds.ds0.refreshFields')).toBe('false');
});

it('names the tab of a spreadsheet by its sheet id', () => {
  const place = { kind: 'sheets' as const, spreadsheet: 'abc', tabs: { daily: 7 } };
  expect(new URL(reportLink(place, ['daily'], 'x')).searchParams.get('ds.ds0.worksheetId')).toBe('7');
});
