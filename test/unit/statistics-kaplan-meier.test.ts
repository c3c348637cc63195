import { describe, expect, it } from 'vitest';
import { seeded } from '../../cli/sample/prng.ts';
import { conversionByAge } from '../../core/statistics/kaplan-meier.ts';
import { percentile } from '../../core/statistics/percentile.ts';
import { drawPoisson } from '../../core/statistics/poisson-draw.ts';

/**
 * Weeks in remission of the 21 patients on 6-MP of Freireich et al., Blood 21 (1963) 699–716, the example of Cox (1972) and of Kleinbaum
 * and Klein, Survival Analysis, chapter 2; a plus is a patient still in remission when last seen.
 */
const weeks = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'.split(' ');

describe('Kaplan–Meier', () => {
  const rows = conversionByAge(
    weeks.map((week) => ({
      age: Number.parseInt(week, 10),
      converted: week.endsWith('+') ? 0 : 1,
      censored: week.endsWith('+') ? 1 : 0,
    })),
  );

  // age, at risk, S and its log-log bounds as the textbooks print them.
  it.each([
    [6, 21, 0.8571, 0.6197, 0.9516],
    [7, 17, 0.8067, 0.5631, 0.9228],
    [10, 15, 0.7529, 0.5032, 0.8894],
    [13, 12, 0.6902, 0.4316, 0.8491],
    [16, 11, 0.6275, 0.3675, 0.8049],
    [22, 7, 0.5378, 0.2678, 0.7468],
    [23, 6, 0.4482, 0.1881, 0.6801],
  ])('at %i weeks with %i at risk is the published one', (age, at_risk, survival, lower, upper) => {
    const row = rows.find((candidate) => candidate.age === age)!;
    expect(row.at_risk).toBe(at_risk);
    expect(1 - row.rate).toBeCloseTo(survival, 4);
    expect(1 - row.rate_hi!).toBeCloseTo(lower, 4);
    expect(1 - row.rate_lo!).toBeCloseTo(upper, 4);
  });

  it('has a row at each age with an event or a censoring, events first', () => {
    expect(rows).toHaveLength(16);
    expect(rows[0]).toMatchObject({ age: 6, converted: 3, censored: 1 });
    expect(rows.at(-1)).toMatchObject({ age: 35, at_risk: 1 });
  });

  it('has no bounds before the first and after the last conversion, and never NaN', () => {
    expect(
      conversionByAge([
        { age: 1, converted: 0, censored: 1 },
        { age: 2, converted: 3, censored: 0 },
      ]),
    ).toEqual([
      { age: 1, converted: 0, censored: 1, at_risk: 4, rate: 0, rate_lo: null, rate_hi: null },
      { age: 2, converted: 3, censored: 0, at_risk: 3, rate: 1, rate_lo: null, rate_hi: null },
    ]);
    expect(conversionByAge([])).toEqual([]);
  });
});

it('a percentile is the value at row ceil(p·n) (G9)', () => {
  const values = [40, 10, 30, 20];
  expect([0.025, 0.25, 0.26, 0.5, 0.9, 1].map((p) => percentile(values, p))).toEqual([10, 10, 20, 20, 40, 40]);
  expect(values).toEqual([40, 10, 30, 20]);
});

it.each([0, 0.3, 4, 49, 800])('draws of a Poisson count of mean %d have that mean and variance', (mean) => {
  const { next } = seeded(11);
  const draws = Array.from({ length: 4_000 }, () => drawPoisson(mean, next));
  const average = draws.reduce((a, b) => a + b, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length;
  expect(Math.abs(average - mean)).toBeLessThanOrEqual(4 * Math.sqrt(mean / 4_000));
  expect(Math.abs(variance - mean)).toBeLessThanOrEqual(0.15 * mean);
});
