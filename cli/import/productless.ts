/** Purchases of a file that has no column for the product: no row of it can complete them (F1). */
import type { HouseClient } from '../house/open.ts';
import type { Scratch } from './scratch.ts';
import { send } from './send.ts';

const REASON =
  'product: is required; add the column, or say "constants": {"product": "…"} in MAP.json';

/**
 * Rejects the rows whose product neither the file nor the house knows. A row that updates a known
 * purchase, or refunds one, stays.
 */
export async function rejectProductless(
  house: Pick<HouseClient, 'call'>,
  { facts, rejects }: Scratch,
): Promise<void> {
  if (facts.count === 0) return;
  for await (const sent of send(house, facts, 'dry'))
    for (const { line, outcome } of sent.facts) {
      if (outcome !== 'incomplete') continue;
      facts.delete(line);
      rejects.add(line, [REASON]);
    }
}
