/**
 * An absorbing Markov chain from a start to conversion or null, as weighted edges. Weights are
 * transition counts.
 */

/** The edges out of a state, or of the start. */
export type Exits = { convert: number; leave: number; to: Map<number, number> };

export type Chain = { start: Exits; states: Exits[] };

const noExits = (): Exits => ({ convert: 0, leave: 0, to: new Map() });

export const emptyChain = (): Chain => ({ start: noExits(), states: [] });

/** Adds a state without exits and returns its number. */
export const addState = (chain: Chain): number => chain.states.push(noExits()) - 1;

/** A loop from a state to itself does not change where paths end, so it is dropped. */
export function addPassages(
  chain: Chain,
  from: number | undefined,
  to: number,
  weight: number,
): void {
  if (from === to) return;
  const exits = from === undefined ? chain.start : chain.states[from]!;
  exits.to.set(to, (exits.to.get(to) ?? 0) + weight);
}

/** The weight of all exits. */
export function exitWeight({ convert, leave, to }: Exits): number {
  let total = convert + leave;
  for (const weight of to.values()) total += weight;
  return total;
}
