/**
 * Whose mail it is, where its events name several addresses: everyone’s that it went to, else
 * theirs who answered, whichever landed first (F2, F4, G6).
 */
import { expect, it } from 'vitest';
import { HOUR } from '../../core/durations.ts';
import { emailEventFact } from '../../core/facts/email-event.ts';
import type { EmailEvent, Fact } from '../../core/facts/fact.ts';
import { refreshContacts } from '../../warehouse/derive/refresh.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { publishedMarts } from '../season/published-marts.ts';
import { config, now, openSmallHouse } from './small-house.ts';

const sent_at = Date.UTC(2026, 4, 1, 9);
const mail = (
  event_type: EmailEvent['event_type'],
  who: string,
  hours: number,
  message_id: string | null = 'm',
): Fact => ({
  ...emailEventFact({
    origin: { provider: 'resend' },
    contact: { kind: 'email', value: `${who}@example.com` },
    occurred_at: sent_at + hours * HOUR,
    campaign: 'spring',
    message_id,
    event_id: `${event_type} ${who} ${hours}`,
  }),
  event_type,
});
/** Mail from somebody that answers: it need not have gone to them. */
const answer = (who: string, hours: number, message_id: string | null = 'm'): Fact => ({
  ...(mail('replied', who, hours, message_id) as EmailEvent),
  contact_role: 'sender',
});
const lead = (who: string): Fact => ({
  kind: 'contact',
  provider: 'crm',
  contact: { kind: 'email', value: `${who}@example.com` },
  thing_key: who,
  observation_key: who,
  observed_at: sent_at - HOUR,
  stated: { channel_origin: 'linkedin' },
});

/** What a house says that was told the facts one by one. */
async function told<T>(facts: Fact[], ask: (db: D1Database) => Promise<T>): Promise<T> {
  const { db, close } = await openSmallHouse();
  for (const fact of facts) {
    const { contact_ids } = await writeFacts(db, [fact], config);
    await refreshContacts(db, contact_ids, now);
  }
  return ask(db).finally(close);
}

const marts = (facts: Fact[]) => told(facts, (db) => publishedMarts(db, now));

/** Whoever has mail: its events, and how they stand. */
const people = (facts: Fact[]) =>
  told(facts, async (db) => {
    const { results } = await db
      .prepare(
        `select value, group_concat(event_id, ', ' order by event_id) as events,
           lead_added_at, lead_status, sales_stage
         from identities join contacts using (contact_id) join contact_summary using (contact_id)
         join email_events using (contact_id) join email_messages using (contact_id, message_id)
         group by 1 order by 1`,
      )
      .all<{ value: string; events: string }>();
    return results;
  });

const orders = <T>(things: T[]): T[][] =>
  things.length <= 1
    ? [things]
    : things.flatMap((thing, i) =>
        orders(things.filter((_, j) => j !== i)).map((rest) => [thing, ...rest]),
      );

it('is the recipient’s, whoever answers for them, in every order', async () => {
  const facts = [lead('boss'), mail('sent', 'boss', 0), answer('assistant', 2)];
  const expected = await people(facts);
  expect(expected).toMatchObject([
    { value: 'boss@example.com', events: 'replied assistant 2, sent boss 0' },
  ]);
  for (const order of orders(facts)) expect(await people(order)).toEqual(expected);
  expect(await marts(facts.toReversed())).toEqual(await marts(facts));
});

it.each([
  [
    'each recipient’s, and an answer for them the smallest’s',
    [
      ['bo', 'delivered bo 1, replied ana 2'],
      ['cy', 'replied cy 3, sent cy 0'],
    ],
    [mail('sent', 'cy', 0), mail('delivered', 'bo', 1), answer('ana', 2), answer('cy', 3)],
  ],
  [
    'theirs who answered while nobody knows whom it was sent to',
    [['ana', 'replied ana 1, replied bo 0']],
    [answer('bo', 0), answer('ana', 1)],
  ],
])('is %s, in every order', async (_, whose, facts) => {
  const expected = await people(facts);
  expect(expected.map(({ value, events }) => [value, events])).toEqual(
    whose.map(([who, events]) => [`${who}@example.com`, events]),
  );
  for (const order of orders(facts)) expect(await people(order)).toEqual(expected);
});

/** What the house sent and what was answered, by campaign. */
const performance = ({ email_performance }: Record<string, string>) =>
  email_performance!
    .split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row))
    .map(({ campaign, sent, replied }) => ({ campaign, sent, replied }));

it('an answer without an id is no mail of the house, and answers its latest one', async () => {
  const stray = await marts([answer('ana', 2, null)]);
  expect(performance(stray)).toEqual([]);
  expect(stray.fct_interaction).not.toContain('outbound');
  const facts = [mail('sent', 'ana', 0), answer('ana', 2, null)];
  const answered = await marts(facts);
  expect(performance(answered)).toEqual([{ campaign: 'spring', sent: 1, replied: 1 }]);
  expect(await marts(facts.toReversed())).toEqual(answered);
});

it('that states a campaign answers the last mail of that campaign', async () => {
  const later = mail('sent', 'ana', 1, 'other') as EmailEvent;
  const other: Fact = { ...later, message: { ...later.message, campaign_id: 'autumn' } };
  const facts = [mail('sent', 'ana', 0), other, answer('ana', 2, null)];
  const expected = await people(facts);
  for (const order of orders(facts)) expect(await people(order)).toEqual(expected);
  const byCampaign = performance(await marts(facts)).map(({ campaign, replied }) => [
    campaign,
    replied,
  ]);
  expect(Object.fromEntries(byCampaign)).toEqual({ spring: 1, autumn: 0 });
});
