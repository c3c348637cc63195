/**
 * A designed page as a sheet: its styles, links to the other sheets, and a printout one page wide.
 */
import type { Cell, CellStyle, WriteSheet } from 'hucre';
import { numberFormat } from '../../core/pages/number-format.ts';
import type { Page, PageCell } from '../../core/pages/page.ts';
import { LINK_INK, pageLooks } from '../../core/pages/styles.ts';
import { FOOTER, PRINT, plainText } from './sheet.ts';

const rgb = (hex: string) => ({ rgb: hex });

/** `indent` separates a text from the right-aligned figure before it. */
function styleOf(cell: PageCell, align: 'left' | 'right', indent: number): CellStyle {
  const { style, tab, text, number } = cell;
  const { size, bold, italic, ink, underlined } = pageLooks[style];
  return {
    font: {
      name: 'Calibri',
      family: 2,
      size,
      bold,
      italic,
      color: rgb(tab ? LINK_INK : ink),
      underline: tab !== undefined,
    },
    alignment: { horizontal: align, vertical: 'center', indent },
    ...fillOf(cell),
    ...(number === undefined ? {} : { numFmt: numberFormat(text) }),
    ...(underlined ? { border: { bottom: { style: 'thin', color: rgb(ink) } } } : {}),
  };
}

const fillOf = ({ style }: PageCell): Pick<CellStyle, 'fill'> => {
  const { ground } = pageLooks[style];
  return ground ? { fill: { type: 'pattern', pattern: 'solid', fgColor: rgb(ground) } } : {};
};

const typedOf = ({ text, number }: PageCell): Pick<Cell, 'value' | 'type'> =>
  number === undefined
    ? { value: plainText(text), type: 'string' }
    : { value: number, type: 'number' };

const cellOf = (cell: PageCell, align: 'left' | 'right', indent: number): Partial<Cell> => ({
  ...typedOf(cell),
  style: styleOf(cell, align, indent),
  ...(cell.tab ? { hyperlink: { target: '', location: `'${cell.tab}'!A1` } } : {}),
});

/** Points of space around the letters of a row. */
const LEADING = 8;

/** A cell that is alone in its row extends over the blank ones to its right. */
export function pageSheet(page: Page): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  const heights = new Map<number, { height: number }>();
  page.rows.forEach((row, y) => {
    row.forEach((cell, x) => {
      const align = page.columns[x]?.align ?? 'left';
      if (cell) cells.set(`${y},${x}`, cellOf(cell, align, align === 'left' && x > 0 ? 1 : 0));
    });
    const alone = row.length === 1 && row[0];
    if (alone)
      for (let x = 1; x < page.columns.length; x += 1)
        cells.set(`${y},${x}`, { value: null, style: fillOf(alone) });
    const size = Math.max(0, ...row.map((cell) => (cell ? pageLooks[cell.style].size : 0)));
    if (size) heights.set(y, { height: size + LEADING });
  });
  return {
    name: page.name,
    columns: page.columns.map(({ width }) => ({ width })),
    rows: page.rows.map((row) => row.map((cell) => (cell ? typedOf(cell).value! : null))),
    cells,
    rowDefs: heights,
    view: { showGridLines: false },
    pageSetup: PRINT,
    headerFooter: FOOTER,
    ...(page.frozen_rows ? { freezePane: { rows: page.frozen_rows } } : {}),
  };
}
