/**
 * What the house has in a spreadsheet: run stamp, tabs and fence, recognised by developer metadata,
 * never by title.
 */
import type { sheets_v4 } from '@googleapis/sheets';
import { Fault } from '../../core/faults.ts';
import type { RunStamp, Stale, Table } from '../destination.ts';

/** Key of the spreadsheet-level metadata that holds the `Stamp` as JSON. */
export const STAMP_KEY = 'signalhouse_run';
/** Key of the tab-level metadata that holds a `TabMark` as JSON. */
export const TAB_KEY = 'signalhouse_tab';
/** Key of the tab-level metadata that holds a `FenceMark` as JSON. */
export const FENCE_KEY = 'signalhouse_fence';

export type Stamp = {
  house_id: string;
  run_id: string;
  as_of: number;
  /** By mart. */
  loads: Record<string, { load_id: string; rows: number; checksum: string }>;
  /** By mart; kept when someone deletes a tab. */
  tabs: Record<string, { sheet_id: number; columns: number }>;
  stale?: Omit<Stale, 'house_id'>;
};

/**
 * `columns` is our width: everything to the right is the reader's. A copied tab has the `sheet_id`
 * of its original.
 */
export type TabMark = {
  house_id: string;
  mart: string;
  sheet_id: number;
  columns: number;
  run_id: string;
};
/** `token` is unique to a publish: two first publishes choose the same `sheet_id`. */
export type FenceMark = { house_id: string; sheet_id: number; token: string };
export type Fence = Omit<FenceMark, 'house_id'>;

export type Tab = {
  mart: string;
  sheet_id: number;
  title: string;
  row_count: number;
  column_count: number;
  /** How many columns are ours, from the left. */
  columns: number;
  /** Null if someone removed the mark. */
  mark_id: number | null;
  filter: sheets_v4.Schema$BasicFilter | null;
  protections: sheets_v4.Schema$ProtectedRange[];
  bandings: sheets_v4.Schema$BandedRange[];
};

export type State = {
  stamp: Stamp | null;
  stamp_id: number | null;
  tabs: Map<string, Tab>;
  /** Fence tabs: one, none before the first publish, more after an interrupted one. */
  fences: Fence[];
  /** Lower case. */
  titles: Set<string>;
  /** SheetIds in the order of the tabs. */
  order: number[];
  /** Cells of all grids. */
  cells: number;
};

const MARKS = 'developerMetadata(metadataId,metadataKey,metadataValue)';
const SHEET_FIELDS = [
  'properties(sheetId,title,gridProperties)',
  MARKS,
  'basicFilter',
  'protectedRanges',
  'bandedRanges',
];
export const STATE_FIELDS = `${MARKS},sheets(${SHEET_FIELDS.join()})`;

function parsed<T>(
  items: sheets_v4.Schema$DeveloperMetadata[] | undefined,
  key: string,
): { id: number; value: T }[] {
  return (items ?? []).flatMap(({ metadataKey, metadataId, metadataValue }) => {
    if (metadataKey !== key) return [];
    try {
      return [{ id: metadataId!, value: JSON.parse(metadataValue ?? '') as T }];
    } catch {
      return [];
    }
  });
}

/** What marks a tab as ours: its own metadata, else the stamp. */
function markOf(
  sheet: sheets_v4.Schema$Sheet,
  stamp: Stamp | null,
): { id: number | null; value: TabMark } | null {
  const sheetId = sheet.properties?.sheetId ?? 0;
  const own = parsed<TabMark>(sheet.developerMetadata, TAB_KEY).find(
    ({ value }) => value.sheet_id === sheetId,
  );
  if (own) return own;
  const known = Object.entries(stamp?.tabs ?? {}).find(([, { sheet_id }]) => sheet_id === sheetId);
  if (!known || !stamp) return null;
  const { house_id, run_id } = stamp;
  return {
    id: null,
    value: { house_id, mart: known[0], sheet_id: sheetId, columns: known[1].columns, run_id },
  };
}

function tabOf(sheet: sheets_v4.Schema$Sheet, mark: { id: number | null; value: TabMark }): Tab {
  const { title, gridProperties } = sheet.properties ?? {};
  return {
    mart: mark.value.mart,
    sheet_id: mark.value.sheet_id,
    title: title ?? '',
    row_count: gridProperties?.rowCount ?? 0,
    column_count: gridProperties?.columnCount ?? 0,
    columns: mark.value.columns,
    mark_id: mark.id,
    filter: sheet.basicFilter ?? null,
    protections: sheet.protectedRanges ?? [],
    bandings: sheet.bandedRanges ?? [],
  };
}

function refuseOthers(found: string | undefined, houseId: string): void {
  if (found === undefined || found === houseId) return;
  throw new Fault(
    'other_house',
    `house ${found} publishes to this spreadsheet; share another spreadsheet and set ` +
      'SHEETS_SPREADSHEET',
  );
}

/**
 * Reads the answer of one `spreadsheets.get`. Throws `other_house` if another house publishes here.
 */
export function stateOf(spreadsheet: sheets_v4.Schema$Spreadsheet, houseId: string): State {
  const [stamped] = parsed<Stamp>(spreadsheet.developerMetadata, STAMP_KEY);
  const stamp = stamped?.value ?? null;
  refuseOthers(stamp?.house_id, houseId);
  const sheets = spreadsheet.sheets ?? [];
  const tabs = new Map<string, Tab>();
  const fences: Fence[] = [];
  for (const sheet of sheets) {
    const sheetId = sheet.properties?.sheetId ?? 0;
    const [fence] = parsed<FenceMark>(sheet.developerMetadata, FENCE_KEY);
    if (fence?.value.sheet_id === sheetId)
      fences.push({ sheet_id: sheetId, token: fence.value.token });
    const mark = markOf(sheet, stamp);
    refuseOthers(fence?.value.house_id ?? mark?.value.house_id, houseId);
    if (mark) tabs.set(mark.value.mart, tabOf(sheet, mark));
  }
  const grids = sheets.map(({ properties }) => properties?.gridProperties);
  return {
    stamp,
    stamp_id: stamped?.id ?? null,
    tabs,
    fences,
    titles: new Set(sheets.map(({ properties }) => (properties?.title ?? '').toLowerCase())),
    order: sheets.map(({ properties }) => properties?.sheetId ?? 0),
    cells: grids.reduce((sum, grid) => sum + (grid?.rowCount ?? 0) * (grid?.columnCount ?? 0), 0),
  };
}

export const stampOf = (run: RunStamp, tables: Table[], tabs: Stamp['tabs']): Stamp => ({
  house_id: run.house_id,
  run_id: run.run_id,
  as_of: run.as_of,
  loads: Object.fromEntries(
    tables.map(({ contract, load_id, row_count, checksum }) => [
      contract.name,
      { load_id, rows: row_count, checksum },
    ]),
  ),
  tabs,
});

/** Whether the stamp is this very run's, and not marked stale. */
export function isStamped({ stamp }: State, run: RunStamp, tables: Table[]): boolean {
  return (
    stamp !== null && JSON.stringify(stamp) === JSON.stringify(stampOf(run, tables, stamp.tabs))
  );
}
