/** One thing as text: its plain fields line by line, then each list of things as a table. */
import { textTable } from './text-table.ts';

type Plain = string | number | boolean | null;
const isPlain = (value: unknown): value is Plain => value === null || typeof value !== 'object';
const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);
/** Fields named `…_at` hold instants in UTC milliseconds. */
const shown = (name: string, value: Plain): Plain =>
  name.endsWith('_at') && typeof value === 'number' ? new Date(value).toISOString() : value;

function table(rows: unknown[]): string {
  if (rows.every(isPlain)) return rows.map(String).join(', ');
  const records = (rows as Record<string, unknown>[]).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, isPlain(value) ? shown(name, value) : JSON.stringify(value)]),
    ),
  );
  const columns = [...new Set(records.flatMap(Object.keys))];
  return textTable(
    columns.filter((column) => records.some((record) => !isEmpty(record[column] ?? null))),
    records,
  );
}

/** Blank fields are left out; nested things are indented headings. */
export function textRecord(record: Record<string, unknown>): string {
  const entries = Object.entries(record).filter(([, value]) => !isEmpty(value));
  const plain = entries.filter(([, value]) => isPlain(value)) as [string, Plain][];
  const width = Math.max(0, ...plain.map(([name]) => name.length));
  const lines = plain.map(([name, value]) => `${name.padEnd(width)}  ${shown(name, value)}`);
  const parts = entries
    .filter(([, value]) => !isPlain(value))
    .map(([name, value]) => {
      const body = Array.isArray(value) ? table(value) : textRecord(value as Record<string, unknown>);
      return `${name.toUpperCase().replaceAll('_', ' ')}\n${body}`;
    });
  return [...(lines.length ? [lines.join('\n')] : []), ...parts].join('\n\n');
}
