/**
 * The rule models that counts of paths can tell, on paths of one to six touches (R8c), against
 * paper.
 */
import { describe, expect, it } from 'vitest';
import { pathModels } from '../../core/attribution/attribute.ts';
import { publishedModelRows, publishedModels, ruleModels } from '../../core/attribution/models.ts';
import { ruleWeights } from '../../core/attribution/rule-weights.ts';
import { byHand, paths } from '../attribution-by-hand.ts';

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const shares = (weights: number[]) => weights.map((weight) => weight / sum(weights));
const modelOf = (name: string) => ruleModels.find(({ model }) => model === name)!;

describe('the rule models (R8c)', () => {
  it('are the ten', () =>
    expect([...ruleModels.map(({ model }) => model), 'shapley']).toEqual(Object.keys(byHand)));

  const cases = ruleModels
    .filter(({ model }) => pathModels.includes(model))
    .flatMap((rule) =>
      byHand[rule.model]!.map((expected, i) => [rule.model, i + 1, rule, expected] as const),
    );
  it.each(cases)('%s credits %i touches as on paper', (_, length, rule, expected) => {
    const weights = ruleWeights(
      rule,
      paths[length - 1]!.map(({ channel }) => channel),
    );
    shares(weights).forEach((share, i) => {
      expect(share).toBeCloseTo(shares(expected)[i]!, 9);
    });
  });

  it('credit the last touch where all were direct', () => {
    expect(ruleWeights(modelOf('last_non_direct'), ['direct', 'direct', 'direct'])).toEqual([
      0, 0, 200,
    ]);
  });

  it('know direct by the names that reports give it', () => {
    const channels = ['email', 'Direct', '(direct)', '(direct) / (none)'];
    expect(ruleWeights(modelOf('last_non_direct'), channels).map((weight) => weight > 0)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('reach the views as rows with numbers of their own', () => {
    const rows = [...publishedModelRows.matchAll(/(\d+) as model_no, '(\w+)' as model/g)];
    expect([...new Set(rows.map(([, , model]) => model))]).toEqual(publishedModels);
    expect(rows.map(([, no]) => Number(no))).toEqual(rows.map((_, i) => i + 1));
  });
});
