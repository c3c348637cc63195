/** Whose mail it is, where its events name several addresses: whom it was sent to, else who answered, whichever landed first (F2, G6). */
import { expect, it } from 'vitest';
import { emailEventFact } from '../../core/facts/email-event.ts';
import type { EmailEvent, Fact } from '../../core/facts/fact.ts';
import { parseConfig } from '../../platform/config.ts';
import { ensureHouse } from '../../platform/d1/house.ts';
import { refreshContacts } from '../../platform/d1/refresh.ts';
import { writeFacts } from '../../platform/d1/write-facts.ts';
import { publishedMarts } from '../season/published-marts.ts';
import { sqliteD1 } from './sqlite-d1.ts';

const HOUR = 3_600_000;
const sent_at = Date.UTC(2026, 4, 1, 9);
const now = Date.UTC(2026, 5, 1);
const config = parseConfig({
  ...{ API_TOKEN: 't', RESEND_WEBHOOK_SECRET: 'whsec_t', CONTACT_KEY_SECRET: 'k', HOUSE_ID: 'test' },
  ...{ HOUSE_CURRENCY: 'USD', NOW: String(now) },
});
const mail = (
  event_type: EmailEvent['event_type'],
  who: string,
  hours: number,
  message_id: string | null = 'm',
): Fact => ({
  ...emailEventFact({
    ...{
      source: 'resend',
      contact: { kind: 'email', value: `${who}@example.com` },
      occurred_at: sent_at + hours * HOUR,
    },
    ...{ campaign: 'spring', message_id, event_id: `${event_type} ${who} ${hours}` },
  }),
  event_type,
});
const lead = (who: string): Fact => ({
  ...{ kind: 'contact', source: 'crm', contact: { kind: 'email', value: `${who}@example.com` }, thing_key: who },
  ...{ observation_key: who, observed_at: sent_at - HOUR, stated: { channel_origin: 'linkedin' } },
});

/** Address → what it has of mail, and all marts, after the facts were written one by one. */
async function house(facts: Fact[]) {
  const { db, close } = sqliteD1();
  await ensureHouse(db, config);
  for (const fact of facts) {
    const { contact_ids } = await writeFacts(db, [fact], config);
    await refreshContacts(db, contact_ids, now);
  }
  const { results } = await db
    .prepare(
      `select value, group_concat(event_id, ', ' order by event_id) as events from identities
       join email_events using (contact_id) join email_messages using (contact_id, message_id) group by 1 order by 1`,
    )
    .all<{ value: string; events: string }>();
  const marts = await publishedMarts(db, now);
  close();
  return { events: Object.fromEntries(results.map(({ value, events }) => [value, events])), marts };
}

const orders = <T>(things: T[]): T[][] =>
  things.length <= 1
    ? [things]
    : things.flatMap((thing, i) => orders(things.filter((_, j) => j !== i)).map((rest) => [thing, ...rest]));

it('is the recipient’s, whoever answers for them, in every order', async () => {
  const facts = [lead('boss'), mail('sent', 'boss', 0), mail('replied', 'assistant', 2)];
  const expected = await house(facts);
  expect(expected.events).toEqual({ 'boss@example.com': 'replied assistant 2, sent boss 0' });
  for (const order of orders(facts)) expect(await house(order)).toEqual(expected);
});

it('is the smallest recipient’s where it is told of as several people’s, in every order', async () => {
  const facts = [mail('sent', 'cy', 0), mail('delivered', 'bo', 1), mail('replied', 'ana', 2)];
  const expected = await house(facts);
  expect(Object.keys(expected.events)).toEqual(['bo@example.com']);
  for (const order of orders(facts)) expect(await house(order)).toEqual(expected);
});

it('is theirs who answered while nobody knows whom it was sent to, in every order', async () => {
  const facts = [mail('replied', 'bo', 0), mail('replied', 'ana', 1)];
  const expected = await house(facts);
  expect(Object.keys(expected.events)).toEqual(['ana@example.com']);
  for (const order of orders(facts)) expect(await house(order)).toEqual(expected);
});

/** What the house sent and what was answered, by campaign. */
const performance = ({ marts }: Awaited<ReturnType<typeof house>>) =>
  marts
    .email_performance!.split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row))
    .map(({ campaign, sent, replied }) => ({ campaign, sent, replied }));

it('that a person wrote themselves is none that the house sent, and answers the last one that it did', async () => {
  const stray = await house([mail('replied', 'ana', 2, null)]);
  expect(performance(stray)).toEqual([]);
  expect(stray.marts.fct_interaction).not.toContain('outbound');
  const facts = [mail('sent', 'ana', 0), mail('replied', 'ana', 2, null)];
  const answered = await house(facts);
  expect(performance(answered)).toEqual([{ campaign: 'spring', sent: 1, replied: 1 }]);
  expect(await house(facts.toReversed())).toEqual(answered);
});

it('that states a campaign answers the last mail of that campaign', async () => {
  const other = {
    ...mail('sent', 'ana', 1, 'other'),
    message: { ...(mail('sent', 'ana', 1) as EmailEvent).message, campaign_id: 'autumn' },
  };
  const facts = [mail('sent', 'ana', 0), other as Fact, mail('replied', 'ana', 2, null)];
  for (const order of orders(facts))
    expect((await house(order)).events['ana@example.com']).toBe('replied ana 2, sent ana 0, sent ana 1');
  const { marts } = await house(facts);
  expect(
    JSON.parse(marts.fct_email_message!.split('\n').find((row) => row.includes('"campaign":"spring"'))!).replied_at,
  ).toBeTruthy();
});
