/**
 * A spreadsheet that people work in, published night after night: what is theirs stays, what is
 * ours is right.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import type { Table } from '../../platform/destination.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Contract } from '../../sql/contract.ts';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { columnOf, MINE, SharedSpreadsheet, typing } from './shared-spreadsheet.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from './tables.ts';

const MONDAY = Date.UTC(2026, 5, 1);
const sales: Contract = {
  ...everyType,
  name: 'sales',
  grain: ['day'],
  columns: [
    { name: 'day', type: 'date', description: 'Day.' },
    { name: 'orders', type: 'integer', description: 'Orders.', additive: true },
    { name: 'revenue', type: 'money', description: 'Revenue.', additive: true },
  ],
};
const salesRows = (count: number, night: number): Cell[][] =>
  Array.from({ length: count }, (_, i) => [
    `2026-05-${String(1 + (i % 28)).padStart(2, '0')}`,
    i + night,
    100 * i + night,
  ]);
const night = (number: number, count: number): Table[] => [
  table(sales, salesRows(count, number), `n${number}`),
  table(everyType, rowsOfEveryType.slice(0, 1 + (number % 4)), `n${number}`),
  table(tiny, [['one'], [`night ${number}`]], `n${number}`),
];
const on = (number: number) => run(MONDAY + number * DAY);
const sum = (values: unknown[]) =>
  values.reduce<number>((total, value) => total + Number(value), 0);

describe.skipIf(!sandboxIsHere)(
  `people in the spreadsheet${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    beforeAll(async () => {
      google = await startGoogleSandbox();
    });
    afterAll(() => google?.close());

    it('keeps their tab, column, formulas, chart and filter view over five nights', async () => {
      const sheet = await SharedSpreadsheet.make(google);
      await sheet.publish(on(0), night(0, 20));
      const ids = new Map(
        (await sheet.tabs()).map(({ properties }) => [properties.title, properties.sheetId]),
      );
      const salesId = ids.get('sales')!;
      const grid = { sheetId: salesId, startColumnIndex: 4, endColumnIndex: 6 };
      await sheet.person(
        typing(MINE.sheetId, 0, 0, '=SUM(sales!E2:E)'),
        typing(MINE.sheetId, 1, 0, '=SUMIF(every_type!D:D,"x",every_type!E:E)'),
        { appendDimension: { sheetId: salesId, dimension: 'COLUMNS', length: 2 } },
        typing(salesId, 0, 6, 'per order'),
        typing(salesId, 1, 6, '=F2/E2'),
        typing(salesId, 30 - 15, 7, 'a remark beside row 16'),
        {
          addFilterView: {
            filter: {
              filterViewId: 91,
              title: 'mine',
              range: {
                sheetId: salesId,
                startRowIndex: 0,
                endRowIndex: 5,
                startColumnIndex: 0,
                endColumnIndex: 6,
              },
            },
          },
        },
        {
          addChart: {
            chart: {
              chartId: 92,
              spec: {
                title: 'orders',
                basicChart: {
                  chartType: 'LINE',
                  series: [
                    {
                      series: {
                        sourceRange: { sources: [{ ...grid, startRowIndex: 0, endRowIndex: 10 }] },
                      },
                    },
                  ],
                },
              },
              position: {
                overlayPosition: {
                  anchorCell: { sheetId: MINE.sheetId, rowIndex: 3, columnIndex: 3 },
                },
              },
            },
          },
        },
        {
          updateSheetProperties: {
            properties: { sheetId: ids.get('tiny'), title: 'Our words' },
            fields: 'title',
          },
        },
      );
      const counts = [35, 8, 50, 0, 21];
      for (const [i, count] of counts.entries()) {
        if (i === 2) await sheet.person({ deleteSheet: { sheetId: ids.get('every_type') } });
        const written = await sheet.publish(on(i + 1), night(i + 1, count));
        expect(written.map(({ rows }) => rows)).toEqual([count, 1 + ((i + 1) % 4), 2]);
        const notes = written.flatMap((each) => each.notes ?? []);
        if (i === 2)
          expect(notes).toEqual([
            'tab every_type had been deleted and was recreated; formulas that named it must be ' +
              'pointed at it again',
          ]);
        else expect(notes).toEqual([]);
        const tab = await sheet.tab('sales');
        const rows = salesRows(count, i + 1);
        expect(sum(columnOf(tab, 'E'))).toBe(sum(rows.map((row) => row[1])));
        expect(sum(columnOf(tab, 'F'))).toBeCloseTo(sum(rows.map((row) => row[2])) / 100, 6);
        expect(columnOf(tab, 'B')).toEqual(rows.map(() => on(i + 1).run_id));
      }
      const after = new Map(
        (await sheet.tabs()).map(({ properties }) => [properties.title, properties.sheetId]),
      );
      for (const title of ['Week', 'Index', 'sales', 'every_type', 'Mine'])
        expect(after.get(title)).toBe(ids.get(title));
      expect(after.get('Our words')).toBe(ids.get('tiny'));
      expect(after.has('tiny')).toBe(false);
      const tab = await sheet.tab('sales');
      expect(tab.formulas).toEqual([{ cell: 'G2', formula: '=F2/E2' }]);
      expect([tab.cells.G1?.value, tab.cells.H16?.value]).toEqual([
        'per order',
        'a remark beside row 16',
      ]);
      expect(tab.filterViews).toHaveLength(1);
      const mine = await sheet.tab('Mine');
      expect(mine.formulas.map(({ formula }) => formula)).toEqual([
        '=SUM(sales!E2:E)',
        '=SUMIF(every_type!D:D,"x",every_type!E:E)',
      ]);
      expect(mine.charts).toHaveLength(1);
      expect(tab.protectedRanges.filter(({ warningOnly }) => warningOnly)).toHaveLength(1);
      expect(tab.bandedRanges).toHaveLength(1);
    });

    it('inserts our new column, so that theirs moves right with its formula', async () => {
      const sheet = await SharedSpreadsheet.make(google);
      await sheet.publish(on(0), night(0, 3));
      const sheetId = await sheet.sheetId('sales');
      await sheet.person(
        { appendDimension: { sheetId, dimension: 'COLUMNS', length: 1 } },
        typing(sheetId, 1, 6, '=E2'),
      );
      const grown: Contract = {
        ...sales,
        columns: [...sales.columns, { name: 'note', type: 'string', description: '' }],
      };
      const rows = salesRows(3, 1).map((row) => [...row, 'new']);
      await sheet.publish(on(1), [table(grown, rows, 'n1'), ...night(1, 3).slice(1)]);
      const tab = await sheet.tab('sales');
      expect(tab.cells.G1?.value).toBe('note');
      expect(tab.formulas).toEqual([{ cell: 'H2', formula: '=E2' }]);
      expect(tab.protectedRanges[0]!.range.endColumnIndex).toBe(7);
      expect(tab.bandedRanges[0]!.range.endColumnIndex).toBe(7);
      await expect(sheet.publish(on(2), night(2, 3))).rejects.toMatchObject({
        code: 'destination_refused',
        message: expect.stringContaining('update this one'),
      });
    });

    it('does not take a copied tab for ours, and sets a filter on ours again', async () => {
      const sheet = await SharedSpreadsheet.make(google);
      await sheet.publish(on(0), night(0, 5));
      const sheetId = await sheet.sheetId('sales');
      const mark = JSON.stringify({
        house_id: 'acme',
        mart: 'sales',
        sheet_id: sheetId,
        columns: 6,
        run_id: on(0).run_id,
      });
      const filter = {
        range: {
          sheetId,
          startRowIndex: 0,
          endRowIndex: 6,
          startColumnIndex: 3,
          endColumnIndex: 6,
        },
        criteria: {
          4: { condition: { type: 'NUMBER_GREATER', values: [{ userEnteredValue: '2' }] } },
        },
      };
      await sheet.person(
        { addSheet: { properties: { sheetId: 55, title: 'Copy of sales' } } },
        {
          createDeveloperMetadata: {
            developerMetadata: {
              metadataKey: 'signalhouse_tab',
              metadataValue: mark,
              visibility: 'DOCUMENT',
              location: { sheetId: 55 },
            },
          },
        },
        typing(55, 0, 0, 'kept from Monday'),
        { setBasicFilter: { filter } },
      );
      await sheet.publish(on(1), night(1, 9));
      expect((await sheet.tab('Copy of sales')).cells).toMatchObject({
        A1: { value: 'kept from Monday' },
      });
      const tab = await sheet.tab('sales');
      expect(tab.basicFilter).toEqual(filter);
      expect(columnOf(tab, 'E')).toHaveLength(9);
    });

    it('puts right what a person typed into our cells, once, and names it', async () => {
      const sheet = await SharedSpreadsheet.make(google);
      await sheet.publish(on(0), night(0, 5));
      const sheetId = await sheet.sheetId('sales');
      await sheet.person(
        typing(sheetId, 3, 4, 999),
        typing(sheetId, 0, 5, 'Umsatz'),
        typing(await sheet.sheetId('Week'), 1, 0, 'my own title'),
      );
      const written = await sheet.publish(on(0), night(0, 5));
      const notes = written.flatMap((each) => each.notes ?? []);
      expect(notes).toEqual([
        'tab sales: F1, E4 had been changed by hand and was restored',
        'tab Week: A2 had been changed by hand and was restored',
        'tab sales: the header of revenue had been changed and was restored',
      ]);
      expect((await sheet.tab('sales')).cells).toMatchObject({
        E4: { value: 2 },
        F1: { value: 'revenue' },
      });
      const before = await sheet.now();
      expect((await sheet.publish(on(0), night(0, 5))).flatMap((each) => each.notes ?? [])).toEqual(
        [],
      );
      expect(await sheet.writes(before)).toEqual([]);
    });

    it('says that a tab of ours is not written any more', async () => {
      const sheet = await SharedSpreadsheet.make(google);
      await sheet.publish(on(0), night(0, 5));
      const written = await sheet.publish(on(1), night(1, 5).slice(1));
      expect(written[0]!.notes).toEqual([
        'tab sales is no longer written; delete it, or keep it as it is',
      ]);
      expect(columnOf(await sheet.tab('sales'), 'B')[0]).toBe(on(0).run_id);
    });

    it('makes a fence again that somebody deleted', async () => {
      const sheet = await SharedSpreadsheet.make(google);
      await sheet.publish(on(0), night(0, 5));
      const fence = (await sheet.tabs()).find(({ properties }) => properties.hidden)!;
      await sheet.person({ deleteSheet: { sheetId: fence.properties.sheetId } });
      await sheet.publish(on(1), night(1, 6));
      expect((await sheet.tabs()).filter(({ properties }) => properties.hidden)).toHaveLength(1);
      expect(columnOf(await sheet.tab('sales'), 'E')).toHaveLength(6);
    });
  },
);
