/**
 * Finds changes by people that would make a publish wrong, before anything is written; each message
 * has the fix.
 */
import type { sheets_v4 } from '@googleapis/sheets';
import { Fault } from '../../core/faults.ts';
import { columnName } from './cells.ts';
import type { State, Tab } from './state.ts';
import { bandingId, protectionId } from './style.ts';

/** Google's limit for one spreadsheet. */
export const CELLS = 10_000_000;

const refused = (message: string): Fault => new Fault('destination_refused', message);

/**
 * How many columns our own protection, or our banding, spans: it grows and shrinks with columns
 * inserted or deleted inside it.
 */
function witnessOf(tab: Tab): number | undefined {
  if (tab.column_count < tab.columns) return tab.column_count;
  const range =
    tab.protections.find(({ protectedRangeId }) => protectedRangeId === protectionId(tab.sheet_id))
      ?.range ??
    tab.bandings.find(({ bandedRangeId }) => bandedRangeId === bandingId(tab.sheet_id))?.range;
  return range?.endColumnIndex ? range.endColumnIndex - (range.startColumnIndex ?? 0) : undefined;
}

/**
 * How many of a designed tab's columns are left. Throws `destination_refused` if someone inserted
 * one among them, since it would be overwritten.
 */
export function columnsLeft(tab: Tab): number {
  const witness = witnessOf(tab) ?? tab.columns;
  if (witness > tab.columns)
    throw refused(
      `tab ${tab.title}: someone inserted a column among the first ${tab.columns}, which are ` +
        'ours; move it to the right of them, or delete it, and export again',
    );
  return Math.min(witness, tab.column_count);
}

const inserted = (tab: Tab, at: number, before: string): Fault =>
  refused(
    `tab ${tab.title}: someone inserted column ${columnName(at + 1)} among ours, before ` +
      `${before}; move it to the right of column ${columnName(tab.columns + 1)}, or delete ` +
      'it, and export again',
  );
const gone = (tab: Tab, names: string[]): Fault =>
  refused(
    `tab ${tab.title}: our column ${names.join(', ')} was deleted or moved; undo that, or ` +
      'delete the whole tab, which is then recreated, and export again',
  );

/**
 * Names of our columns whose header someone renamed, given the current header row. Throws
 * `destination_refused` if a column was inserted among ours, deleted or moved; the message names
 * tab and column.
 */
export function renamedColumns(tab: Tab, names: string[], header: unknown[]): string[] {
  const ours = names.slice(0, tab.columns);
  const found = header.map((cell) => String(cell ?? ''));
  const wrong = ours.filter((name, i) => (found[i] ?? '') !== name);
  if (wrong.length === 0) return [];
  const witness = witnessOf(tab);
  const at = ours.indexOf(wrong[0]!);
  const further = found.indexOf(wrong[0]!, at + 1);
  if ((witness ?? 0) > tab.columns) throw inserted(tab, at, wrong[0]!);
  if (witness !== undefined && witness < tab.columns)
    throw gone(tab, wrong.slice(0, tab.columns - witness));
  const other = ours.indexOf(found[at] ?? '');
  if (other > at) throw gone(tab, ours.slice(at, other));
  if (further > at && witness === undefined) throw inserted(tab, at, wrong[0]!);
  if (further > at && further < tab.columns) throw gone(tab, [wrong[0]!]);
  return wrong;
}

const overlaps = (range: sheets_v4.Schema$GridRange | undefined, columns: number): boolean =>
  (range?.startColumnIndex ?? 0) < columns;

/**
 * Throws `destination_refused` if a protection keeps `address` from editing our columns of a tab.
 */
export function refuseProtected(tab: Tab, address: string): void {
  const against = tab.protections.find(
    ({ protectedRangeId, range, warningOnly, requestingUserCanEdit, editors, unprotectedRanges }) =>
      protectedRangeId !== protectionId(tab.sheet_id) &&
      !warningOnly &&
      !requestingUserCanEdit &&
      !editors?.users?.includes(address) &&
      !unprotectedRanges?.length &&
      overlaps(range, tab.columns),
  );
  if (!against) return;
  const { description, range } = against;
  const first = columnName((range?.startColumnIndex ?? 0) + 1);
  const named = description ? ` (${description})` : '';
  throw refused(
    `tab ${tab.title}: someone protected a range among our columns, from column ` +
      `${first}${named}; let ${address} edit it (Data → Protect sheets and ranges), ` +
      'or remove the protection',
  );
}

/**
 * Throws `destination_refused` if a newer version of the house, with more columns, wrote the tab.
 */
export function refuseNewer(tab: Tab, columns: number): void {
  if (tab.columns <= columns) return;
  throw refused(
    `tab ${tab.title} has ${tab.columns} columns of ours and this house knows ${columns}: a ` +
      'newer version published it; update this one',
  );
}

/** Throws `destination_refused` if `added` more cells would not fit. */
export function refuseFull(state: State, added: number): void {
  if (state.cells + added <= CELLS) return;
  const number = (value: number) => value.toLocaleString('en');
  throw refused(
    `the spreadsheet has ${number(state.cells)} cells and this publish needs ${number(added)} ` +
      `more, over Google's limit of ${number(CELLS)}: delete empty rows, columns and unused ` +
      'tabs, or publish to another spreadsheet',
  );
}
