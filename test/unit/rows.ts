import type { Fact, Observation } from '../../core/facts/fact.ts';
import type { RowKind } from '../../core/facts/fields.ts';
import { parseRow } from '../../core/facts/parse.ts';
import type { RowContext } from '../../core/facts/row.ts';

const context: RowContext = {
  origin: { provider: 'csv' },
  now: Date.parse('2026-03-02'),
  zone: 'UTC',
  defaultCountry: 'US',
  currency: 'USD',
};

/** The one fact of a row that must parse. */
export function factOf(
  kind: RowKind,
  row: Record<string, unknown>,
  with_: Partial<RowContext> = {},
): Fact {
  const parsed = parseRow(kind, row, { ...context, ...with_ });
  if ('errors' in parsed) throw new Error(parsed.errors.map(({ message }) => message).join('; '));
  return parsed.facts[0]!;
}

export const observationOf = (...row: Parameters<typeof factOf>): Observation =>
  factOf(...row) as Observation;

/** The fields that a row is refused for. */
export function refusedFields(
  kind: RowKind,
  row: Record<string, unknown>,
  with_: Partial<RowContext> = {},
): string[] {
  const parsed = parseRow(kind, row, { ...context, ...with_ });
  return 'errors' in parsed ? parsed.errors.map(({ field }) => field) : [];
}
