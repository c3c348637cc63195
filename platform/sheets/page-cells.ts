/**
 * A designed page as the cells of a tab. Its first row is reserved for the notice that the page is
 * stale.
 */
import type { sheets_v4 } from '@googleapis/sheets';
import type { Page, PageCell, PageStyle } from '../../core/pages/page.ts';
import { staleRows } from '../../core/pages/stale.ts';
import type { Stale } from '../destination.ts';
import { colour, oursOf, protect, widths } from './style.ts';

type Request = sheets_v4.Schema$Request;
type CellFormat = sheets_v4.Schema$CellFormat;

export const PAGE_TAB_COLOUR = colour('2e7d5b');
/** Rows above the page's own rows. */
export const NOTICE_ROWS = 1;

const INK = colour('1d2733');
const QUIET = colour('6b7684');
const PIXELS = { character: 7, padding: 14 };

const text = (format: sheets_v4.Schema$TextFormat): CellFormat => ({
  textFormat: { foregroundColorStyle: INK, fontSize: 10, ...format },
});

const FORMATS: Record<PageStyle, CellFormat> = {
  title: text({ bold: true, fontSize: 18 }),
  note: text({ foregroundColorStyle: QUIET }),
  sentence: text({ fontSize: 11 }),
  heading: {
    ...text({ bold: true, foregroundColorStyle: colour('1f3a5f') }),
    backgroundColorStyle: colour('e8eef7'),
  },
  label: text({ bold: true }),
  figure: text({ bold: true, fontSize: 12 }),
  strong: text({ bold: true }),
  muted: text({ foregroundColorStyle: QUIET }),
  good: text({ foregroundColorStyle: colour('1b7f4b') }),
  bad: text({ foregroundColorStyle: colour('b3261e') }),
  warning: text({ bold: true, foregroundColorStyle: colour('a64b00') }),
  spark: text({ foregroundColorStyle: colour('2e5f8a') }),
};

const LINK = { foregroundColorStyle: colour('1a56b0'), underline: true };

/** SheetIds by mart or page name. */
export type Links = Map<string, number>;

function cellData(
  cell: PageCell | null,
  align: 'left' | 'right',
  alone: boolean,
  links: Links,
): sheets_v4.Schema$CellData {
  if (cell === null || cell.text === '') return {};
  const format = FORMATS[cell.style];
  const target = cell.tab === undefined ? undefined : links.get(cell.tab);
  const link = target === undefined ? {} : { ...LINK, link: { uri: `#gid=${target}` } };
  return {
    userEnteredValue: { stringValue: cell.text },
    userEnteredFormat: {
      ...format,
      textFormat: { ...format.textFormat, ...link },
      horizontalAlignment: align === 'right' ? 'RIGHT' : 'LEFT',
      verticalAlignment: 'MIDDLE',
      wrapStrategy: alone ? 'OVERFLOW_CELL' : 'WRAP',
    },
  };
}

/** The notice of a stale page, or a blank row. */
const noticeRow = (stale: Stale | undefined, links: Links): sheets_v4.Schema$RowData => {
  const [notice] = staleRows(stale).flat();
  return { values: notice ? [cellData(notice, 'left', true, links)] : [] };
};

const FIELDS = 'userEnteredValue,userEnteredFormat';

/** Overwrites the first `columns` columns with the whole page. */
export function writePage(sheetId: number, columns: number, page: Page, links: Links): Request {
  const rows = page.rows.map((row) => ({
    values: row.map((cell, i) =>
      cellData(cell, page.columns[i]?.align ?? 'left', row.length === 1, links),
    ),
  }));
  return {
    updateCells: {
      range: oursOf(sheetId, columns),
      rows: [noticeRow(undefined, links), ...rows],
      fields: FIELDS,
    },
  };
}

/** Writes above a page that it is stale, since when and why. */
export const writeNotice = (sheetId: number, columns: number, stale: Stale): Request => ({
  updateCells: {
    range: { ...oursOf(sheetId, columns), startRowIndex: 0, endRowIndex: NOTICE_ROWS },
    rows: [noticeRow(stale, new Map())],
    fields: FIELDS,
  },
});

/** Widths and the warning before typing; set once, when the tab is made. */
export const pageStyle = (sheetId: number, page: Page): Request[] => [
  ...widths(sheetId, page.columns, 0, ({ width }) => width * PIXELS.character + PIXELS.padding),
  protect(sheetId, page.columns.length),
];

/** The page's cells as they are read back: text by row. */
export const pageValues = (page: Page): string[][] => [
  ...Array.from({ length: NOTICE_ROWS }, () => []),
  ...page.rows.map((row) => row.map((cell) => cell?.text ?? '')),
];
