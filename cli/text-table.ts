/** Rows as an aligned table for a terminal: numbers to the right, a dash for what is missing. */

/** Three decimals, the most that a currency has, and of small numbers six digits; no zeros at the end. */
const rounded = (value: number): number =>
  Number(Math.abs(value) < 1000 ? value.toPrecision(6) : value.toFixed(3));

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number') return String(rounded(value));
  return String(value).replace(/\s+/g, ' ');
};

/** A header, a rule and one line per row. `columns` are names of the rows' fields, in order. */
export function textTable(columns: string[], rows: Record<string, unknown>[]): string {
  const cells = rows.map((row) => columns.map((column) => shown(row[column])));
  const isNumeric = columns.map((column) =>
    rows.every((row) => row[column] == null || typeof row[column] === 'number'),
  );
  const width = columns.map((column, i) =>
    Math.max(column.length, ...cells.map((row) => row[i]!.length)),
  );
  const line = (row: string[]) =>
    row
      .map((cell, i) => (isNumeric[i] ? cell.padStart(width[i]!) : cell.padEnd(width[i]!)))
      .join('  ')
      .trimEnd();
  return [line(columns), line(width.map((size) => '─'.repeat(size))), ...cells.map(line)].join(
    '\n',
  );
}
