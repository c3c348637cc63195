/**
 * A tab of a spreadsheet as a picture: what the stand-in holds, drawn the way Sheets lays it out.
 */
import { html, raw } from 'hono/html';

type Colour = { red?: number; green?: number; blue?: number };
type Styled = { rgbColor?: Colour };
type Format = {
  backgroundColorStyle?: Styled;
  horizontalAlignment?: string;
  verticalAlignment?: string;
  wrapStrategy?: string;
  textFormat?: {
    bold?: boolean;
    italic?: boolean;
    fontSize?: number;
    fontFamily?: string;
    foregroundColorStyle?: Styled;
    link?: { uri?: string };
  };
};
type Cell = {
  formattedValue?: string;
  effectiveFormat?: Format;
  effectiveValue?: { numberValue?: number };
};
type Range = {
  startRowIndex?: number;
  endRowIndex?: number;
  startColumnIndex?: number;
  endColumnIndex?: number;
};
type Banding = {
  headerColorStyle?: Styled;
  firstBandColorStyle?: Styled;
  secondBandColorStyle?: Styled;
};

/** A tab as `spreadsheets.get` with grid data shows it. */
export type Sheet = {
  properties: {
    sheetId: number;
    title: string;
    hidden?: boolean;
    gridProperties: { columnCount: number; hideGridlines?: boolean; frozenRowCount?: number };
  };
  data?: { rowData?: { values?: Cell[] }[] }[];
  bandedRanges?: { range: Range; rowProperties?: Banding }[];
};

/** Widths and hidden columns, which Sheets answers apart from the cells. */
export type Columns = { widths: Map<number, number>; hidden: Set<number> };

const USUAL_WIDTH = 100;
/** Of the row numbers. */
const NUMBERS_WIDTH = 40;

const css = (style: Styled | undefined): string | undefined => {
  if (!style?.rgbColor) return undefined;
  const { red = 0, green = 0, blue = 0 } = style.rgbColor;
  return `rgb(${[red, green, blue].map((part) => Math.round(part * 255)).join(' ')})`;
};

const letter = (n: number): string =>
  n < 26 ? String.fromCharCode(65 + n) : letter(Math.floor(n / 26) - 1) + letter(n % 26);

function bandColour({ bandedRanges }: Sheet, row: number, column: number): string | undefined {
  for (const { range, rowProperties } of bandedRanges ?? []) {
    const {
      startRowIndex: top = 0,
      endRowIndex: end = Infinity,
      startColumnIndex: left = 0,
    } = range;
    if (row < top || row >= end || column < left || column >= (range.endColumnIndex ?? Infinity))
      continue;
    if (row === top && rowProperties?.headerColorStyle) return css(rowProperties.headerColorStyle);
    const body = row - top - (rowProperties?.headerColorStyle ? 1 : 0);
    return css(body % 2 ? rowProperties?.secondBandColorStyle : rowProperties?.firstBandColorStyle);
  }
  return undefined;
}

function styleOf(sheet: Sheet, cell: Cell, row: number, column: number): string {
  const { effectiveFormat: format = {}, effectiveValue } = cell;
  const text = format.textFormat ?? {};
  const ground = css(format.backgroundColorStyle) ?? bandColour(sheet, row, column);
  const side =
    format.horizontalAlignment?.toLowerCase() ??
    (effectiveValue?.numberValue === undefined ? '' : 'right');
  return [
    ground && `background:${ground}`,
    side && `text-align:${side}`,
    text.bold && 'font-weight:700',
    text.italic && 'font-style:italic',
    text.fontSize && `font-size:${text.fontSize}pt`,
    text.fontFamily && `font-family:'${text.fontFamily}',Arial,sans-serif`,
    css(text.foregroundColorStyle) && `color:${css(text.foregroundColorStyle)}`,
    text.link && 'color:#15c;text-decoration:underline',
    format.wrapStrategy === 'WRAP' && 'white-space:normal',
  ]
    .filter(Boolean)
    .join(';');
}

const SHEET_STYLES = `
body { margin: 0; overflow-x: hidden; background: #fff; color: #1f1f1f;
  font: 10pt Arial, 'Liberation Sans', sans-serif; }
table { border-collapse: collapse; table-layout: fixed; }
td, th { height: 20px; padding: 0 4px; border: 1px solid #e1e3e1; line-height: 1.25;
  white-space: nowrap; overflow: visible; }
th { background: #f8f9fa; font: 9pt Arial; color: #575b5f; text-align: center;
  border-color: #c4c7c5; }
.bare td { border-color: transparent; }
.frozen td { border-bottom: 3px solid #c4c7c5; }
nav { display: flex; gap: 2px; padding: 8px 40px; overflow: hidden; background: #f8fafd;
  border-top: 1px solid #c4c7c5; }
nav span { padding: 6px 14px; color: #444746; }
nav .here { background: #e1e9f7; color: #0b57d0; font-weight: 700; border-radius: 4px; }`;

/**
 * A page of HTML as wide as `width` pixels: the tab's first `rows` rows, with the strip of all tabs
 * below.
 */
export function drawTab(sheet: Sheet, columns: Columns, titles: string[], rows: number) {
  const { gridProperties, title } = sheet.properties;
  const grid = sheet.data?.[0]?.rowData ?? [];
  const shown = Array.from({ length: gridProperties.columnCount }, (_, i) => i).filter(
    (i) => !columns.hidden.has(i),
  );
  const widthOf = (column: number): number => columns.widths.get(column) ?? USUAL_WIDTH;
  const width = shown.reduce((sum, column) => sum + widthOf(column), NUMBERS_WIDTH);
  const line = (row: number) => {
    const cells = grid[row]?.values ?? [];
    const kind = row + 1 === gridProperties.frozenRowCount ? raw(' class="frozen"') : '';
    return html`<tr${kind}><th>${row + 1}</th>${shown.map((i) => {
      const cell = cells[i] ?? {};
      return html`<td style="${styleOf(sheet, cell, row, i)}">${cell.formattedValue ?? ''}</td>`;
    })}</tr>`;
  };
  const page = html`<!doctype html><meta charset="utf-8"><style>${raw(SHEET_STYLES)}</style>
<table style="width:${width}px"${gridProperties.hideGridlines ? raw(' class="bare"') : ''}>
<colgroup>${[NUMBERS_WIDTH, ...shown.map(widthOf)].map(
    (each) => html`<col style="width:${each}px">`,
  )}</colgroup>
<tr><th></th>${shown.map((i) => html`<th>${letter(i)}</th>`)}</tr>
${Array.from({ length: Math.min(rows, grid.length) }, (_, row) => line(row))}
</table><nav>${titles.map(
    (name) => html`<span${name === title ? raw(' class="here"') : ''}>${name}</span>`,
  )}</nav>`;
  return { page: String(page), width };
}
