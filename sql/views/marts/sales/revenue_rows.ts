/** The purchases, receipts and refunds behind the numbers of `revenue`. */
import { DAY } from '../../../../core/durations.ts';
import {
  type Figure,
  firstPurchaseAt,
  inHouseCurrency,
  msBetween,
  type RowsBehind,
  whoseContactInSegment,
} from '../../../rows-behind.ts';

/** The month of the first purchase; of those with refunds only, the month of the first refund. */
const firstDay = `(
  select coalesce(min(p.purchased_day) filter (where p.is_first_purchase), min(p.purchased_day))
  from fct_purchase as p where p.contact_key = t.contact_key
)`;
const sumOf = (kind: string, sign = ''): Figure => ({
  only: `t.kind = '${kind}'`,
  of: `coalesce(sum(${sign}t.amount), 0)`,
});

/** What the first purchase of the customer names. */
const ofFirstPurchase = (column: string): string => `coalesce((
  select max(p.${column}) from fct_purchase as p
  where p.contact_key = t.contact_key and p.is_first_purchase
), 'unknown')`;

/** What the first touch before the first purchase names, as attribution credits it. */
const ofFirstTouch = (column: string): string => `coalesce((
  select max(a.${column}) from attribution_credit as a
  where a.contact_key = t.contact_key and a.conversion_type = 'first_purchase'
    and a.model = 'first' and a.lookback = 'all'
), 'unattributed')`;

/**
 * Of customers watched for so many days who bought in this currency: they, and what they brought.
 */
function within(days: number): Record<string, Figure> {
  const ms = days * DAY;
  const isWatched = `${msBetween(firstPurchaseAt, 't.as_of')} >= ${ms} and exists (
    select 1 from fct_purchase as p
    where p.contact_key = t.contact_key and p.currency = t.currency and p.kind <> 'refund'
  )`;
  return {
    [`customers_${days}`]: { only: isWatched, of: 'count(distinct t.contact_key)' },
    [`net_${days}`]: {
      only: `${isWatched} and ${msBetween(firstPurchaseAt, 't.purchased_at')} < ${ms}`,
      of: 'coalesce(sum(t.amount), 0)',
    },
  };
}

export const rows: RowsBehind[] = [
  {
    table: 'fct_purchase',
    where: `${inHouseCurrency} and date_trunc('month', ${firstDay}) = key.month_start
      and case key.dimension
        when 'training' then ${ofFirstPurchase('training')} = key.value
        when 'agent' then ${ofFirstPurchase('agent')} = key.value
        when 'channel' then ${ofFirstTouch('channel')} = key.value
        when 'campaign' then ${ofFirstTouch('campaign')} = key.value
        when 'message' then ${ofFirstTouch('message')} = key.value
        else ${whoseContactInSegment}
      end`,
    figures: {
      customers: { only: "t.kind <> 'refund'", of: 'count(distinct t.contact_key)' },
      one_off: sumOf('one_off'),
      subscription_receipts: sumOf('subscription'),
      refunds: sumOf('refund', '-'),
      net: { of: 'coalesce(sum(t.amount), 0)' },
      ...within(30),
      ...within(90),
      ...within(365),
    },
  },
];
