/** The tabs `Week` and `Index`, how data tabs look, and what a stale spreadsheet says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../platform/destination.ts';
import type { Cell } from '../../sql/cell.ts';
import { weeklySummary } from '../../sql/views/marts/week/weekly_summary.ts';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { SharedSpreadsheet, typing } from './shared-spreadsheet.ts';
import { everyType, rowsOfEveryType, run, table } from './tables.ts';

const MONDAY = Date.UTC(2026, 5, 8, 2);
const line = (cells: Record<string, Cell>): Cell[] =>
  weeklySummary.contract.columns.map(({ name }) => cells[name] ?? null);
const tables = (sent = 1200): Table[] => [
  table(
    weeklySummary.contract,
    [
      line({
        week: '2026-W23',
        week_start: '2026-06-01',
        state: 'complete',
        position: 1,
        line: 'Emails Sent',
        unit: 'count',
        value: sent,
        numerator: sent,
        sentence: 'More mail than ever.',
      }),
      line({
        week: '2026-W23',
        week_start: '2026-06-01',
        state: 'complete',
        position: 2,
        line: 'Email Open Rate',
        unit: 'rate',
        value: 0.34,
        numerator: 408,
        denominator: 1200,
        flag: 'healthy',
      }),
    ],
    String(sent),
  ),
  table(everyType, rowsOfEveryType, String(sent)),
];
const reason = 'leads in speed_to_lead are not all leads';

describe.skipIf(!sandboxIsHere)(`designed tabs${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`, () => {
  let google: GoogleSandbox;
  let sheet: SharedSpreadsheet;
  const texts = async (title: string) => {
    const { cells } = await sheet.tab(title);
    return Object.values(cells).map(({ value }) => value);
  };

  beforeAll(async () => {
    google = await startGoogleSandbox();
    sheet = await SharedSpreadsheet.make(google);
    await sheet.publish(run(MONDAY), tables());
  });
  afterAll(() => google?.close());

  it('stand first, without gridlines or formulas, and read as people do', async () => {
    const tabs = (await sheet.tabs()).filter(({ properties }) => !properties.hidden);
    expect(tabs.map(({ properties }) => properties.title)).toEqual([
      'Week',
      'Index',
      'weekly_summary',
      'every_type',
      'Mine',
    ]);
    expect(tabs.flatMap(({ formulas }) => formulas)).toEqual([]);
    const [week] = tabs;
    expect(week!.properties.gridProperties.hideGridlines).toBe(true);
    expect(await texts('Week')).toEqual(
      expect.arrayContaining(['Emails Sent', '1,200', 'More mail than ever.', 'Healthy']),
    );
    expect(Object.values(week!.cells).every(({ type }) => type === 'string')).toBe(true);
    expect(week!.cells.A1).toBeUndefined();
    expect(week!.cells.A2!.userEnteredFormat!.textFormat!.bold).toBe(true);
  });

  it('lead from the index to every tab', async () => {
    const { cells } = await sheet.tab('Index');
    const links = Object.values(cells).flatMap(({ value, userEnteredFormat }) => {
      const uri = userEnteredFormat?.textFormat?.link?.uri;
      return uri ? [[value, uri]] : [];
    });
    const wanted = await Promise.all(
      ['Week', 'weekly_summary', 'every_type'].map(async (title) => [
        title,
        `#gid=${await sheet.sheetId(title)}`,
      ]),
    );
    expect(links).toEqual(wanted);
    expect(await texts('Index')).toContain('Does every type survive?');
  });

  it('keep data tabs readable: frozen header, hidden run columns, formats, banding', async () => {
    const tab = await sheet.tab('every_type');
    expect(tab.properties.gridProperties.frozenRowCount).toBe(1);
    expect(tab.cells.D1!.userEnteredFormat!.textFormat!.bold).toBe(true);
    expect(tab.cells.J2!.userEnteredFormat!.numberFormat).toEqual({
      type: 'DATE',
      pattern: 'yyyy-mm-dd',
    });
    expect(tab.cells.F2!.userEnteredFormat!.numberFormat).toEqual({
      type: 'PERCENT',
      pattern: '0.0%',
    });
    expect(tab.recorded.filter(({ request }) => request.properties.hiddenByUser)).toMatchObject([
      { request: { range: { startIndex: 0, endIndex: 3 } } },
    ]);
    expect(tab.recorded.some(({ request }) => request.properties.pixelSize)).toBe(true);
    expect(tab.bandedRanges).toMatchObject([{ range: { startRowIndex: 1, endColumnIndex: 12 } }]);
    expect(tab.protectedRanges).toMatchObject([
      { warningOnly: true, range: { endColumnIndex: 12 } },
    ]);
    expect(tab.protectedRanges[0]!.range).not.toHaveProperty('endRowIndex');
  });

  it('set looks once: a format of a person’s stays, and new rows take it over', async () => {
    const sheetId = await sheet.sheetId('every_type');
    const euros = { type: 'CURRENCY', pattern: '€#,##0' };
    await sheet.person({
      repeatCell: {
        range: { sheetId, startRowIndex: 1, startColumnIndex: 7, endColumnIndex: 8 },
        cell: { userEnteredFormat: { numberFormat: euros } },
        fields: 'userEnteredFormat.numberFormat',
      },
    });
    const more = [...rowsOfEveryType, ...rowsOfEveryType];
    await sheet.publish(run(MONDAY + 1), [tables()[0]!, table(everyType, more, 'more')]);
    const { cells, recorded } = await sheet.tab('every_type');
    expect(cells.H2!.userEnteredFormat!.numberFormat).toEqual(euros);
    expect(cells.H9!.userEnteredFormat!.numberFormat).toEqual(euros);
    expect(recorded.filter(({ request }) => request.properties.hiddenByUser)).toHaveLength(1);
  });

  it('say since when they are stale, and why, until the next good night', async () => {
    const data = JSON.stringify((await sheet.tab('every_type')).cells);
    const [before] = [await sheet.now()];
    const stale = { house_id: 'acme', since: MONDAY + 1, reason };
    await sheet.place().markStale!(stale);
    const notice = `Stale since 8 Jun 2026, 02:00 UTC: ${reason}`;
    expect((await sheet.tab('Week')).cells.A1?.value).toBe(notice);
    expect((await sheet.tab('Index')).cells.A1?.value).toBe(notice);
    expect((await sheet.tab('Week')).cells.A2?.value).toContain('The week of');
    expect(JSON.stringify((await sheet.tab('every_type')).cells)).toBe(data);
    expect(await sheet.writes(before)).toHaveLength(1);
    await sheet.place().markStale!(stale);
    expect(await sheet.writes(before)).toHaveLength(1);
    await sheet.publish(run(MONDAY + 2), tables(1300));
    expect((await sheet.tab('Week')).cells.A1?.value ?? null).toBeNull();
    expect(await texts('Week')).toContain('1,300');
  });

  it('mark nothing where nothing was published', async () => {
    const empty = await SharedSpreadsheet.make(google);
    const before = await empty.now();
    await empty.place().markStale!({ house_id: 'acme', since: MONDAY, reason });
    expect(await empty.writes(before)).toEqual([]);
  });

  it('keep what a person writes beside the week', async () => {
    const sheetId = await sheet.sheetId('Week');
    const { columnCount } = (await sheet.tab('Week')).properties.gridProperties;
    await sheet.person(
      { appendDimension: { sheetId, dimension: 'COLUMNS', length: 1 } },
      typing(sheetId, 4, columnCount, 'discussed on Monday'),
    );
    await sheet.publish(run(MONDAY + 3), tables(1400));
    expect(await texts('Week')).toEqual(expect.arrayContaining(['discussed on Monday', '1,400']));
  });
});
