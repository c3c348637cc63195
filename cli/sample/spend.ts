/** What the ads cost, by week and campaign. For one month the cost of the banners is unknown. */
import { DAY, HOUR, WEEK } from '../../core/durations.ts';
import { WEEKS } from './calendar.ts';
import { apiDelivery, type Delivery, instant } from './delivery.ts';
import { adverts } from './people.ts';
import { seeded } from './prng.ts';

/** About what a week of one campaign costs. The channels are those of the source tags. */
const weekly = { paid: 38, display: 9 } as const;
/** The month of this instant (relative to the season's end) has no bill for the banners. */
const UNKNOWN_AT = -7 * WEEK;

/**
 * One delivery per channel, campaign and week, a day later. The unknown month is a calendar month,
 * so that the other months are complete. Which rows it leaves out depends on `end`; nothing else
 * does.
 */
export function spendDeliveries(end: number, seed: number): Delivery[] {
  const random = seeded(seed);
  const unknown = monthOf(end + UNKNOWN_AT);
  const deliveries: Delivery[] = [];
  for (let week = -WEEKS; week < 0; week++)
    for (const [channel, cost] of Object.entries(weekly))
      for (const campaign of adverts) {
        const at = end + week * WEEK + 12 * HOUR;
        const amount = random.around(cost, 1.3).toFixed(2);
        const key = `spend-${channel}-${campaign}-${WEEKS + week + 1}`;
        const row = {
          channel,
          campaign,
          day: instant(at),
          amount,
          currency: 'USD',
          external_id: key,
        };
        if (channel !== 'display' || monthOf(at) !== unknown)
          deliveries.push(apiDelivery('/api/ad-spend', key, at + DAY, row));
      }
  return deliveries;
}

const monthOf = (at: number): string => instant(at).slice(0, 7);
