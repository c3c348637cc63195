/** Many drawn histories for one house, each of people of its own. */
import type { Fact } from '../../core/facts/fact.ts';

/** So many facts land at once, of many histories, as in a queue's batch. */
const BATCH = 250;

/**
 * The same history of people of its own: addresses, and with them the keys of what is theirs, get a
 * number.
 */
export const ofItsOwn = (batches: Fact[][], n: number): Fact[][] =>
  JSON.parse(
    JSON.stringify(batches)
      .replaceAll('@example.org', `@house${n}.example.org`)
      .replaceAll('+6140000000', `+614${String(100 + n)}00`)
      .replace(/student(\d)/g, `student${n}-$1`),
  );

/** The first batches of all histories, then their second ones, and so on: a round each. */
export const roundsOf = (histories: Fact[][][]): Fact[][] =>
  Array.from({ length: Math.max(...histories.map(({ length }) => length)) }, (_, round) =>
    histories.flatMap((batches) => batches[round] ?? []),
  );

/** The facts of a round, a few at a time. */
export const arrivals = (facts: Fact[]): Fact[][] =>
  Array.from({ length: Math.ceil(facts.length / BATCH) }, (_, i) =>
    facts.slice(i * BATCH, (i + 1) * BATCH),
  );
