/**
 * An interaction; one of channel call, or mail that was replied to, is stored in its own home
 * (F6).
 * Home of F6.
 */
import { addressText } from './address.ts';
import { emailEventFact } from './email-event.ts';
import type { Fact } from './fact.ts';
import { callMedium } from './origin.ts';
import { type Row, thingKey } from './row.ts';

/**
 * What people do on their own: inbound without a stated direction, so that a form or a download is
 * theirs and no outreach (S1, R8a).
 */
export const ownDoings = [
  'form',
  'ebook',
  'trial',
  'mock_test',
  'downloaded',
  'attended',
  'visited_pricing',
  'logged_in',
];

export function interactionFacts(row: Row): Fact[] {
  row.need('contact', 'occurred_at', 'channel');
  const observed_at = row.observedAt();
  if (row.errors.length > 0) return [];
  const contact = row.address('contact')!;
  const occurred_at = row.number('occurred_at')!;
  const { origin } = row.context;
  const channel = row.text('channel')!;
  const outcome = row.text('outcome');
  const thing_key = thingKey(origin, 'interaction', row.text('external_id'), [
    addressText(contact),
    occurred_at,
    channel,
  ]);
  const thing = {
    ...origin,
    contact,
    thing_key,
    observation_key: row.observation_key,
    observed_at,
  };
  if (channel === 'call') {
    const medium = callMedium(origin.provider);
    return [{ kind: 'call', ...thing, medium, stated: asCall(row, occurred_at, outcome) }];
  }
  if (channel === 'email' && outcome === 'replied') {
    const campaign = row.text('campaign') ?? null;
    return [
      emailEventFact({
        origin,
        contact,
        occurred_at,
        campaign,
        message_id: null,
        event_id: thing_key,
      }),
    ];
  }
  return [{ kind: 'interaction', ...thing, stated: row.stated() }];
}

/** A manual call at its instant (A2). */
function asCall(
  row: Row,
  started_at: number,
  outcome: string | undefined,
): Record<string, string | number> {
  const call =
    outcome === 'booked'
      ? 'booked'
      : outcome === 'replied' || outcome === 'converted'
        ? 'connected'
        : 'voicemail';
  const direction = row.text('direction');
  const notes = row.text('summary');
  return {
    class: call,
    started_at,
    ...(call === 'booked' ? { booked_at: started_at } : {}),
    ...(direction ? { direction } : {}),
    ...(notes ? { notes } : {}),
  };
}
