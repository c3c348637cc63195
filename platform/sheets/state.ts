/** What a spreadsheet holds of the house: the run stamp and the house's tabs, known by developer metadata, never by title. */
import type { sheets_v4 } from '@googleapis/sheets';
import { Fault } from '../../core/faults.ts';
import type { RunStamp, Table } from '../destination.ts';

/** Key of the spreadsheet-level metadata that holds the `Stamp` as JSON. */
export const STAMP_KEY = 'signalhouse_run';
/** Key of the tab-level metadata that holds a `TabMark` as JSON. */
export const TAB_KEY = 'signalhouse_tab';
export const ABOUT = 'About';

export type Stamp = {
  house_id: string;
  run_id: string;
  as_of: number;
  /** By mart. */
  loads: Record<string, { load_id: string; rows: number; checksum: string }>;
};

/** `columns` is the width that is ours: what stands to the right of it is the reader's. */
type TabMark = { house_id: string; mart: string; columns: number };

export type Tab = {
  mart: string;
  sheet_id: number;
  title: string;
  row_count: number;
  column_count: number;
  /** Ours, from the left. */
  columns: number;
  mark_id: number;
};

export type State = {
  stamp: Stamp | null;
  stamp_id: number | null;
  tabs: Map<string, Tab>;
  titles: Set<string>;
  sheet_ids: Set<number>;
};

export const STATE_FIELDS = 'developerMetadata,sheets(properties(sheetId,title,gridProperties),developerMetadata)';

function tabsOf(sheet: sheets_v4.Schema$Sheet, houseId: string): Tab[] {
  const { sheetId, title, gridProperties } = sheet.properties ?? {};
  return (sheet.developerMetadata ?? [])
    .filter((item) => item.metadataKey === TAB_KEY)
    .map((item) => ({ item, mark: JSON.parse(item.metadataValue ?? '{}') as TabMark }))
    .filter(({ mark }) => mark.house_id === houseId)
    .map(({ item, mark }) => ({
      mart: mark.mart,
      sheet_id: sheetId ?? 0,
      title: title ?? '',
      row_count: gridProperties?.rowCount ?? 0,
      column_count: gridProperties?.columnCount ?? 0,
      columns: mark.columns,
      mark_id: item.metadataId!,
    }));
}

/** Reads the answer of one `spreadsheets.get`. Throws `other_house` where another house has published here. */
export function stateOf(spreadsheet: sheets_v4.Schema$Spreadsheet, houseId: string): State {
  const mark = (spreadsheet.developerMetadata ?? []).find((item) => item.metadataKey === STAMP_KEY);
  const stamp = mark ? (JSON.parse(mark.metadataValue ?? '{}') as Stamp) : null;
  if (stamp && stamp.house_id !== houseId)
    throw new Fault(
      'other_house',
      `the spreadsheet carries the runs of house ${stamp.house_id}; share another spreadsheet and set SHEETS_SPREADSHEET`,
    );
  const sheets = spreadsheet.sheets ?? [];
  return {
    stamp,
    stamp_id: mark?.metadataId ?? null,
    tabs: new Map(sheets.flatMap((sheet) => tabsOf(sheet, houseId)).map((tab) => [tab.mart, tab])),
    titles: new Set(sheets.map((sheet) => (sheet.properties?.title ?? '').toLowerCase())),
    sheet_ids: new Set(sheets.map((sheet) => sheet.properties?.sheetId ?? 0)),
  };
}

export const stampOf = (run: RunStamp, tables: Table[]): Stamp => ({
  house_id: run.house_id,
  run_id: run.run_id,
  as_of: run.as_of,
  loads: Object.fromEntries(
    tables.map(({ contract, load_id, row_count, checksum }) => [contract.name, { load_id, rows: row_count, checksum }]),
  ),
});

/** Whether the spreadsheet says that it holds this very run, and still has every tab. */
export function holdsRun(state: State, stamp: Stamp): boolean {
  const complete = [ABOUT, ...Object.keys(stamp.loads)].every((mart) => state.tabs.has(mart));
  return complete && JSON.stringify(state.stamp) === JSON.stringify(stamp);
}
