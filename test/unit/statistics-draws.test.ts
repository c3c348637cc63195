import { expect, it } from 'vitest';
import { seeded } from '../../cli/sample/prng.ts';
import { percentile } from '../../core/statistics/percentile.ts';
import { drawPoisson } from '../../core/statistics/poisson-draw.ts';

it('a percentile is the value at row ceil(p·n) (G9)', () => {
  const values = [40, 10, 30, 20];
  expect([0.025, 0.25, 0.26, 0.5, 0.9, 1].map((p) => percentile(values, p))).toEqual([
    10, 10, 20, 20, 40, 40,
  ]);
  expect(values).toEqual([40, 10, 30, 20]);
});

it.each([0, 0.3, 4, 49, 800])(
  'draws of a Poisson count of mean %d have that mean and variance',
  (mean) => {
    const { next } = seeded(11);
    const draws = Array.from({ length: 4_000 }, () => drawPoisson(mean, next));
    const average = draws.reduce((a, b) => a + b, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length;
    expect(Math.abs(average - mean)).toBeLessThanOrEqual(4 * Math.sqrt(mean / 4_000));
    expect(Math.abs(variance - mean)).toBeLessThanOrEqual(0.15 * mean);
  },
);
