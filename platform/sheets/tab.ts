/**
 * The requests that create one of our tabs, or enlarge it. A grid only grows, and a sheetId never
 * changes.
 */
import type { sheets_v4 } from '@googleapis/sheets';
import { hash } from '../../core/hash.ts';
import { type Stamp, type State, TAB_KEY, type Tab, type TabMark } from './state.ts';
import { bandingId, protectionId, widenStyle } from './style.ts';

type Request = sheets_v4.Schema$Request;

/** What a tab needs for this run. */
export type Wanted = {
  mart: string;
  /** How many columns are ours, from the left. */
  columns: number;
  /** Rows that the grid must have. */
  rows: number;
  frozen_rows: number;
  hides_gridlines: boolean;
  colour: sheets_v4.Schema$ColorStyle;
  /** Its position among our tabs when it is created, from 0. */
  place: number;
  /** Styles of the columns from `from` on. */
  columnStyle(sheetId: number, from: number): Request[];
  /** Styles of the whole tab, for when it is created. */
  tabStyle(sheetId: number): Request[];
};

/** A tab as it will be, and the requests that make it so. */
export type Prepared = {
  mart: string;
  sheet_id: number;
  title: string;
  requests: Request[];
  added_cells: number;
};

/**
 * Derived from the tab's name, so that of two first publishes one is refused, and a recreated tab
 * keeps its id.
 */
function sheetIdFor(state: State, mart: string): number {
  const known = state.stamp?.tabs[mart]?.sheet_id;
  let id = known ?? Number.parseInt(hash(`tab ${mart}`).slice(0, 7), 16);
  while (state.order.includes(id)) id += 1;
  return id;
}

function freeTitle(state: State, mart: string): string {
  let title = mart;
  for (let n = 1; state.titles.has(title.toLowerCase()); n += 1)
    title = n === 1 ? `${mart} (signalhouse)` : `${mart} (signalhouse ${n})`;
  state.titles.add(title.toLowerCase());
  return title;
}

/** Right after the last of our tabs that come before it, else first. */
function positionFor(state: State, ours: number[], place: number): number {
  const before = ours.slice(0, place).map((sheetId) => state.order.indexOf(sheetId));
  return Math.max(-1, ...before) + 1;
}

function create(state: State, wanted: Wanted, ours: number[]): Prepared {
  const sheetId = sheetIdFor(state, wanted.mart);
  const title = freeTitle(state, wanted.mart);
  const index = positionFor(state, ours, wanted.place);
  state.order.splice(index, 0, sheetId);
  const gridProperties = {
    rowCount: wanted.rows,
    columnCount: wanted.columns,
    ...(wanted.frozen_rows ? { frozenRowCount: wanted.frozen_rows } : {}),
    ...(wanted.hides_gridlines ? { hideGridlines: true } : {}),
  };
  return {
    mart: wanted.mart,
    sheet_id: sheetId,
    title,
    requests: [
      {
        addSheet: {
          properties: { sheetId, title, index, gridProperties, tabColorStyle: wanted.colour },
        },
      },
      ...wanted.columnStyle(sheetId, 0),
      ...wanted.tabStyle(sheetId),
    ],
    added_cells: wanted.rows * wanted.columns,
  };
}

/**
 * Our new columns are inserted at our right edge, so that the reader's own move right with their
 * formulas.
 */
function widen(tab: Tab, wanted: Wanted): Request[] {
  const length = wanted.columns - tab.columns;
  if (length <= 0) return [];
  const sheetId = tab.sheet_id;
  const range = {
    sheetId,
    dimension: 'COLUMNS',
    startIndex: tab.columns,
    endIndex: wanted.columns,
  };
  return [
    tab.columns < tab.column_count
      ? { insertDimension: { range, inheritFromBefore: false } }
      : { appendDimension: { sheetId, dimension: 'COLUMNS', length } },
    ...wanted.columnStyle(sheetId, tab.columns),
    ...widenStyle(sheetId, wanted.columns, {
      banding: tab.bandings.some(({ bandedRangeId }) => bandedRangeId === bandingId(sheetId)),
      protection: tab.protections.some(
        ({ protectedRangeId }) => protectedRangeId === protectionId(sheetId),
      ),
    }),
  ];
}

/** New rows look like the last one, as the reader last chose. */
function lengthen(tab: Tab, wanted: Wanted): Request[] {
  const length = wanted.rows - tab.row_count;
  if (length <= 0) return [];
  const sheetId = tab.sheet_id;
  const columns = { sheetId, startColumnIndex: 0, endColumnIndex: tab.columns };
  const last = { ...columns, startRowIndex: tab.row_count - 1, endRowIndex: tab.row_count };
  const added = { ...columns, startRowIndex: tab.row_count, endRowIndex: wanted.rows };
  const append = { appendDimension: { sheetId, dimension: 'ROWS', length } };
  // If only the header is left, there is no row to copy the format from.
  if (tab.row_count < 2) return [append, ...wanted.columnStyle(sheetId, 0)];
  return [append, { copyPaste: { source: last, destination: added, pasteType: 'PASTE_FORMAT' } }];
}

function grow(tab: Tab, wanted: Wanted): Prepared {
  const { mart, sheet_id, title } = tab;
  const rows = Math.max(tab.row_count, wanted.rows);
  const columns = tab.column_count + Math.max(0, wanted.columns - tab.columns);
  return {
    mart,
    sheet_id,
    title,
    requests: [...lengthen(tab, wanted), ...widen(tab, wanted)],
    added_cells: rows * columns - tab.row_count * tab.column_count,
  };
}

/** Every tab of the run, in the order of `wanted`; does not change `state`. */
export function prepareTabs(state: State, wanted: Wanted[]): Prepared[] {
  const next: State = { ...state, titles: new Set(state.titles), order: [...state.order] };
  const ours: number[] = [];
  return wanted.map((each) => {
    const tab = state.tabs.get(each.mart);
    const prepared = tab ? grow(tab, each) : create(next, each, ours);
    ours.push(prepared.sheet_id);
    return prepared;
  });
}

export const tabsOf = (prepared: Prepared[], wanted: Wanted[]): Stamp['tabs'] =>
  Object.fromEntries(
    prepared.map(
      ({ mart, sheet_id }, i) => [mart, { sheet_id, columns: wanted[i]!.columns }] as const,
    ),
  );

/** Records on the tab who owns it, and which run wrote it. */
export function markTab(state: State, mark: TabMark): Request {
  const metadataValue = JSON.stringify(mark);
  const id = state.tabs.get(mark.mart)?.mark_id ?? null;
  if (id !== null)
    return {
      updateDeveloperMetadata: {
        dataFilters: [{ developerMetadataLookup: { metadataId: id } }],
        developerMetadata: { metadataValue },
        fields: 'metadataValue',
      },
    };
  const location = { sheetId: mark.sheet_id };
  const developerMetadata = {
    metadataKey: TAB_KEY,
    metadataValue,
    visibility: 'DOCUMENT',
    location,
  };
  return { createDeveloperMetadata: { developerMetadata } };
}
