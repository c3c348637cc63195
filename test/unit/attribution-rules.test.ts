/** The ten rule models on paths of one to six touches (R8c), computed on paper: the working stands beside each row. */
import { describe, expect, it } from 'vitest';
import { allocate, WHOLE_PPB } from '../../core/attribution/allocate.ts';
import { ruleModelRows, ruleModels } from '../../core/attribution/models.ts';
import { ruleWeights, type Touch } from '../../core/attribution/rule-weights.ts';

const WEEK = 7 * 86_400_000;

/** Touches a week apart, the last of them `last_age` old; `lead`, `opportunity` and the direct ones are places from 1. */
function path(length: number, lead: number, opportunity: number, direct: number[], last_age = 0): Touch[] {
  return Array.from({ length }, (_, i) => ({
    channel: direct.includes(i + 1) ? 'direct' : `channel ${i + 1}`,
    age_ms: (length - 1 - i) * WEEK + last_age,
    is_lead: lead === i + 1,
    is_opportunity: opportunity === i + 1,
  }));
}

const paths = [
  path(1, 1, 0, [1]),
  path(2, 1, 2, [2]),
  path(3, 2, 3, [2, 3]),
  path(4, 2, 3, [1, 4]),
  path(5, 2, 4, []),
  path(6, 3, 5, [1, 2, 3, 4, 5, 6]),
];

/** Per model one list of shares per path, as whole numbers to be divided by their sum. */
const table: Record<string, number[][]> = {
  first: [[1], [1, 0], [1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]],
  last: [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 1]],
  // Of 2 the last is direct; of 3 both last; of 4 the last; of 5 none; of 6 all, so that the last keeps it.
  last_non_direct: [[1], [1, 0], [1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 1]],
  linear: [[1], [1, 1], [1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]],
  // 40 and 40 alone are 50/50; then 20 over 1, 2, 3 and 4 touches in between (three: 40, 20/3 …, times 3: 120, 20 …).
  u_shaped: [[1], [1, 1], [40, 20, 40], [40, 10, 10, 40], [120, 20, 20, 20, 120], [40, 5, 5, 5, 5, 40]],
  // 2: first and lead 60, booking 30. 3: 30 each, nobody holds the rest. 4: the last has the rest, 10. 5: 3rd and last share it, 5 each.
  // 6: 2nd, 4th and last share it, 10/3 each; times 3.
  w_shaped: [[1], [60, 30], [30, 30, 30], [30, 30, 30, 10], [30, 30, 5, 30, 5], [90, 10, 90, 10, 90, 10]],
  // 2: first and lead 45, booking and close 45. 3: the last is booking and close. 4: each has one role. 5: the 3rd has the rest, 10.
  // 6: 2nd and 4th share it, 5 each.
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
  j_shaped: [[1], [20, 60], [20, 20, 60], [20, 10, 10, 60], [60, 20, 20, 20, 180], [20, 5, 5, 5, 5, 60]],
  inverse_j: [[1], [60, 20], [60, 20, 20], [60, 10, 10, 20], [180, 20, 20, 20, 60], [60, 5, 5, 5, 5, 20]],
};

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const shares = (weights: number[]) => weights.map((weight) => weight / sum(weights));
const modelOf = (name: string) => ruleModels.find(({ model }) => model === name)!;

describe('the rule models (R8c)', () => {
  it('are the ten', () => expect(ruleModels.map(({ model }) => model)).toEqual(Object.keys(table)));

  const cases = Object.entries(table).flatMap(([model, rows]) =>
    rows.map((expected, i) => [model, i + 1, expected] as const),
  );
  it.each(cases)('%s credits %i touches as on paper', (model, length, expected) => {
    const weights = ruleWeights(modelOf(model), paths[length - 1]!);
    shares(weights).forEach((share, i) => {
      expect(share).toBeCloseTo(shares([...expected])[i]!, 9);
    });
    const ppb = allocate(WHOLE_PPB, weights);
    expect(sum(ppb)).toBe(WHOLE_PPB);
    ppb.forEach((part, i) => {
      expect(Math.abs(part / WHOLE_PPB - shares([...expected])[i]!)).toBeLessThan(2e-9);
    });
  });

  it('drop a role that nobody holds and rescale the others', () => {
    // No booking before the lead: first 30, lead 30, rest 10 over two touches, of 70.
    const touches = path(4, 3, 0, []);
    expect(shares(ruleWeights(modelOf('w_shaped'), touches))).toEqual(shares([30, 5, 30, 5]));
    // A conversion before the person became a lead: first 22.5, close 22.5, rest 10 over two, of 55.
    expect(shares(ruleWeights(modelOf('full_path'), path(4, 0, 0, [])))).toEqual(shares([22.5, 5, 5, 22.5]));
  });

  it('give a touch in three roles all three weights', () => {
    const touches = path(3, 3, 3, []);
    expect(shares(ruleWeights(modelOf('full_path'), touches))).toEqual(shares([22.5, 10, 67.5]));
  });

  it('decay from the last touch on, however old it is', () => {
    const model = modelOf('time_decay');
    expect(ruleWeights(model, path(3, 0, 0, [], 900 * WEEK))).toEqual(ruleWeights(model, path(3, 0, 0, [])));
  });

  it('know direct by the names that reports give it', () => {
    const touches = ['email', 'Direct', '(direct)', '(direct) / (none)'].map((channel) => ({ channel }));
    expect(ruleWeights(modelOf('last_non_direct'), touches).map((weight) => weight > 0)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each(ruleModels)('$model credits 5,000 touches whole', (model) => {
    const ppb = allocate(WHOLE_PPB, ruleWeights(model, path(5_000, 40, 2_000, [1, 5_000])));
    expect(ppb).toHaveLength(5_000);
    expect(sum(ppb)).toBe(WHOLE_PPB);
    expect(Math.min(...ppb)).toBeGreaterThanOrEqual(0);
  });

  it('reach the views as rows of the models that they publish', () => {
    expect([...ruleModelRows.matchAll(/'(\w+)' as model/g)].map(([, model]) => model)).toEqual([
      'first',
      'last',
      'linear',
      'u_shaped',
      'time_decay',
    ]);
  });
});
