/** The published rule models are one definition in two tongues: the view and `core/attribution` share alike, to the billionth (R8b, R8c). */
import { expect, it } from 'vitest';
import { allocate, WHOLE_PPB } from '../../core/attribution/allocate.ts';
import { ruleModels } from '../../core/attribution/models.ts';
import { ruleWeights } from '../../core/attribution/rule-weights.ts';
import { randomAsOf, randomHouse } from './random-house.ts';

type Share = {
  path: string;
  model: string;
  channel: string;
  age_ms: number;
  position: number;
  share_ppb: number;
  value_minor: number;
  revenue_minor: number;
};

it('shares every path as the view does', () => {
  const rows = randomHouse(150, 8).query(
    `select concat(paths.contact_id, ' ', paths.conversion_no, ' ', paths.path_length) as path, models.model, paths.channel,
      paths.age_ms, paths.position, coalesce(shares.share_ppb, 0) as share_ppb, coalesce(shares.value_minor, 0) as value_minor,
      paths.revenue_minor
    from int_attribution_paths as paths
    cross join int_attribution_models as models
    left join int_attribution_shares as shares
      on shares.contact_id = paths.contact_id and shares.conversion_no = paths.conversion_no
      and shares.path_length = paths.path_length and shares.position = paths.position and shares.model = models.model
    where paths.path_length > 1
    order by 1, 2, paths.position`,
    { as_of: randomAsOf },
  ) as unknown as Share[];
  const paths = Map.groupBy(rows, ({ path, model }) => `${path} ${model}`);
  expect(paths.size).toBeGreaterThan(200);
  for (const path of paths.values()) {
    const model = ruleModels.find((rule) => rule.model === path[0]!.model)!;
    const ppb = allocate(WHOLE_PPB, ruleWeights(model, path));
    expect(path.map(({ share_ppb }) => share_ppb)).toEqual(ppb);
    expect(path.map(({ value_minor }) => value_minor)).toEqual(allocate(path[0]!.revenue_minor, ppb));
  }
});
