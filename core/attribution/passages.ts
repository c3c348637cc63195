/** Passages sent through an absorbing chain step by step until next to none is under way: for chains too large for a matrix. */
import { type Chain, exitWeight } from './absorbing-chain.ts';

/** So small a part of the passages may still be under way at the end: less than a double can tell apart. */
const REST = 1e-16;

/** Per group of states the weight of conversions that pass through none of them. */
export function sentAvoiding(chain: Chain, groups: number[][]): number[] {
  const totals = chain.states.map(exitWeight);
  const first = new Int32Array(totals.length + 1);
  chain.states.forEach(({ to }, state) => {
    first[state + 1] = first[state]! + to.size;
  });
  const to = Int32Array.from(chain.states.flatMap((exits) => [...exits.to.keys()]));
  const parts = Float64Array.from(
    chain.states.flatMap((exits, state) => [...exits.to.values()].map((weight) => weight / totals[state]!)),
  );
  const converts = Float64Array.from(chain.states, ({ convert }, state) => convert / totals[state]!);
  return groups.map((group) => sent(chain, { first, to, parts, converts }, new Set(group)));
}

/** Out of each state the part of its exits that converts and, from `first` on, the places and parts of those to other states. */
type Ways = { first: Int32Array; to: Int32Array; parts: Float64Array; converts: Float64Array };

/**
 * Each step hands on all that has reached a state; what reaches a closed state is lost. What is under way bounds the error, and shrinks
 * with every round because every state leads to an end.
 */
function sent({ start }: Chain, { first, to, parts, converts }: Ways, closed: Set<number>): number {
  const here = new Float64Array(converts.length);
  for (const [state, weight] of start.to) here[state]! += weight;
  const open = Int32Array.from([...here.keys()].filter((state) => !closed.has(state)));
  const all = exitWeight(start);
  let direct = start.convert;
  for (let underWay = all; underWay > REST * all; ) {
    for (let i = 0; i < open.length; i++) {
      const state = open[i]!;
      const mass = here[state]!;
      if (mass === 0) continue;
      here[state] = 0;
      direct += mass * converts[state]!;
      const end = first[state + 1]!;
      for (let way = first[state]!; way < end; way++) here[to[way]!]! += mass * parts[way]!;
    }
    underWay = 0;
    for (let i = 0; i < open.length; i++) underWay += here[open[i]!]!;
  }
  return direct;
}
