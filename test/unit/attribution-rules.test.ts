/** The ten rule models on paths of one to six touches (R8c), against paper. */
import { describe, expect, it } from 'vitest';
import { allocate, WHOLE_PPB } from '../../core/attribution/allocate.ts';
import { publishedModelRows, publishedModels, ruleModels } from '../../core/attribution/models.ts';
import { ruleWeights } from '../../core/attribution/rule-weights.ts';
import { channelWeights } from '../../core/attribution/shapley.ts';
import { byHand, path, paths, WEEK } from '../attribution-by-hand.ts';

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const shares = (weights: number[]) => weights.map((weight) => weight / sum(weights));
const modelOf = (name: string) => ruleModels.find(({ model }) => model === name)!;

describe('the rule models (R8c)', () => {
  it('are the ten', () => expect([...ruleModels.map(({ model }) => model), 'shapley']).toEqual(Object.keys(byHand)));

  const cases = Object.entries(byHand).flatMap(([model, rows]) =>
    rows.map((expected, i) => [model, i + 1, expected] as const),
  );
  it.each(cases)('%s credits %i touches as on paper', (model, length, expected) => {
    const touches = paths[length - 1]!;
    const weights =
      model === 'shapley'
        ? channelWeights(touches.map(({ channel }) => channel))
        : ruleWeights(modelOf(model), touches);
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

  it('credit the last touch where all were direct', () => {
    expect(ruleWeights(modelOf('last_non_direct'), path(3, 0, 0, [1, 2, 3]))).toEqual([0, 0, 200]);
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

  it('reach the views as rows with numbers of their own', () => {
    const rows = [...publishedModelRows.matchAll(/(\d+) as model_no, '(\w+)' as model/g)];
    expect([...new Set(rows.map(([, , model]) => model))]).toEqual(publishedModels);
    expect(rows.map(([, no]) => Number(no))).toEqual(rows.map((_, i) => i + 1));
  });
});
