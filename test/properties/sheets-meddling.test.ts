/**
 * People do whatever people do to our tabs between nights, in any order: each publish is right or
 * refused with a message that says what to do, theirs stays, and no fence is left over.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Random, seeded } from '../../cli/sample/prng.ts';
import type { Fault } from '../../core/faults.ts';
import type { Table } from '../../platform/destination.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Contract } from '../../sql/contract.ts';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from '../contract/google-sandbox.ts';
import {
  columnOf,
  SharedSpreadsheet,
  type SheetTab,
  typing,
} from '../contract/shared-spreadsheet.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from '../contract/tables.ts';

const SPREADSHEETS = process.env.FULL ? 60 : 6;
const NIGHTS = 7;

const pairs: Contract = {
  ...tiny,
  name: 'pairs',
  columns: [...tiny.columns, { name: 'count', type: 'integer', description: '' }],
};
const COUNTS = 'E';

type Deed = (tab: SheetTab, prng: Random, all: SheetTab[]) => object[];

const columns = (sheetId: number, startIndex: number, endIndex = startIndex + 1) => ({
  range: { sheetId, dimension: 'COLUMNS', startIndex, endIndex },
});
const rows = (sheetId: number, startIndex: number, endIndex = startIndex + 1) => ({
  range: { sheetId, dimension: 'ROWS', startIndex, endIndex },
});
const properties = (sheetId: number, changed: object, fields: string) => ({
  updateSheetProperties: { properties: { sheetId, ...changed }, fields },
});
const idOf = ({ properties }: SheetTab) => properties.sheetId;
const gridOf = ({ properties }: SheetTab) => properties.gridProperties;
const isFence = ({ properties }: SheetTab) => properties.title.startsWith('signalhouse fence');

const deeds: Record<string, Deed> = {
  'insert rows': (tab, prng) => [
    { insertDimension: rows(idOf(tab), prng.whole(0, gridOf(tab).rowCount - 1)) },
  ],
  'delete a row': (tab, prng) => [
    { deleteDimension: rows(idOf(tab), prng.whole(0, gridOf(tab).rowCount - 1)) },
  ],
  'delete all rows but the header': (tab) => [
    properties(idOf(tab), { gridProperties: { rowCount: 2 } }, 'gridProperties.rowCount'),
  ],
  'insert a column': (tab, prng) => [
    { insertDimension: columns(idOf(tab), prng.whole(0, gridOf(tab).columnCount - 1)) },
  ],
  'delete a column': (tab, prng) => [
    { deleteDimension: columns(idOf(tab), prng.whole(0, gridOf(tab).columnCount - 1)) },
  ],
  'write beside': (tab) => [
    { appendDimension: { sheetId: idOf(tab), dimension: 'COLUMNS', length: 1 } },
    typing(idOf(tab), 0, gridOf(tab).columnCount, 'mine'),
  ],
  rename: (tab, prng) => [properties(idOf(tab), { title: `it's ${prng.whole(1, 1e6)}` }, 'title')],
  move: (tab, prng, all) => [
    properties(idOf(tab), { index: prng.whole(0, all.length - 1) }, 'index'),
  ],
  hide: (tab) => [properties(idOf(tab), { hidden: true }, 'hidden')],
  delete: (tab) => [{ deleteSheet: { sheetId: idOf(tab) } }],
  'delete the fence': (_, __, all) =>
    all.filter(isFence).map((tab) => ({ deleteSheet: { sheetId: idOf(tab) } })),
  type: (tab, prng) => [
    typing(
      idOf(tab),
      prng.whole(0, gridOf(tab).rowCount - 1),
      prng.whole(0, gridOf(tab).columnCount - 1),
      '=1+1',
    ),
  ],
  'rename a header': (tab, prng) => [typing(idOf(tab), 0, prng.whole(0, 4), 'ours')],
  'clear everything': (tab) => [{ updateCells: { range: { sheetId: idOf(tab) }, fields: '*' } }],
  filter: (tab) => [
    {
      setBasicFilter: {
        filter: { range: { sheetId: idOf(tab) }, criteria: { 0: { hiddenValues: ['x'] } } },
      },
    },
  ],
  'remove protection and banding': (tab) => [
    ...tab.protectedRanges.map(({ protectedRangeId }) => ({
      deleteProtectedRange: { protectedRangeId },
    })),
    ...tab.bandedRanges.map(({ bandedRangeId }) => ({ deleteBanding: { bandedRangeId } })),
  ],
};

/** How many cells people wrote beside our columns. */
const theirsIn = (tabs: SheetTab[]) =>
  tabs
    .filter((tab) => !isFence(tab))
    .flatMap(({ cells }) => Object.values(cells).filter(({ value }) => value === 'mine')).length;

function night(number: number, prng: Random): { tables: Table[]; counts: Cell[] } {
  const counts = Array.from({ length: prng.whole(0, 12) }, (_, i) => i * number);
  const cells = counts.map((count, i): Cell[] => [`night ${number} row ${i}`, count]);
  const others = rowsOfEveryType.slice(0, number % 5);
  return {
    tables: [table(pairs, cells, `${number}`), table(everyType, others, `${number}`)],
    counts,
  };
}

describe.skipIf(!sandboxIsHere)(
  `people who change our tabs${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    beforeAll(async () => {
      google = await startGoogleSandbox();
    });
    afterAll(() => google?.close());

    /**
     * Deeds that Google itself refuses, such as deleting the last row that is not frozen, are not
     * done.
     */
    async function meddle(sheet: SharedSpreadsheet, prng: Random): Promise<string> {
      const all = await sheet.tabs();
      const tab = prng.pick(all.filter(({ properties: { title } }) => title !== 'Mine'));
      const deed = prng.pick(Object.keys(deeds));
      const requests = deeds[deed]!(tab, prng, all);
      const refused =
        requests.length === 0 ||
        (await sheet.person(...requests).then(
          () => false,
          () => true,
        ));
      return refused ? `not ${deed}` : `${deed} (${tab.properties.title})`;
    }

    it.each(Array.from({ length: SPREADSHEETS }, (_, i) => i + 1))(
      'are borne, seed %i',
      async (seed) => {
        const prng = seeded(seed);
        const sheet = await SharedSpreadsheet.make(google);
        let sheetId: number | undefined;
        const story: string[] = [];
        for (let number = 0; number < NIGHTS; number += 1) {
          const { tables, counts } = night(number, prng);
          const today = run(Date.UTC(2026, 5, 1 + number));
          const options = prng.chance(0.3) ? { call_bytes: 21_000 } : {};
          const theirs = theirsIn(await sheet.tabs());
          const outcome = await sheet
            .publish(today, tables, options)
            .catch((error: unknown) => error);
          if (outcome instanceof Error) {
            const { code, message } = outcome as Fault;
            expect({ code, message, story }).toMatchObject({
              code: 'destination_refused',
              message: /^tab .*export again$/,
            });
          } else {
            const tabs = await sheet.tabs();
            const ours = tabs.find(
              ({ cells }) => cells.D1?.value === 'word' && cells.E1?.value === 'count',
            )!;
            expect({ counts: columnOf(ours, COUNTS), story }).toEqual({ counts, story });
            expect(columnOf(ours, 'B')).toEqual(counts.map(() => today.run_id));
            expect(tabs.filter(isFence)).toHaveLength(1);
            // Without protection and banding, our last column deleted looks like its header renamed
            // to theirs.
            if (!story.some((deed) => deed.startsWith('remove protection')))
              expect({ theirs: theirsIn(tabs), story }).toEqual({ theirs, story });
            sheetId ??= idOf(ours);
            expect(idOf(ours)).toBe(sheetId);
          }
          story.push(await meddle(sheet, prng), await meddle(sheet, prng));
        }
      },
    );
  },
);
