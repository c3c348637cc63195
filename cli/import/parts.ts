/**
 * Facts cut into requests that the import door and the database behind it take, by number and by
 * size.
 */
import type { Fact } from '../../core/facts/fact.ts';

/**
 * The door takes a thousand facts; D1 takes 2 MB in one bound value, and a fact grows a little on
 * its way there.
 */
const MOST_FACTS = 1000;
const MOST_BYTES = 1_500_000;

/**
 * Every fact once, in order; no part is empty but the only one of no facts, which asks the house
 * too.
 */
export function partsOf(facts: Fact[]): Fact[][] {
  const parts: Fact[][] = [[]];
  let bytes = 0;
  for (const fact of facts) {
    const size = Buffer.byteLength(JSON.stringify(fact)) + 1;
    const last = parts.at(-1)!;
    const isFull = last.length === MOST_FACTS || (last.length > 0 && bytes + size > MOST_BYTES);
    if (isFull) parts.push([fact]);
    else last.push(fact);
    bytes = isFull ? size : bytes + size;
  }
  return parts;
}
