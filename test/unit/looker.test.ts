/** The Looker side: every published column has a field, and the addresses are exact. */
import { expect, it } from 'vitest';
import { fieldsOf } from '../../looker/fields.ts';
import { type Place, reportId, reportLink, sourcesIn } from '../../looker/link.ts';
import { reportPages, sourcesUsed } from '../../looker/pages/index.ts';
import { chartsOf } from '../../looker/report.ts';
import { pageSteps, stepsText } from '../../looker/steps.ts';
import { marts } from '../../sql/views/marts/index.ts';

const bigQuery: Place = { kind: 'bigquery', project: 'acme-analytics', dataset: 'signalhouse' };
const sheets: Place = {
  kind: 'sheets',
  spreadsheet: '1AbC',
  tabs: { daily: 7, funnel: 903806437 },
};
const TEMPLATE = '3f2a9c1e-77aa-4b6f-9d5e-2a1b0c9d8e7f';
const create = (...parameters: string[]) =>
  `https://lookerstudio.google.com/reporting/create?${parameters.join('&')}`;

it('gives every column of every contract a Looker type, and sums only what is additive', () => {
  for (const { contract } of marts)
    for (const field of fieldsOf(contract)) {
      expect(field.type, `${contract.name}.${field.name}`).toBeTruthy();
      const column = contract.columns.find(({ name }) => name === field.name);
      expect(field.aggregation === 'SUM').toBe(Boolean(column?.additive));
    }
});

it('opens a new report on BigQuery, one source after another', () => {
  expect(reportLink(bigQuery, ['daily', 'funnel'], 'Signalhouse')).toBe(
    create(
      'c.mode=edit',
      'r.reportName=Signalhouse',
      'ds.ds0.datasourceName=daily',
      'ds.ds0.connector=bigQuery',
      'ds.ds0.type=TABLE',
      'ds.ds0.projectId=acme-analytics',
      'ds.ds0.datasetId=signalhouse',
      'ds.ds0.tableId=daily',
      'ds.ds1.datasourceName=funnel',
      'ds.ds1.connector=bigQuery',
      'ds.ds1.type=TABLE',
      'ds.ds1.projectId=acme-analytics',
      'ds.ds1.datasetId=signalhouse',
      'ds.ds1.tableId=funnel',
    ),
  );
});

it('opens a new report on a spreadsheet: tabs by sheet id, hidden run columns included', () => {
  expect(reportLink(sheets, ['daily', 'funnel'], 'Our house')).toBe(
    create(
      'c.mode=edit',
      'r.reportName=Our+house',
      'ds.ds0.datasourceName=daily',
      'ds.ds0.connector=googleSheets',
      'ds.ds0.spreadsheetId=1AbC',
      'ds.ds0.worksheetId=7',
      'ds.ds0.hasHeader=true',
      'ds.ds0.includeHiddenCells=true',
      'ds.ds1.datasourceName=funnel',
      'ds.ds1.connector=googleSheets',
      'ds.ds1.spreadsheetId=1AbC',
      'ds.ds1.worksheetId=903806437',
      'ds.ds1.hasHeader=true',
      'ds.ds1.includeHiddenCells=true',
    ),
  );
});

it('copies the template, finds its sources by table name, and keeps their fields', () => {
  expect(reportLink(bigQuery, ['danger_list'], 'Signalhouse', TEMPLATE)).toBe(
    create(
      'c.mode=edit',
      `c.reportId=${TEMPLATE}`,
      'r.reportName=Signalhouse',
      'ds.danger_list.datasourceName=danger_list',
      'ds.danger_list.connector=bigQuery',
      'ds.danger_list.type=TABLE',
      'ds.danger_list.projectId=acme-analytics',
      'ds.danger_list.datasetId=signalhouse',
      'ds.danger_list.tableId=danger_list',
      'ds.danger_list.refreshFields=false',
    ),
  );
});

it('takes a template by its id or its address, and names the fix for anything else', () => {
  expect(reportId(TEMPLATE)).toBe(TEMPLATE);
  expect(
    reportId(`https://lookerstudio.google.com/u/0/reporting/${TEMPLATE}/page/p_abc/edit`),
  ).toBe(TEMPLATE);
  expect(() => reportId('my report')).toThrow(/between \/reporting\/ and \/page/);
  expect(() => reportId('https://docs.google.com/spreadsheets/d/1AbC')).toThrow(/copy its address/);
});

it('attaches the sources of the pages, daily first, and no tab that is not there', () => {
  expect(sourcesUsed()[0]).toBe('daily');
  expect(new Set(sourcesUsed())).toEqual(
    new Set(reportPages.flatMap(chartsOf).map(({ source }) => source)),
  );
  expect(sourcesIn(sheets, sourcesUsed())).toEqual(['daily', 'funnel']);
  expect(sourcesIn(bigQuery, sourcesUsed())).toEqual(sourcesUsed());
});

it('says each chart as a step, inside the canvas and over no other', () => {
  for (const page of reportPages) {
    const steps = pageSteps(page);
    const places = steps.flatMap(({ setup }) => {
      const numbers = setup.place?.match(/\d+/g)?.map(Number);
      return numbers
        ? [{ left: numbers[0]!, top: numbers[1]!, width: numbers[2]!, height: numbers[3]! }]
        : [];
    });
    expect(places).toHaveLength(chartsOf(page).length);
    const [width, height] = steps[0]!.setup.canvas!.match(/\d+/g)!.map(Number);
    for (const place of places) {
      expect(place.left + place.width).toBeLessThanOrEqual(width!);
      expect(place.top + place.height).toBeLessThanOrEqual(height!);
      const over = places.filter(
        (other) =>
          other !== place &&
          other.left < place.left + place.width &&
          place.left < other.left + other.width &&
          other.top < place.top + place.height &&
          place.top < other.top + other.height,
      );
      expect(over).toEqual([]);
    }
  }
});

it('says how a chart is set up in Looker’s words', () => {
  const text = stepsText(reportPages[0]!);
  expect(text).toContain(`Table with bars: Pipeline
     data source: funnel
     title: Pipeline
     subtitle: How far did the leads of these weeks get, and where are they lost?
     date range dimension: week_start
     default date range: Auto (the page’s date control)
     dimension: stage as Stage
     metric: Reached = SUM(reached) (number, no decimals); \
Of the stage before = SUM(reached) / SUM(reached_previous) (percent)
     filter: ladder = 'pipeline' and dimension = 'all' and stage_no is not null
     sort: stage_no, ascending
`);
});
