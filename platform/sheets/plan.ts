/**
 * The batch of a publish except its rows: tabs, headers, run columns, pages, filters, marks, stamp
 * and fence.
 */
import type { sheets_v4 } from '@googleapis/sheets';
import { INDEX_PAGE, indexPage } from '../../core/pages/index-page.ts';
import type { Page } from '../../core/pages/page.ts';
import { type WeekRow, weekReport } from '../../core/pages/week.ts';
import { WEEK_PAGE, weekPage } from '../../core/pages/week-page.ts';
import { publishedColumns } from '../cells.ts';
import { type RunStamp, rowsOf, type Table } from '../destination.ts';
import { runValues, type Value } from './cells.ts';
import { replaceFence } from './fence.ts';
import { refuseFull } from './obstacles.ts';
import { NOTICE_ROWS, PAGE_TAB_COLOUR, pageStyle, writePage } from './page-cells.ts';
import type { PageTab } from './read-back.ts';
import { type Fence, STAMP_KEY, type Stamp, type State, stampOf } from './state.ts';
import { columnStyle, DATA_TAB_COLOUR, tabStyle } from './style.ts';
import { markTab, type Prepared, prepareTabs, tabsOf, type Wanted } from './tab.ts';

type Request = sheets_v4.Schema$Request;

/** The mart whose rows the page `Week` shows. */
const WEEKLY = 'weekly_summary';
const CELL = 'userEnteredValue';

/** The two designed tabs of a run. */
export async function pageTabs(run: RunStamp, tables: Table[]): Promise<PageTab[]> {
  const weekly = tables.find(({ contract }) => contract.name === WEEKLY);
  const names = weekly?.contract.columns.map(({ name }) => name) ?? [];
  const rows = weekly ? await rowsOf(weekly) : [];
  const weeks = rows.map(
    (row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])) as WeekRow,
  );
  const indexed = tables.map(({ contract, row_count }) => ({
    name: contract.name,
    answers: contract.answers,
    rows: row_count,
  }));
  return [
    { mart: WEEK_PAGE, page: weekPage(weekReport(weeks, run)) },
    { mart: INDEX_PAGE, page: indexPage(run, indexed) },
  ];
}

const wantedPage = (mart: string, page: Page, place: number): Wanted => ({
  mart,
  place,
  columns: page.columns.length,
  rows: Math.max(2, NOTICE_ROWS + page.rows.length),
  frozen_rows: page.frozen_rows ? NOTICE_ROWS + page.frozen_rows : 0,
  hides_gridlines: true,
  colour: PAGE_TAB_COLOUR,
  columnStyle: () => [],
  tabStyle: (sheetId) => pageStyle(sheetId, page),
});

function wantedTable({ contract, row_count }: Table, place: number): Wanted {
  const columns = publishedColumns(contract);
  return {
    mart: contract.name,
    place,
    columns: columns.length,
    // At least one row below the header, so that a table without rows keeps its frozen header.
    rows: Math.max(2, 1 + row_count),
    frozen_rows: 1,
    hides_gridlines: false,
    colour: DATA_TAB_COLOUR,
    columnStyle: (sheetId, from) => columnStyle(sheetId, columns, from),
    tabStyle: (sheetId) => tabStyle(sheetId, columns.length),
  };
}

/** The tabs of a run, in order: the pages, then the tables. */
export const wantedTabs = (tables: Table[], pages: PageTab[]): Wanted[] => [
  ...pages.map(({ mart, page }, i) => wantedPage(mart, page, i)),
  ...tables.map((table, i) => wantedTable(table, pages.length + i)),
];

const typed = (value: Value): sheets_v4.Schema$CellData => {
  if (value === null) return {};
  if (typeof value === 'number') return { userEnteredValue: { numberValue: value } };
  return { userEnteredValue: { stringValue: String(value) } };
};

/**
 * A table's tab except its rows: clears last night's cells, writes the header, and the run columns
 * for every row to come.
 */
function frameOf(sheetId: number, table: Table, run: RunStamp): Request[] {
  const columns = publishedColumns(table.contract);
  const width = { sheetId, startColumnIndex: 0, endColumnIndex: columns.length };
  const header = { values: columns.map(({ name }) => typed(name)) };
  const stamps = table.row_count === 0 ? [] : runValues(run, table.contract);
  return [
    { updateCells: { range: { ...width, startRowIndex: 1 }, fields: CELL } },
    {
      updateCells: {
        range: { ...width, startRowIndex: 0, endRowIndex: 1 },
        rows: [header],
        fields: CELL,
      },
    },
    ...stamps.map((value, i) => ({
      repeatCell: {
        range: {
          sheetId,
          startRowIndex: 1,
          endRowIndex: 1 + table.row_count,
          startColumnIndex: i,
          endColumnIndex: i + 1,
        },
        cell: typed(value),
        fields: CELL,
      },
    })),
  ];
}

export function stampRequest(state: State, stamp: Stamp): Request {
  const metadataValue = JSON.stringify(stamp);
  if (state.stamp_id !== null)
    return {
      updateDeveloperMetadata: {
        dataFilters: [{ developerMetadataLookup: { metadataId: state.stamp_id } }],
        developerMetadata: { metadataValue },
        fields: 'metadataValue',
      },
    };
  const developerMetadata = { metadataKey: STAMP_KEY, metadataValue, visibility: 'DOCUMENT' };
  return {
    createDeveloperMetadata: {
      developerMetadata: { ...developerMetadata, location: { spreadsheet: true } },
    },
  };
}

export type Plan = { prepared: Prepared[]; before: Request[]; after: Request[] };

/**
 * The requests before the rows in the batch, and those after them. Throws `destination_refused` if
 * the spreadsheet would exceed Google's limit.
 */
export function planOf(
  state: State,
  run: RunStamp,
  tables: Table[],
  pages: PageTab[],
  next: Fence,
): Plan {
  const { house_id, run_id } = run;
  const wanted = wantedTabs(tables, pages);
  const prepared = prepareTabs(state, wanted);
  refuseFull(
    state,
    prepared.reduce((sum, { added_cells }) => sum + added_cells, 0),
  );
  const links = new Map(prepared.map(({ mart, sheet_id }) => [mart, sheet_id]));
  const filtered = wanted.flatMap(({ mart }) => state.tabs.get(mart)?.filter ?? []);
  return {
    prepared,
    before: [
      // With a filter, hidden rows would not be pasted over.
      ...filtered.map(({ range }) => ({ clearBasicFilter: { sheetId: range?.sheetId ?? 0 } })),
      ...prepared.flatMap(({ requests }) => requests),
      ...pages.map(({ mart, page }) => {
        // A page that became narrower must not leave old cells behind.
        const columns = Math.max(page.columns.length, state.tabs.get(mart)?.columns ?? 0);
        return writePage(links.get(mart)!, columns, page, links);
      }),
      ...tables.flatMap((table) => frameOf(links.get(table.contract.name)!, table, run)),
    ],
    after: [
      ...filtered.map((filter) => ({ setBasicFilter: { filter } })),
      ...prepared.map(({ mart, sheet_id }, i) =>
        markTab(state, { house_id, mart, sheet_id, columns: wanted[i]!.columns, run_id }),
      ),
      stampRequest(state, stampOf(run, tables, tabsOf(prepared, wanted))),
      ...replaceFence(state, next, house_id),
    ],
  };
}
