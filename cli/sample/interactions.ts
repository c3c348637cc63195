/**
 * What a prospect does outside calls and email: the form or download that made the lead, trials,
 * visits, WhatsApp.
 */
import { DAY, HOUR, MINUTE } from '../../core/durations.ts';
import { inOffice } from './calendar.ts';
import { apiDelivery, type Delivery, instant } from './delivery.ts';
import type { Prospect } from './people.ts';
import type { Random } from './prng.ts';

type Happening = {
  channel: string;
  outcome: string;
  at: number;
  summary?: string;
  medium?: string;
};

export type InteractionOutcome = { deliveries: Delivery[]; attendedAt: number | null };

/**
 * Draws the interactions of the whole season; `clickedAt` (relative ms) brings some people to the
 * price list.
 */
export function drawInteractions(
  random: Random,
  person: Prospect,
  end: number,
  clickedAt: number | null,
): InteractionOutcome {
  const happenings = firstSteps(random, person);
  let attendedAt: number | null = null;
  const trial = person.leadType === 'trial_class' || person.leadType === 'mock_test';
  if (trial && random.chance(Math.min(0.85, 0.5 * person.warmth))) {
    attendedAt = inOffice(person.addedAt + random.whole(3, 10) * DAY, random);
    happenings.push({
      channel: 'event',
      outcome: 'attended',
      at: attendedAt,
      summary: person.offer ?? 'Trial class',
    });
  }
  if (clickedAt !== null && random.chance(0.45))
    happenings.push({
      channel: 'web',
      outcome: 'visited_pricing',
      at: clickedAt + random.whole(40, 900) * 1_000,
      medium: 'email',
    });
  if (person.warmth > 1.2 && random.chance(0.2))
    happenings.push({
      channel: 'web',
      outcome: 'visited_pricing',
      at: person.addedAt + random.around(4 * DAY, 2),
    });
  const deliveries = happenings
    .filter(({ at }) => at < 0)
    .map(({ channel, outcome, at, summary, medium }, index) =>
      apiDelivery('/api/interactions', `interaction-${person.number}-${index}`, end + at, {
        contact: person.email,
        occurred_at: instant(end + at),
        channel,
        direction: 'inbound',
        outcome,
        initiated_by: 'self',
        summary,
        utm_medium: medium,
        utm_source: medium === 'email' ? 'email' : medium ? 'facebook' : null,
        utm_campaign: medium === 'cpc' ? person.campaignTag : null,
        external_id: `interaction-${person.number}-${index}`,
      }),
    );
  return { deliveries, attendedAt: attendedAt !== null && attendedAt < 0 ? attendedAt : null };
}

/** What each type of lead did first. */
function firstSteps(random: Random, person: Prospect): Happening[] {
  const at = person.addedAt + random.whole(2, 50) * 1_000;
  switch (person.leadType) {
    case 'facebook_ad':
      return [{ channel: 'web', outcome: 'form', at, medium: 'cpc' }];
    case 'trial_class':
      return [{ channel: 'web', outcome: 'trial', at, summary: person.offer ?? 'Trial class' }];
    case 'mock_test':
      return [{ channel: 'web', outcome: 'mock_test', at, summary: person.offer ?? 'Mock test' }];
    case 'ebook':
      return [
        {
          channel: 'web',
          outcome: random.chance(0.5) ? 'ebook' : 'downloaded',
          at,
          summary: person.offer ?? 'Study planner',
        },
      ];
    case 'whatsapp': {
      const more = random.chance(0.35)
        ? [{ channel: 'whatsapp', outcome: 'replied', at: at + random.around(5 * HOUR, 2) }]
        : [];
      return [{ channel: 'whatsapp', outcome: 'form', at: at + MINUTE }, ...more];
    }
    case 'referral':
      return [{ channel: 'referral', outcome: 'form', at }];
    case 'cold_email':
      return [];
  }
}
