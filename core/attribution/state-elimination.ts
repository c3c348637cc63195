/**
 * The absorbing chain as a matrix, solved exactly by eliminating states. Eliminating a state moves
 * its weight to the edges around it: w(i,j) += w(i,k)·w(k,j) ÷ Σ w(k,·). That is Gaussian
 * elimination on I − Q in the form of Grassmann, Taksar and Heyman: it only adds, multiplies and
 * divides non-negative numbers, so nothing cancels and no pivoting is needed.
 */
import type { Chain } from './absorbing-chain.ts';

/**
 * `states` are state numbers; one row per state and a last one for the start: weights to the
 * states, to conversion, to null.
 */
type Matrix = { states: number[]; rows: Float64Array[] };

function matrixOf(chain: Chain): Matrix {
  const size = chain.states.length;
  const rows = [...chain.states, chain.start].map(({ convert, leave, to }) => {
    const row = new Float64Array(size + 2);
    for (const [after, weight] of to) row[after] = weight;
    row[size] = convert;
    row[size + 1] = leave;
    return row;
  });
  return { states: [...chain.states.keys()], rows };
}

/**
 * Eliminates the state of row `last`; its column is the next one, since columns have both ends and
 * rows only the start.
 */
function eliminateLast(rows: Float64Array[], last: number): void {
  const through = rows[last]!;
  let total = 0;
  for (let j = 0; j <= last; j++) total += through[j]!;
  for (let i = 0; i < last; i++) {
    const row = rows[i]!;
    const part = row[last + 1]! / total;
    if (part === 0) continue;
    for (let j = 0; j <= last; j++) row[j]! += part * through[j]!;
  }
}

/** The chain without these states, with the same probability of conversion. */
function without({ states, rows }: Matrix, leaving: Set<number>): Matrix {
  const size = states.length;
  const goes = (place: number) => place < size && leaving.has(states[place]!);
  // The start and both ends come before the eliminated states, so that what is kept is a leading
  // block.
  const order = [...Array(size + 2).keys()].sort((a, b) => Number(goes(a)) - Number(goes(b)));
  const moved = order
    .filter((place) => place <= size)
    .map((place) => Float64Array.from(order, (column) => rows[place]![column]!));
  const kept = size - leaving.size;
  for (let last = size; last > kept; last--) eliminateLast(moved, last);
  return {
    states: states.filter((state) => !leaving.has(state)),
    rows: moved.slice(0, kept + 1).map((row) => row.slice(0, kept + 2)),
  };
}

/**
 * Halves the groups recursively and eliminates the states of the other half each time: all together
 * cost little more than one solve.
 */
function each(matrix: Matrix, groups: number[][]): number[] {
  if (groups.length === 1) return [matrix.rows[matrix.states.length]![matrix.states.length]!];
  const [left, right] = [groups.slice(0, groups.length >> 1), groups.slice(groups.length >> 1)];
  const [inLeft, inRight] = [new Set(left.flat()), new Set(right.flat())];
  return [...each(without(matrix, inRight), left), ...each(without(matrix, inLeft), right)];
}

/**
 * Per group of states, the weight of conversions that pass through none of them. Each state must be
 * in exactly one group.
 */
export const convertedAvoiding = (chain: Chain, groups: number[][]): number[] =>
  each(matrixOf(chain), groups);
