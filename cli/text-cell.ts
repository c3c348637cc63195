/**
 * A field's value as a person reads it, by its name: every name carries its unit (`_at`, `_s`,
 * `_minor`).
 */
import { minutes, money } from '../core/display/numbers.ts';
import { nextActionText } from '../core/next-action.ts';

export type Plain = string | number | boolean | null;

export const isPlain = (value: unknown): value is Plain =>
  value === null || typeof value !== 'object';

/**
 * Instants as UTC to the second, seconds as minutes, minor units as money in the record's
 * `currency`, a next action in words.
 */
export function readable(name: string, value: Plain, record: Record<string, unknown>): Plain {
  if (name === 'next_action' && typeof value === 'string') return nextActionText(value);
  if (typeof value !== 'number') return value;
  if (name.endsWith('_at')) return new Date(value).toISOString().slice(0, 19).replace('T', ' ');
  if (name.endsWith('_s')) return minutes(value / 60);
  if (name.endsWith('_minor')) return money(value, record.currency as string | undefined);
  return Number.isInteger(value) ? value : Number(value.toFixed(2));
}

/** The name without the unit that `readable` has converted. */
export const heading = (name: string): string => name.replace(/_(s|minor)$/, '');

/**
 * Rows for a table: readable values, nested ones as JSON, without columns that are blank
 * everywhere.
 */
export function readableRows(rows: Record<string, unknown>[]): {
  columns: string[];
  rows: Record<string, Plain>[];
} {
  const records = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        heading(name),
        isPlain(value) ? readable(name, value, row) : JSON.stringify(value),
      ]),
    ),
  );
  const columns = [...new Set(records.flatMap(Object.keys))];
  const isBlank = (value: unknown) =>
    value === null || value === undefined || value === '' || value === '[]';
  return {
    columns: columns.filter((column) => records.some((row) => !isBlank(row[column]))),
    rows: records,
  };
}
