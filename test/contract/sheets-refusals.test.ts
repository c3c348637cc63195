/**
 * Spreadsheets that cannot be published into as they are: nothing is written, and the message says
 * what to do.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import type { Table } from '../../platform/destination.ts';
import { sheetsDestination } from '../../platform/sheets/destination.ts';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { columnOf, MINE, SharedSpreadsheet, typing } from './shared-spreadsheet.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from './tables.ts';

const MONDAY = Date.UTC(2026, 5, 1);
const first = run(MONDAY);
const later = run(MONDAY + DAY);
const tables = (load = '1'): Table[] => [
  table(everyType, rowsOfEveryType, load),
  table(tiny, [['one'], ['two']], load),
];

describe.skipIf(!sandboxIsHere)(
  `spreadsheets that refuse${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    beforeAll(async () => {
      google = await startGoogleSandbox();
    });
    afterAll(() => google?.close());

    /** A spreadsheet with one night in it, after which a person did something. */
    async function published(
      change: (sheetId: number, sheet: SharedSpreadsheet) => object[],
    ): Promise<SharedSpreadsheet> {
      const sheet = await SharedSpreadsheet.make(google);
      await sheet.publish(first, tables());
      await sheet.person(...change(await sheet.sheetId('every_type'), sheet));
      return sheet;
    }

    /** Refused with these words, and nothing was written. */
    async function refuses(
      sheet: SharedSpreadsheet,
      code: string,
      ...words: string[]
    ): Promise<void> {
      const before = await sheet.now();
      const fault = await sheet.publish(later, tables('2')).catch((error) => error);
      expect(fault).toMatchObject({ code });
      for (const word of words) expect(fault.message).toContain(word);
      expect((await sheet.writes(before)).filter(({ status }) => status === 200)).toEqual([]);
    }

    const column = (sheetId: number, at: number) => ({
      range: { sheetId, dimension: 'COLUMNS', startIndex: at, endIndex: at + 1 },
    });

    it('names a column that was inserted among ours', async () => {
      const sheet = await published((sheetId) => [
        { insertDimension: { ...column(sheetId, 5), inheritFromBefore: true } },
        typing(sheetId, 0, 5, 'my own'),
      ]);
      await refuses(
        sheet,
        'destination_refused',
        'tab every_type',
        'column F',
        'before share',
        'to the right of column M',
      );
    });

    it('names a column of ours that was deleted, the last one too', async () => {
      const middle = await published((sheetId) => [{ deleteDimension: column(sheetId, 5) }]);
      await refuses(
        middle,
        'destination_refused',
        'tab every_type',
        'share',
        'delete the whole tab',
      );
      const last = await published((sheetId) => [{ deleteDimension: column(sheetId, 11) }]);
      await refuses(last, 'destination_refused', 'tab every_type', 'below_threshold');
    });

    it('names a designed tab with an inserted column, and restores a deleted tab', async () => {
      const sheet = await SharedSpreadsheet.make(google);
      await sheet.publish(first, tables());
      const week = await sheet.tab('Week');
      await sheet.person({
        insertDimension: { ...column(week.properties.sheetId, 2), inheritFromBefore: true },
      });
      await refuses(
        sheet,
        'destination_refused',
        'tab Week',
        'someone inserted a column among the first 10',
      );
      await sheet.person(
        { deleteDimension: column(week.properties.sheetId, 2) },
        { deleteDimension: column(week.properties.sheetId, 3) },
      );
      await sheet.publish(later, tables('2'));
      expect((await sheet.tab('Week')).properties.gridProperties.columnCount).toBe(10);
    });

    it('does so without the protection too, which a person may remove', async () => {
      const sheet = await published((sheetId) => [
        { deleteProtectedRange: { protectedRangeId: sheetId } },
        { deleteBanding: { bandedRangeId: sheetId } },
        { insertDimension: { ...column(sheetId, 5), inheritFromBefore: true } },
      ]);
      await refuses(sheet, 'destination_refused', 'inserted column F');
      const cut = await published((sheetId) => [
        { deleteProtectedRange: { protectedRangeId: sheetId } },
        { deleteBanding: { bandedRangeId: sheetId } },
        { deleteDimension: column(sheetId, 11) },
      ]);
      await refuses(cut, 'destination_refused', 'our column below_threshold was deleted');
    });

    it('puts a renamed header right and names it', async () => {
      const sheet = await published((sheetId) => [typing(sheetId, 0, 11, 'klein?')]);
      const written = await sheet.publish(later, tables('2'));
      expect(written[0]!.notes).toEqual([
        'tab every_type: the header of below_threshold had been changed and was restored',
      ]);
      expect((await sheet.tab('every_type')).cells.L1?.value).toBe('below_threshold');
    });

    it('says who may not edit a range that was protected among ours', async () => {
      const sheet = await published((sheetId) => [
        {
          addProtectedRange: {
            protectedRange: {
              range: {
                sheetId,
                startRowIndex: 0,
                endRowIndex: 4,
                startColumnIndex: 4,
                endColumnIndex: 5,
              },
              description: 'audited',
              editors: { users: ['auditor@example.org'] },
            },
          },
        },
      ]);
      await refuses(
        sheet,
        'destination_refused',
        'tab every_type',
        'column E (audited)',
        'exporter@acme-data',
        'protection',
      );
    });

    it('leaves a protection of their own columns alone', async () => {
      const sheet = await published((sheetId) => [
        { appendDimension: { sheetId, dimension: 'COLUMNS', length: 1 } },
        {
          addProtectedRange: {
            protectedRange: {
              range: { sheetId, startColumnIndex: 12, endColumnIndex: 13 },
              editors: { users: ['me@example.org'] },
            },
          },
        },
      ]);
      expect(await sheet.publish(later, tables('2'))).toHaveLength(2);
    });

    it('counts the cells of a full spreadsheet before it writes', async () => {
      const sheet = await SharedSpreadsheet.make(google, {
        tabs: [{ ...MINE, rowCount: 999_999, columnCount: 10 }],
      });
      await refuses(
        sheet,
        'destination_refused',
        '9,999,990 cells',
        '10,000,000',
        'delete empty rows',
      );
    });

    it('gives its tab another name where a person has taken it', async () => {
      const sheet = await SharedSpreadsheet.make(google, {
        tabs: [MINE, { sheetId: 8, title: 'Tiny' }],
      });
      const written = await sheet.publish(first, tables());
      expect(written[1]!.notes).toEqual([
        'a tab of your own is called tiny, so ours is called tiny (signalhouse); rename yours ' +
          'and ours as you like',
      ]);
      expect(columnOf(await sheet.tab('tiny (signalhouse)'), 'D')).toEqual(['one', 'two']);
      expect((await sheet.tab('Tiny')).cells).toEqual({});
      expect((await sheet.publish(later, tables('2'))).flatMap(({ notes }) => notes ?? [])).toEqual(
        [],
      );
    });

    it('refuses another house’s spreadsheet, a read-only one, an unshared one, none', async () => {
      const sheet = await published(() => [typing(MINE.sheetId, 0, 0, 'x')]);
      await expect(
        sheet.publish(run(MONDAY, { house_id: 'other' }), tables()),
      ).rejects.toMatchObject({
        code: 'other_house',
        message: expect.stringContaining('share another spreadsheet'),
      });
      await refuses(
        await SharedSpreadsheet.make(google, { access: 'reader' }),
        'destination_refused',
        'Editor',
      );
      await refuses(
        await SharedSpreadsheet.make(google, { access: 'none' }),
        'destination_refused',
        'exporter@acme-data',
      );
      const gone = await SharedSpreadsheet.make(google);
      Object.assign(gone, { id: 'no-such-spreadsheet-anywhere' });
      await refuses(gone, 'destination_refused', 'SHEETS_SPREADSHEET');
    });

    it('stops when its cells are changed again while they are put right', async () => {
      const sheet = await SharedSpreadsheet.make(google);
      await sheet.publish(first, tables());
      const sheetId = await sheet.sheetId('tiny');
      await sheet.person(typing(sheetId, 1, 3, 'changed'));
      // Somebody's script answers each write of ours: it types before the run is looked at again.
      let batches = 0;
      const meddling: typeof fetch = async (input, init) => {
        const answer = await fetch(input, init);
        if (String(input).includes(':batchUpdate')) {
          batches += 1;
          await sheet.person(typing(sheetId, 2, 3, `changed ${batches}`));
        }
        return answer;
      };
      const place = sheetsDestination({ ...sheet.account, fetch: meddling }, sheet.id, {
        sleep: async () => {},
      });
      await expect(place.publish(first, tables())).rejects.toMatchObject({
        code: 'destination_refused',
        message: expect.stringContaining('tab tiny: D3'),
      });
      expect(batches).toBe(1);
    });
  },
);
