/** The models are one definition in two tongues: the view and `core/attribution` share alike, to the billionth (R8b–R8d). */
import { expect, it } from 'vitest';
import { allocate, WHOLE_PPB } from '../../core/attribution/allocate.ts';
import { ruleModels } from '../../core/attribution/models.ts';
import { ruleWeights } from '../../core/attribution/rule-weights.ts';
import { channelWeights } from '../../core/attribution/shapley.ts';
import { randomAsOf, randomHouse } from './random-house.ts';

type Share = {
  path: string;
  model: string;
  channel: string;
  is_before_lead: number;
  is_booking: number;
  age_ms: number;
  position: number;
  share_ppb: number;
  value_minor: number;
  revenue_minor: number;
};

it('shares every path as the view does', () => {
  const rows = randomHouse(150, 8).query(
    `select concat(paths.contact_id, ' ', paths.conversion_no, ' ', paths.path_length) as path, models.model, paths.channel,
      paths.age_ms, paths.position, paths.is_before_lead, paths.is_booking, coalesce(shares.share_ppb, 0) as share_ppb, coalesce(shares.value_minor, 0) as value_minor,
      paths.revenue_minor
    from int_attribution_paths as paths
    cross join int_attribution_models as models
    left join int_attribution_shares as shares
      on shares.contact_id = paths.contact_id and shares.conversion_no = paths.conversion_no
      and shares.path_length = paths.path_length and shares.position = paths.position and shares.model_no = models.model_no
    where paths.path_length > 1
    order by 1, 2, paths.position`,
    { as_of: randomAsOf },
  ) as unknown as Share[];
  const paths = Map.groupBy(rows, ({ path, model }) => `${path} ${model}`);
  expect(paths.size).toBeGreaterThan(200);
  for (const path of paths.values()) {
    const lead = path.findLastIndex(({ is_before_lead }) => is_before_lead === 1);
    const opportunity = path.findIndex(({ is_booking }) => is_booking === 1);
    const touches = path.map((touch, i) => ({ ...touch, is_lead: i === lead, is_opportunity: i === opportunity }));
    const rule = ruleModels.find(({ model }) => model === path[0]!.model);
    const weights = rule ? ruleWeights(rule, touches) : channelWeights(path.map(({ channel }) => channel));
    const ppb = allocate(WHOLE_PPB, weights);
    expect(path.map(({ share_ppb }) => share_ppb)).toEqual(ppb);
    expect(path.map(({ value_minor }) => value_minor)).toEqual(allocate(path[0]!.revenue_minor, ppb));
  }
});
