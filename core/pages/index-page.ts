/**
 * The `Index` page: every table, what it answers, how many rows it has, and for when it is true.
 */
import { instantText } from '../display/dates.ts';
import { count } from '../display/numbers.ts';
import type { Page, PageCell, PageStyle } from './page.ts';
import { type StaleNote, staleRows } from './stale.ts';
import type { WeekRun } from './week.ts';
import { WEEK_PAGE } from './week-page.ts';

export const INDEX_PAGE = 'Index';

/**
 * A table as the place carries it: its tab's name, its contract's answer, its rows; `only_in` names
 * its file where it has no tab.
 */
export type IndexedTable = { name: string; answers: string; rows: number; only_in?: string };

const cell = (text: string, style: PageStyle): PageCell => ({ text, style });

/** What happens to the tabs of a spreadsheet that people work in. */
const KEPT =
  'Our tabs are written again each night. Your own tabs, and your columns to the right of ours, ' +
  'stay.';

/** `kept` says what becomes of a reader's own work in a place that is no spreadsheet. */
export function indexPage(
  run: WeekRun,
  tables: IndexedTable[],
  stale?: StaleNote,
  kept = KEPT,
): Page {
  const trueFor = `${instantText(run.as_of, 'UTC')} UTC`;
  const entry = (name: string, answers: string, rows: string, only_in?: string): PageCell[] => [
    only_in ? cell(name, 'label') : { text: name, style: 'label', tab: name },
    cell(only_in ? `${answers} Too large for a workbook: see ${only_in}.` : answers, 'sentence'),
    cell(rows, 'label'),
    cell(trueFor, 'muted'),
  ];
  return {
    name: INDEX_PAGE,
    columns: [
      { width: 24, align: 'left' },
      { width: 100, align: 'left' },
      { width: 12, align: 'right' },
      { width: 26, align: 'left' },
    ],
    rows: [
      ...staleRows(stale),
      [cell('What is in here', 'title')],
      [cell(`True for ${trueFor}${run.is_sample ? ' · Sample data' : ''}`, 'note')],
      [cell(kept, 'note')],
      [],
      ['Tab', 'What it answers', 'Rows', 'True for'].map((head) => cell(head, 'heading')),
      entry(WEEK_PAGE, 'How did the last complete week go, on one page?', '–'),
      ...tables.map(({ name, answers, rows, only_in }) =>
        entry(name, answers, count(rows), only_in),
      ),
    ],
    frozen_rows: 0,
  };
}
