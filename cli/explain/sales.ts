/** The purchases, receipts and refunds behind the numbers of money. */
import { DAY } from '../../core/rules/config.ts';
import {
  type Behind,
  inHouseCurrency,
  inOtherCurrency,
  inWeek,
  whose,
  whoseContactInSegment,
} from './behind.ts';

export const dailySales: Behind = {
  table: 'fct_purchase',
  where: `t.purchased_day = key.day and t.agent = key.agent and key.campaign = 'none'
    and ${whose('c.channel = key.channel and c.lead_type = key.lead_type')}`,
  figures: {
    first_purchases: { only: 't.is_first_purchase' },
    purchases: { only: "t.kind <> 'refund'" },
    revenue: { only: inHouseCurrency, of: 'coalesce(sum(t.amount), 0)' },
    other_currency_purchases: { only: inOtherCurrency },
  },
};

export const weeklySales: Behind[] = [
  {
    table: 'fct_purchase',
    when: "key.unit = 'money'",
    where: `${inHouseCurrency} and ${inWeek('t.purchased_day')}`,
    figures: { value: { of: 'coalesce(sum(t.amount), 0)' } },
  },
  {
    table: 'fct_purchase',
    when: "key.line = 'Top Channel'",
    where: `t.is_first_purchase and ${inWeek('t.purchased_day')} and ${whose('c.channel = key.value_text')}`,
    figures: { numerator: {} },
  },
];

/** The purchase that a refund names; another row names itself. */
const bought = (column: string): string => `coalesce((select p.${column} from fct_purchase as p
  where p.contact_key = t.contact_key and p.purchase_key = t.refund_of), t.${column})`;
const enrolled = "t.kind <> 'refund' and t.is_run_start";

export const trainingOutcomes: Behind[] = [
  {
    table: 'fct_purchase',
    where: `${bought('training')} = key.product and ${bought('cohort')} = key.cohort`,
    figures: {
      enrolled: { only: enrolled },
      completed: {
        only: `${enrolled} and t.status <> 'dropped' and (t.completed_at is not null or t.status = 'completed')`,
      },
      certificates: { only: `${enrolled} and t.certificate_issued` },
      refunded: { only: `${enrolled} and t.is_refunded` },
      revenue: { only: inHouseCurrency, of: 'coalesce(sum(t.amount), 0)' },
      other_currency_purchases: { only: inOtherCurrency },
    },
  },
];

/** A customer's month is the one of the first purchase; who has refunds only stands in that of the first refund. */
const firstDay = `(select coalesce(min(p.purchased_day) filter (where p.is_first_purchase), min(p.purchased_day))
  from fct_purchase as p where p.contact_key = t.contact_key)`;
const sum = (kind: string, sign = '') => ({
  only: `t.kind = '${kind}'`,
  of: `coalesce(sum(${sign}t.amount), 0)`,
});

/** What the first purchase of the customer says. */
const first = (column: string): string => `(select max(p.${column}) from fct_purchase as p
  where p.contact_key = t.contact_key and p.is_first_purchase)`;

/** What the first touch before the first purchase names, as attribution credits it. */
const firstTouch = (
  column: string,
): string => `coalesce((select max(a.${column}) from attribution_credit as a
  where a.contact_key = t.contact_key and a.conversion_type = 'first_purchase' and a.model = 'first' and a.lookback = 'all'),
  'unattributed')`;

const firstAt = `(select min(epoch_ms(p.purchased_at)) from fct_purchase as p
  where p.contact_key = t.contact_key and p.is_first_purchase)`;

/** What customers brought in their first days, of those who have been watched for as many and bought in this currency. */
function within(days: number) {
  const ms = days * DAY;
  const isWatched = `epoch_ms(t.as_of) - ${firstAt} >= ${ms} and exists (select 1 from fct_purchase as p
    where p.contact_key = t.contact_key and p.currency = t.currency and p.kind <> 'refund')`;
  return {
    [`customers_${days}`]: { only: isWatched, of: 'count(distinct t.contact_key)' },
    [`net_${days}`]: {
      only: `${isWatched} and epoch_ms(t.purchased_at) - ${firstAt} < ${ms}`,
      of: 'coalesce(sum(t.amount), 0)',
    },
  };
}

export const revenue: Behind[] = [
  {
    table: 'fct_purchase',
    where: `${inHouseCurrency} and date_trunc('month', ${firstDay}) = key.month_start
      and case key.dimension when 'training' then coalesce(${first('training')}, 'unknown') = key.value
        when 'agent' then coalesce(${first('agent')}, 'unknown') = key.value
        when 'channel' then ${firstTouch('channel')} = key.value
        when 'campaign' then ${firstTouch('campaign')} = key.value
        when 'message' then ${firstTouch('message')} = key.value else ${whoseContactInSegment} end`,
    figures: {
      customers: { only: "t.kind <> 'refund'", of: 'count(distinct t.contact_key)' },
      one_off: sum('one_off'),
      subscription_receipts: sum('subscription'),
      refunds: sum('refund', '-'),
      net: { of: 'coalesce(sum(t.amount), 0)' },
      ...{ ...within(30), ...within(90), ...within(365) },
    },
  },
];
