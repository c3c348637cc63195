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
  model_no: number;
  effect_ppb: number;
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
    `select concat(paths.contact_id, ' ', paths.conversion_no, ' ', paths.path_length) as path, models.model, models.model_no, coalesce(effect_ppb, 0) as effect_ppb,
      paths.channel,
      paths.age_ms, paths.position, paths.is_before_lead, paths.is_booking, coalesce(shares.share_ppb, 0) as share_ppb, coalesce(shares.value_minor, 0) as value_minor,
      paths.revenue_minor
    from int_attribution_paths as paths
    join int_attribution_applied as models on models.conversion_type = paths.conversion_type
    left join stg_model_results as effects
      on effects.model = models.model and effects.conversion_type = models.conversion_type
      and effects.lookback = models.lookback and effects.channel = paths.channel
    left join int_attribution_shares as shares
      on shares.contact_id = paths.contact_id and shares.conversion_no = paths.conversion_no
      and shares.path_length = paths.path_length and shares.position = paths.position and shares.model_no = models.model_no
    where paths.path_length > 1
      and paths.in_30d * takes_30d + paths.in_90d * takes_90d + paths.in_all * takes_all > 0
    order by 1, models.model_no, paths.position`,
    { as_of: randomAsOf },
  ) as unknown as Share[];
  const paths = Map.groupBy(rows, ({ path, model_no }) => `${path} ${model_no}`);
  expect(paths.size).toBeGreaterThan(200);
  for (const path of paths.values()) {
    const lead = path.findLastIndex(({ is_before_lead }) => is_before_lead === 1);
    const opportunity = path.findIndex(({ is_booking }) => is_booking === 1);
    const touches = path.map((touch, i) => ({ ...touch, is_lead: i === lead, is_opportunity: i === opportunity }));
    const rule = ruleModels.find(({ model }) => model === path[0]!.model);
    const weights = rule
      ? ruleWeights(rule, touches)
      : path[0]!.model === 'shapley'
        ? channelWeights(path.map(({ channel }) => channel))
        : path.map(({ effect_ppb }) => effect_ppb);
    const ppb = allocate(WHOLE_PPB, weights);
    expect(path.map(({ share_ppb }) => share_ppb)).toEqual(ppb);
    expect(path.map(({ value_minor }) => value_minor)).toEqual(allocate(path[0]!.revenue_minor, ppb));
  }
});
