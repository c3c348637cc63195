/** Purchases of a file that has no column for the product: no row of it can complete them (F1). */
import type { CsvImport } from '../../core/csv/import.ts';
import type { HouseClient } from '../house/open.ts';
import { send } from './send.ts';

const REASON =
  'product: is required; add the column, or say "constants": {"product": "…"} in MAP.json';

/**
 * The same import, with the rows rejected whose product neither the file nor the house knows. A
 * row that updates a known purchase, or refunds one, stays.
 */
export async function rejectProductless(
  house: Pick<HouseClient, 'call'>,
  csv: CsvImport,
): Promise<CsvImport> {
  if (csv.statesProduct || csv.facts.length === 0) return csv;
  const { outcomes } = await send(house, csv.facts, true, () => {});
  const isWhole = (_: unknown, i: number) => outcomes[i] !== 'incomplete';
  const rejects = csv.lines
    .filter((_, i) => outcomes[i] === 'incomplete')
    .map((line) => ({ line, reasons: [REASON] }));
  return {
    ...csv,
    facts: csv.facts.filter(isWhole),
    lines: csv.lines.filter(isWhole),
    rejects: [...csv.rejects, ...rejects].sort((a, b) => a.line - b.line),
  };
}
