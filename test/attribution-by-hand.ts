/**
 * What each model gives the touches of six paths, computed on paper: the working stands beside each
 * row (R8c, R8d).
 */
import { WEEK } from '../core/durations.ts';

type Touch = {
  channel: string;
  /** Milliseconds from the touch to the conversion. */
  age_ms: number;
  /** The last touch at or before the person became a lead. */
  is_lead: boolean;
  /** The path's first booking. */
  is_opportunity: boolean;
};

/**
 * Touches a week apart, the last of them at the conversion; `lead`, `opportunity` and the direct
 * ones are places from 1.
 */
function path(length: number, lead: number, opportunity: number, direct: number[]): Touch[] {
  return Array.from({ length }, (_, i) => ({
    channel: direct.includes(i + 1) ? 'direct' : `channel ${i + 1}`,
    age_ms: (length - 1 - i) * WEEK,
    is_lead: lead === i + 1,
    is_opportunity: opportunity === i + 1,
  }));
}

/** The n-th has n touches. A booking is never direct, so that a house can hold them. */
export const paths = [
  path(1, 1, 0, [1]),
  path(2, 1, 2, [1]),
  path(3, 2, 3, [2]),
  path(4, 2, 3, [1, 4]),
  path(5, 2, 4, []),
  path(6, 3, 5, [1, 2, 3, 4, 6]),
];

/** Per model one list of shares per path, as numbers to be divided by their sum. */
export const byHand: Record<string, number[][]> = {
  first: [[1], [1, 0], [1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]],
  last: [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 1]],
  // Only of 4 and 6 the last is direct; of 1 all are, so that the last keeps it.
  last_non_direct: [[1], [0, 1], [0, 0, 1], [0, 0, 1, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 1, 0]],
  linear: [[1], [1, 1], [1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]],
  // 40 and 40 alone are 50/50; then 20 over 1, 2, 3 and 4 touches in between (three: 40, 20/3 …,
  // times 3: 120, 20 …).
  u_shaped: [
    [1],
    [1, 1],
    [40, 20, 40],
    [40, 10, 10, 40],
    [120, 20, 20, 20, 120],
    [40, 5, 5, 5, 5, 40],
  ],
  // 2: first and lead 60, booking 30. 3: 30 each, nobody holds the rest. 4: the last has the rest,
  // 10. 5: 3rd and last share it, 5 each. 6: 2nd, 4th and last share it, 10/3 each; times 3.
  w_shaped: [
    [1],
    [60, 30],
    [30, 30, 30],
    [30, 30, 30, 10],
    [30, 30, 5, 30, 5],
    [90, 10, 90, 10, 90, 10],
  ],
  // 2: first and lead 45, booking and close 45. 3: the last is booking and close. 4: each has one
  // role. 5: the 3rd has the rest, 10. 6: 2nd and 4th share it, 5 each.
  full_path: [
    [1],
    [45, 45],
    [22.5, 22.5, 45],
    [22.5, 22.5, 22.5, 22.5],
    [22.5, 22.5, 10, 22.5, 22.5],
    [22.5, 5, 22.5, 5, 22.5, 22.5],
  ],
  // Each week earlier is worth half: 1, 2, 4 … from the first touch on.
  time_decay: [[1], [1, 2], [1, 2, 4], [1, 2, 4, 8], [1, 2, 4, 8, 16], [1, 2, 4, 8, 16, 32]],
  // 20 and 60 alone are 25/75; then 20 over those in between, as u_shaped.
  j_shaped: [
    [1],
    [20, 60],
    [20, 20, 60],
    [20, 10, 10, 60],
    [60, 20, 20, 20, 180],
    [20, 5, 5, 5, 5, 60],
  ],
  inverse_j: [
    [1],
    [60, 20],
    [60, 20, 20],
    [60, 10, 10, 20],
    [180, 20, 20, 20, 60],
    [60, 5, 5, 5, 5, 20],
  ],
  // 4: three channels, of which direct has two touches. 6: two, of which direct has five.
  shapley: [[1], [1, 1], [1, 1, 1], [1, 2, 2, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 5, 1]],
};
