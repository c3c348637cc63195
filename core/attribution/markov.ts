/**
 * Removal effects: which part of the conversions would be lost if a channel led to null (R8d).
 * Home of R8d.
 */
import { addPassages, addState, type Chain, emptyChain, exitWeight } from './absorbing-chain.ts';
import { sentAvoiding } from './passages.ts';
import { channelsOf, type Path } from './path.ts';
import { convertedAvoiding } from './state-elimination.ts';

/** How many touches the next one depends on: the last, or the last two. */
export type Order = 1 | 2;

/** The most states for elimination, whose time grows with their cube. */
const MATRIX_STATES = 1_000;
/** A passage is followed for so many times its length, until almost nothing of it is left. */
const ROUNDS = 20;

/** A smaller effect is rounding error of a channel that no conversion needs. */
const ROUNDING = 1e-12;

/**
 * The chain of the paths, and per channel the states that its removal closes. A state is a channel,
 * or for order 2 a channel and the one before it (none at the start).
 */
function chainOf(
  paths: Path[],
  channels: string[],
  order: Order,
): { chain: Chain; groups: number[][] } {
  const places = new Map(channels.map((channel, place) => [channel, place]));
  const chain = emptyChain();
  const groups: number[][] = channels.map(() => []);
  const states = new Map<number, number>();
  const stateOf = (before: number, place: number): number => {
    const pair = order === 1 ? place : before * channels.length + place;
    const known = states.get(pair);
    if (known !== undefined) return known;
    const state = addState(chain);
    states.set(pair, state);
    groups[place]!.push(state);
    return state;
  };
  for (const { channels: touched, conversions, non_conversions } of paths) {
    const passages = conversions + non_conversions;
    if (touched.length === 0 || passages === 0) continue;
    let before = channels.length;
    let from: number | undefined;
    for (const channel of touched) {
      const place = places.get(channel)!;
      const state = stateOf(before, place);
      addPassages(chain, from, state, passages);
      before = place;
      from = state;
    }
    chain.states[from!]!.convert += conversions;
    chain.states[from!]!.leave += non_conversions;
  }
  return { chain, groups };
}

/**
 * Estimated multiplications: about two per cell and state of a matrix, or one per edge, round and
 * removal.
 */
function isMatrixQuicker({ start, states }: Chain, removals: number): boolean {
  if (states.length > MATRIX_STATES) return false;
  const ways = states.reduce((sum, { to }) => sum + to.size, 0);
  const length = states.reduce((sum, exits) => sum + exitWeight(exits), 0) / exitWeight(start);
  return 2 * states.length ** 3 <= removals * ways * length * ROUNDS;
}

/**
 * Per channel 1 − P(conversion without it) ÷ P(conversion), between 0 and 1, solved exactly over
 * converting and non-converting paths; 0 for all if nothing converted. Paths without a touch are
 * left out. Channels are in the order of their first appearance.
 */
export function removalEffects(paths: Path[], order: Order): Map<string, number> {
  const channels = channelsOf(paths);
  // The chain converts as often as its paths did, since a state has as many entries as exits.
  const all = paths.reduce(
    (sum, path) => sum + (path.channels.length > 0 ? path.conversions : 0),
    0,
  );
  if (all === 0) return new Map(channels.map((channel) => [channel, 0]));
  const { chain, groups } = chainOf(paths, channels, order);
  const avoiding = isMatrixQuicker(chain, groups.length)
    ? convertedAvoiding(chain, groups)
    : sentAvoiding(chain, groups);
  return new Map(
    channels.map((channel, i) => {
      const effect = Math.min(1 - avoiding[i]! / all, 1);
      return [channel, effect > ROUNDING ? effect : 0];
    }),
  );
}
