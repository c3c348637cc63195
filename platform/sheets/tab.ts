/** The requests that make a tab of ours, or make it large enough; formats are set once, when cells come into being. */
import type { sheets_v4 } from '@googleapis/sheets';
import { hash } from '../../core/hash.ts';
import { type Column, runColumns } from '../../sql/contract.ts';
import { formatOf } from './cells.ts';
import { type State, TAB_KEY, type Tab } from './state.ts';

type Request = sheets_v4.Schema$Request;
export type Wanted = { mart: string; house_id: string; columns: Column[]; rows: number; first?: boolean };

/** An id made of the tab's name, so that a retry after a lost answer finds the same tab. */
function freeSheetId(state: State, mart: string): number {
  let id = Number.parseInt(hash(`tab ${mart}`).slice(0, 7), 16);
  while (state.sheet_ids.has(id)) id += 1;
  state.sheet_ids.add(id);
  return id;
}

function freeTitle(state: State, mart: string): string {
  let title = mart;
  for (let n = 1; state.titles.has(title.toLowerCase()); n += 1)
    title = n === 1 ? `${mart} (signalhouse)` : `${mart} (signalhouse ${n})`;
  state.titles.add(title.toLowerCase());
  return title;
}

/** Formats of the columns from `fromColumn` on, in the rows from `fromRow` on. */
const formats = (sheetId: number, columns: Column[], fromRow: number, fromColumn: number): Request[] =>
  columns.flatMap((column, i) => {
    const numberFormat = formatOf(column);
    if (i < fromColumn || !numberFormat) return [];
    return {
      repeatCell: {
        range: { sheetId, startRowIndex: fromRow, startColumnIndex: i, endColumnIndex: i + 1 },
        cell: { userEnteredFormat: { numberFormat } },
        fields: 'userEnteredFormat.numberFormat',
      },
    };
  });

const markOf = (wanted: Wanted): string =>
  JSON.stringify({ house_id: wanted.house_id, mart: wanted.mart, columns: wanted.columns.length });

function create(state: State, wanted: Wanted): { tab: Tab; requests: Request[] } {
  const sheetId = freeSheetId(state, wanted.mart);
  const title = freeTitle(state, wanted.mart);
  const width = wanted.columns.length;
  const grid = { rowCount: wanted.rows, columnCount: width, ...(wanted.first ? {} : { frozenRowCount: 1 }) };
  const tab = { mart: wanted.mart, sheet_id: sheetId, title, row_count: wanted.rows, column_count: width };
  const requests: Request[] = [
    {
      addSheet: { properties: { sheetId, title, gridProperties: grid, ...(wanted.first ? { index: 0 } : {}) } },
    },
    {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataKey: TAB_KEY,
          metadataValue: markOf(wanted),
          visibility: 'DOCUMENT',
          location: { sheetId },
        },
      },
    },
  ];
  if (!wanted.first) {
    requests.push(...formats(sheetId, wanted.columns, 1, 0), {
      updateDimensionProperties: {
        range: { sheetId, dimension: 'COLUMNS', startIndex: 0, endIndex: runColumns.length },
        properties: { hiddenByUser: true },
        fields: 'hiddenByUser',
      },
    });
  }
  return { tab: { ...tab, columns: width, mark_id: 0 }, requests };
}

/** New columns of ours go in at our right edge, so that the reader's own columns move and are not written over. */
function widen(tab: Tab, wanted: Wanted): Request[] {
  const added = wanted.columns.length - tab.columns;
  if (added <= 0) return [];
  const sheetId = tab.sheet_id;
  const range = { sheetId, dimension: 'COLUMNS', startIndex: tab.columns, endIndex: wanted.columns.length };
  return [
    tab.columns < tab.column_count
      ? { insertDimension: { range, inheritFromBefore: false } }
      : { appendDimension: { sheetId, dimension: 'COLUMNS', length: added } },
    ...formats(sheetId, wanted.columns, 1, tab.columns),
    {
      updateDeveloperMetadata: {
        dataFilters: [{ developerMetadataLookup: { metadataId: tab.mark_id } }],
        developerMetadata: { metadataValue: markOf(wanted) },
        fields: 'metadataValue',
      },
    },
  ];
}

function lengthen(tab: Tab, wanted: Wanted): Request[] {
  const added = wanted.rows - tab.row_count;
  if (added <= 0) return [];
  return [
    { appendDimension: { sheetId: tab.sheet_id, dimension: 'ROWS', length: added } },
    ...formats(tab.sheet_id, wanted.columns, tab.row_count, 0),
  ];
}

/** The tab for a mart, at least as large as `wanted`, and the requests that make it so. A grid only grows. */
export function prepareTab(state: State, wanted: Wanted): { tab: Tab; requests: Request[] } {
  const tab = state.tabs.get(wanted.mart);
  if (!tab) return create(state, wanted);
  return {
    tab: { ...tab, row_count: Math.max(tab.row_count, wanted.rows), columns: wanted.columns.length },
    requests: [...widen(tab, wanted), ...lengthen(tab, wanted)],
  };
}
