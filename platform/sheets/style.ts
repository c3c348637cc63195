/**
 * How a data tab looks. Set when its columns are created, without a lower bound, and never again:
 * from then on it is the reader's.
 */
import type { sheets_v4 } from '@googleapis/sheets';
import type { Column } from '../../sql/contract.ts';
import { runColumns } from '../../sql/contract.ts';

type Request = sheets_v4.Schema$Request;
type CellFormat = sheets_v4.Schema$CellFormat;

/** A colour from its hex digits. */
export function colour(hex: string): sheets_v4.Schema$ColorStyle {
  const [red, green, blue] = [0, 2, 4].map(
    (at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255,
  );
  return { rgbColor: { red: red!, green: green!, blue: blue! } };
}

export const DATA_TAB_COLOUR = colour('7a8ca5');
const HEADER: CellFormat = {
  backgroundColorStyle: colour('1f3a5f'),
  textFormat: { bold: true, foregroundColorStyle: colour('ffffff') },
  verticalAlignment: 'MIDDLE',
  wrapStrategy: 'CLIP',
};
const HEADER_FIELDS = [...Object.keys(HEADER), 'horizontalAlignment'];
const BAND = { first: colour('ffffff'), second: colour('f3f6fa') };

/** Number format of a column's cells; none for text and booleans. */
function formatOf({ type }: Column): sheets_v4.Schema$NumberFormat | undefined {
  if (type === 'date') return { type: 'DATE', pattern: 'yyyy-mm-dd' };
  if (type === 'timestamp') return { type: 'DATE_TIME', pattern: 'yyyy-mm-dd hh:mm:ss' };
  if (type === 'money') return { type: 'NUMBER', pattern: '#,##0.00' };
  if (type === 'rate') return { type: 'PERCENT', pattern: '0.0%' };
  if (type === 'integer') return { type: 'NUMBER', pattern: '#,##0' };
  if (type === 'number') return { type: 'NUMBER', pattern: '#,##0.0##' };
  return undefined;
}

const CHARACTER = 8;
const PADDING = 22;
const WIDTHS: Record<Column['type'], number> = {
  date: 92,
  timestamp: 150,
  money: 100,
  rate: 76,
  integer: 76,
  number: 84,
  boolean: 76,
  string: 120,
};
/** Widths of columns with long texts, by the end of their name. */
const LONG_TEXTS: [RegExp, number][] = [
  [/(definition|sentence|formula|grain|healthy_range|when_worse|note|path|reason|cause)$/, 420],
  [/^(load_id|checksum_\w+|metric)$/, 310],
  [/(_key|_keys|_id)$/, 250],
  [/(campaign|value|name|message|product|line|value_text|key)$/, 210],
  [/(mart|bucket|category|_type)$/, 155],
];

/** In pixels: room for the header and for usual cells. */
export function widthOf({ name, type }: Column): number {
  const long =
    type === 'string' ? LONG_TEXTS.find(([pattern]) => pattern.test(name))?.[1] : undefined;
  return Math.max(long ?? WIDTHS[type], Math.min(240, name.length * CHARACTER + PADDING));
}

type Span = { startColumnIndex: number; endColumnIndex: number };

/**
 * Runs of neighbouring columns, from column `from` on, for which `of` gives the same; columns
 * without it are left out.
 */
export function spans<C, T>(
  columns: C[],
  from: number,
  of: (column: C) => T | undefined,
): { span: Span; shared: T }[] {
  const found: { span: Span; shared: T; key: string }[] = [];
  columns.forEach((column, i) => {
    const shared = i < from ? undefined : of(column);
    if (shared === undefined) return;
    const key = JSON.stringify(shared);
    const last = found.at(-1);
    if (last?.key === key && last.span.endColumnIndex === i) last.span.endColumnIndex = i + 1;
    else found.push({ span: { startColumnIndex: i, endColumnIndex: i + 1 }, shared, key });
  });
  return found;
}

/** Widths in pixels of the columns from `from` on. */
export const widths = <C>(
  sheetId: number,
  columns: C[],
  from: number,
  of: (column: C) => number,
): Request[] =>
  spans(columns, from, of).map(({ span, shared }) => ({
    updateDimensionProperties: {
      range: {
        sheetId,
        dimension: 'COLUMNS',
        startIndex: span.startColumnIndex,
        endIndex: span.endColumnIndex,
      },
      properties: { pixelSize: shared },
      fields: 'pixelSize',
    },
  }));

/** Headers are aligned with their cells: right for numbers and dates. */
const isRight = (column: Column): boolean => formatOf(column) !== undefined;

/** Header, number formats and widths of the columns from `from` on. */
export function columnStyle(sheetId: number, columns: Column[], from: number): Request[] {
  const header = { sheetId, startRowIndex: 0, endRowIndex: 1 };
  return [
    ...spans(columns, from, (column) => (isRight(column) ? 'RIGHT' : 'LEFT')).map(
      ({ span, shared }) => ({
        repeatCell: {
          range: { ...header, ...span },
          cell: { userEnteredFormat: { ...HEADER, horizontalAlignment: shared } },
          fields: `userEnteredFormat(${HEADER_FIELDS.join()})`,
        },
      }),
    ),
    ...spans(columns, from, formatOf).map(({ span, shared }) => ({
      repeatCell: {
        range: { sheetId, startRowIndex: 1, ...span },
        cell: { userEnteredFormat: { numberFormat: shared } },
        fields: 'userEnteredFormat.numberFormat',
      },
    })),
    ...widths(sheetId, columns, from, widthOf),
  ];
}

/** Ids of our own objects on a tab, so that they can be recognised. */
export const bandingId = (sheetId: number): number => sheetId;
export const protectionId = (sheetId: number): number => sheetId;

export const oursOf = (
  sheetId: number,
  columns: number,
  startRowIndex = 0,
): sheets_v4.Schema$GridRange => ({
  sheetId,
  startColumnIndex: 0,
  endColumnIndex: columns,
  ...(startRowIndex ? { startRowIndex } : {}),
});

/** Warns people who type into our columns, but does not stop them. */
export const protect = (sheetId: number, columns: number): Request => ({
  addProtectedRange: {
    protectedRange: {
      protectedRangeId: protectionId(sheetId),
      range: oursOf(sheetId, columns),
      description:
        'Signalhouse rewrites these columns every night; put your own to the right of them.',
      warningOnly: true,
    },
  },
});

/** What a data tab gets besides its columns' styles. */
export const tabStyle = (sheetId: number, columns: number): Request[] => [
  {
    addBanding: {
      bandedRange: {
        bandedRangeId: bandingId(sheetId),
        range: oursOf(sheetId, columns, 1),
        rowProperties: { firstBandColorStyle: BAND.first, secondBandColorStyle: BAND.second },
      },
    },
  },
  protect(sheetId, columns),
  {
    updateDimensionProperties: {
      range: { sheetId, dimension: 'COLUMNS', startIndex: 0, endIndex: runColumns.length },
      properties: { hiddenByUser: true },
      fields: 'hiddenByUser',
    },
  },
];

/** Extends banding and protection over new columns, if the reader has kept them. */
export function widenStyle(
  sheetId: number,
  columns: number,
  has: { banding: boolean; protection: boolean },
): Request[] {
  const banding = { bandedRangeId: bandingId(sheetId), range: oursOf(sheetId, columns, 1) };
  const protectedRange = {
    protectedRangeId: protectionId(sheetId),
    range: oursOf(sheetId, columns),
  };
  return [
    ...(has.banding ? [{ updateBanding: { bandedRange: banding, fields: 'range' } }] : []),
    ...(has.protection ? [{ updateProtectedRange: { protectedRange, fields: 'range' } }] : []),
  ];
}
