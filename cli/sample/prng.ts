/** A small seeded random generator, so that every machine draws the same season. */
import { randomFrom } from '../../core/statistics/random.ts';

export type Random = {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** Picks a key with a chance in proportion to its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /**
   * A log-normal value with this median; most draws lie between median ÷ spread and median ×
   * spread.
   */
  around(median: number, spread: number): number;
  shuffle<T>(values: readonly T[]): T[];
};

export function seeded(seed: number): Random {
  const next = randomFrom(seed);
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (values) => values[whole(0, values.length - 1)] as (typeof values)[number],
    weighted(weights) {
      const entries = Object.entries<number>(weights);
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key as keyof typeof weights;
      }
      return entries.at(-1)?.[0] as keyof typeof weights;
    },
    around(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * spread ** normal;
    },
    shuffle(values) {
      const shuffled = [...values];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = whole(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other] as never, shuffled[last] as never];
      }
      return shuffled;
    },
  };
}
