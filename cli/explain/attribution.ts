/** The credits and touches behind the numbers of attribution. */
import { type Behind, inMonth, whose } from './behind.ts';

const conversion = `t.contact_key = key.contact_key and t.conversion_type = key.conversion_type
  and t.conversion_key = key.conversion_key`;
const ofTouch = (column: string): string => `(select max(h.${column}) from attribution_touch as h
  where h.contact_key = t.contact_key and h.conversion_type = t.conversion_type
    and h.conversion_key = t.conversion_key and h.touch_key = t.touch_key)`;
const ofContact = (column: string): string => whose(`c.${column} = key.value`);

export const attributionSummary: Behind[] = [
  {
    table: 'attribution_credit',
    when: "key.dimension <> 'training'",
    where: `t.conversion_type = key.conversion_type and t.model = key.model and t.lookback = key.lookback
      and t.month_start = key.month_start and t.currency = key.currency
      and case key.dimension when 'channel' then t.channel = key.value when 'campaign' then t.campaign = key.value
        when 'message' then t.message = key.value when 'email_type' then ${ofTouch('email_type')} = key.value
        when 'step' then ${ofTouch('step')} = key.value when 'lead_type' then ${ofContact('lead_type')}
        else ${ofContact('offer')} end`,
    figures: {
      conversions: { of: 'coalesce(sum(t.share_ppb), 0) / 1e9' },
      revenue: { of: 'coalesce(sum(t.value), 0)' },
    },
  },
  {
    table: 'fct_ad_spend',
    when: "key.dimension = 'channel' or (key.dimension = 'campaign' and key.value <> 'none')",
    where: `t.currency = key.currency and ${inMonth('t.spent_day')}
      and case key.dimension when 'channel' then t.channel else t.campaign end = key.value`,
    figures: { spend: { of: 'sum(t.amount)' } },
  },
  {
    view: 'int_attribution_paths',
    when: "key.dimension = 'training'",
    columns: ['conversions', 'revenue', 'share', 'rank'],
  },
];

export const attributionPaths: Behind[] = [
  {
    view: 'int_attribution_journeys',
    columns: [
      'length',
      'converting',
      'non_converting',
      'paths',
      'conversion_rate',
      'revenue',
      'other_currency_purchases',
      'median_days',
    ],
  },
];

export const attributionCredit: Behind[] = [
  {
    table: 'attribution_touch',
    where: `${conversion} and t.touch_key = key.touch_key`,
    figures: {},
  },
];

export const attributionTouch: Behind[] = [
  {
    table: 'attribution_touch',
    where: `${conversion} and t.lookback = key.lookback`,
    figures: { path_length: { only: 't.position > 0' } },
  },
];
