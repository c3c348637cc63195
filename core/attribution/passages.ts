/**
 * Follows passages through an absorbing chain until almost none is left, for chains that are too
 * large for a matrix.
 */
import { type Chain, exitWeight } from './absorbing-chain.ts';

/** The share of passages that may be left at the end: less than a double can represent. */
const REST = 1e-16;

/** Per group of states, the weight of conversions that pass through none of them. */
export function sentAvoiding(chain: Chain, groups: number[][]): number[] {
  const totals = chain.states.map(exitWeight);
  const first = new Int32Array(totals.length + 1);
  chain.states.forEach(({ to }, state) => {
    first[state + 1] = first[state]! + to.size;
  });
  const to = Int32Array.from(chain.states.flatMap((exits) => [...exits.to.keys()]));
  const parts = Float64Array.from(
    chain.states.flatMap((exits, state) =>
      [...exits.to.values()].map((weight) => weight / totals[state]!),
    ),
  );
  const converts = Float64Array.from(
    chain.states,
    ({ convert }, state) => convert / totals[state]!,
  );
  return groups.map((group) => sent(chain, { first, to, parts, converts }, new Set(group)));
}

/**
 * Per state, the share of exits that converts and, from `first` on, targets and shares of the other
 * exits.
 */
type Ways = { first: Int32Array; to: Int32Array; parts: Float64Array; converts: Float64Array };

/** While more than one state in so many has passages, a pass over all states is fastest. */
const BUSY = 8;

/** Passages by state (`here`); less than `least` waits until there is more. */
type Walk = { here: Float64Array; least: number; isOpen: Uint8Array };

/**
 * Every state passes on what has reached it; what reaches a closed state is lost. First in rounds
 * over all states; the few states that still have passages, as in a very long path, are then
 * followed one by one. What is left at the end bounds the error.
 */
function sent({ start }: Chain, ways: Ways, closed: Set<number>): number {
  const here = new Float64Array(ways.converts.length);
  for (const [state, weight] of start.to) here[state]! += weight;
  const walk = {
    here,
    least: (REST * exitWeight(start)) / here.length,
    isOpen: Uint8Array.from(here, (_, state) => (closed.has(state) ? 0 : 1)),
  };
  return start.convert + rounds(ways, walk) + rest(ways, walk);
}

/** Conversions in full rounds, until few states have passages. */
function rounds({ first, to, parts, converts }: Ways, { here, least, isOpen }: Walk): number {
  let converted = 0;
  for (let busy = here.length; busy * BUSY > here.length; ) {
    busy = 0;
    for (let state = 0; state < here.length; state++) {
      const weight = here[state]!;
      if (weight <= least || isOpen[state] === 0) continue;
      busy++;
      here[state] = 0;
      converted += weight * converts[state]!;
      const end = first[state + 1]!;
      for (let way = first[state]!; way < end; way++) here[to[way]!]! += weight * parts[way]!;
    }
  }
  return converted;
}

/** Conversions of the rest, state by state, first in first out. */
function rest({ first, to, parts, converts }: Ways, { here, least, isOpen }: Walk): number {
  const size = here.length;
  const isQueued = Uint8Array.from(here, (weight, state) =>
    weight > least && isOpen[state] === 1 ? 1 : 0,
  );
  // A ring buffer: no state is in it twice.
  const queue = new Int32Array(size);
  let queued = 0;
  for (let state = 0; state < size; state++) if (isQueued[state] === 1) queue[queued++] = state;
  let converted = 0;
  for (let next = 0; queued > 0; next = (next + 1) % size) {
    const state = queue[next]!;
    const weight = here[state]!;
    queued--;
    isQueued[state] = 0;
    here[state] = 0;
    converted += weight * converts[state]!;
    const end = first[state + 1]!;
    for (let way = first[state]!; way < end; way++) {
      const after = to[way]!;
      here[after]! += weight * parts[way]!;
      if (isQueued[after] === 1 || isOpen[after] === 0 || here[after]! <= least) continue;
      isQueued[after] = 1;
      queue[(next + 1 + queued++) % size] = after;
    }
  }
  return converted;
}
