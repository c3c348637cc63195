/**
 * Rows as an aligned table that fits the terminal: numbers to the right, a dash for a missing
 * value.
 */

import { cut, forTerminal, terminalWidth, widthOf } from './terminal.ts';
import { textFields } from './text-fields.ts';
import { numberTexts } from './text-numbers.ts';

const GAP = '  ';
const MISSING = '–';
/** A text is never cut below this many columns. */
const LEAST = 12;
/** Never cut: people copy keys from the table into the next command. */
const isKey = (column: string): boolean => /(^|_)(key|id)$/.test(column);

const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || value === '';

const oneLine = (value: unknown): string =>
  isMissing(value) ? MISSING : forTerminal(String(value)).replace(/\s+/g, ' ');

type Column = { name: string; isNumeric: boolean; cells: string[]; width: number; least: number };

function columnOf(name: string, rows: Record<string, unknown>[]): Column {
  const values = rows.map((row) => row[name]);
  const isNumeric = values.every((value) => value == null || typeof value === 'number');
  const cells = isNumeric
    ? numberTexts(values as (number | null | undefined)[], MISSING)
    : values.map(oneLine);
  const title = forTerminal(name);
  const width = Math.max(widthOf(title), ...cells.map(widthOf));
  return {
    name: title,
    isNumeric,
    cells,
    width,
    least: isNumeric || isKey(name) ? width : Math.min(width, Math.max(LEAST, widthOf(title))),
  };
}

const total = (widths: number[]): number =>
  widths.reduce((sum, width) => sum + width, GAP.length * Math.max(0, widths.length - 1));

/** Narrows the widest columns, each down to its least, until the table fits `width`. */
function shrink(columns: Column[], width: number): void {
  for (let over = total(columns.map((column) => column.width)) - width; over > 0; over--) {
    const [widest] = columns
      .filter((column) => column.width > column.least)
      .toSorted((a, b) => b.width - a.width);
    if (!widest) return;
    widest.width -= 1;
  }
}

function line(columns: Column[], textOf: (column: Column) => string): string {
  const cells = columns.map((column) => {
    const text = cut(textOf(column), column.width);
    const blank = ' '.repeat(column.width - widthOf(text));
    return column.isNumeric ? `${blank}${text}` : `${text}${blank}`;
  });
  return cells.join(GAP).trimEnd();
}

/**
 * A header, a rule and one line per row, at most `width` columns wide: long texts are cut with `…`,
 * numbers and keys never. Rows that still do not fit are printed field by field. `columns` are
 * names of the rows' fields, in order.
 */
export function textTable(
  columns: string[],
  rows: Record<string, unknown>[],
  width = terminalWidth(),
): string {
  const all = columns.map((name) => columnOf(name, rows));
  if (rows.length > 0 && total(all.map(({ least }) => least)) > width)
    return rows
      .map((_, i) => textFields(all.map(({ name, cells }) => [name, cells[i]!])))
      .join('\n\n');
  shrink(all, width);
  return [
    line(all, ({ name }) => name),
    line(all, (column) => '─'.repeat(column.width)),
    ...rows.map((_, i) => line(all, ({ cells }) => cells[i]!)),
  ].join('\n');
}

/**
 * The `columns` that `textTable` can fit side by side, in their order: those of `first`, then as
 * many others as fit.
 */
export function columnsThatFit(
  columns: string[],
  rows: Record<string, unknown>[],
  first: (column: string) => boolean = isKey,
  width = terminalWidth(),
): string[] {
  const least = new Map(columns.map((name) => [name, columnOf(name, rows).least]));
  const chosen = new Set(columns.filter(first));
  for (const name of columns) {
    const wider = new Set(chosen).add(name);
    if (total([...wider].map((column) => least.get(column)!)) <= width) chosen.add(name);
  }
  return columns.filter((name) => chosen.has(name));
}
