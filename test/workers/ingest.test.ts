/**
 * The door in real workerd: signatures, quarantine, one effect per event, and facts that land the
 * same in any order.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import type { Fact } from '../../core/facts/fact.ts';
import type { RowKind } from '../../core/facts/fields.ts';
import { parseRow } from '../../core/facts/parse.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse } from '../house.ts';
import { type Delivery, mailEvent, signed } from '../signed.ts';

const config = factsConfig({
  CONTACT_KEY_SECRET: 'test-contact-key-secret',
  HOUSE_ID: 'test-house',
  BUSINESS_TIME_ZONE: 'UTC',
});
const NOW = Date.parse('2026-03-02T00:00:00Z');

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await ensureHouse(house.db, config);
});
afterAll(() => house?.close());

const knock = (init: Delivery) => fetch(new URL('/webhooks/resend', house.url), init);
const count = async (sql: string) =>
  Object.values((await house.db.prepare(sql).first<Record<string, number>>())!)[0];

describe('POST /webhooks/resend', () => {
  it('gives one event one effect, delivered a hundred times', async () => {
    const ids = Array.from({ length: 100 }, (_, i) => (i % 2 ? 'evt_sent' : 'evt_opened'));
    const answers = await Promise.all(
      ids.map((id) =>
        knock(signed(id, mailEvent(id === 'evt_sent' ? 'email.sent' : 'email.opened'))),
      ),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    await house.until('select count(*) from email_events', 2);
    expect(await count('select count(*) from contacts')).toBe(1);
    const message = await house.db.prepare('select * from email_messages').first();
    expect(message).toMatchObject({
      message_id: 'm1',
      campaign_id: 'spring',
      sequence_version: 1,
      step_number: 2,
      sending_domain: 'house.test',
      recipient_domain_group: 'corporate',
    });
  });

  it('refuses what is not signed, and keeps no row of it', async () => {
    const good = signed('evt_x', mailEvent('email.clicked'));
    const old = new Date(Date.now() - 301_000);
    const { headers } = good;
    const wrong: Delivery[] = [
      { ...good, body: `${good.body} ` },
      { ...good, headers: {} },
      { ...good, headers: { ...headers, 'svix-id': 'evt_y' } },
      { ...good, headers: { ...headers, 'svix-timestamp': `${headers['svix-timestamp']}.5` } },
      signed('evt_x', mailEvent('email.clicked'), `whsec_${btoa('another secret of somebody')}`),
      signed('evt_x', mailEvent('email.clicked'), RESEND_SECRET, old),
    ];
    for (const init of wrong) expect((await knock(init)).status).toBe(401);
    expect(await count('select count(*) from dead_events')).toBe(0);
  });

  it('quarantines what is signed but cannot be understood, with the reason', async () => {
    for (const body of [
      '{"type":',
      '[]',
      mailEvent('email.teleported'),
      mailEvent('email.sent', { to: [] }),
    ])
      expect((await knock(signed(`evt_${body.length}`, body))).status).toBe(200);
    const { results } = await house.db
      .prepare('select reason from dead_events')
      .all<{ reason: string }>();
    expect(results).toHaveLength(4);
    expect(results.every(({ reason }) => reason.length > 5)).toBe(true);
  });
});

const facts = (kind: RowKind, rows: Record<string, unknown>[]): Fact[] =>
  rows.flatMap((row) => {
    const parsed = parseRow(kind, row, {
      origin: { provider: 'csv' },
      now: NOW,
      zone: 'UTC',
      defaultCountry: 'US',
      currency: 'USD',
    });
    if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
    return parsed.facts;
  });

/** People who share identities, things told several times, mail before its message. */
const history = [
  ...facts('contacts', [
    {
      email: 'bo@x.test',
      full_name: 'Bo',
      channel_origin: 'paid',
      lead_added_at: '2026-02-01',
      observed_at: '2026-02-01',
    },
    {
      email: 'bo@x.test',
      phone: '+14155550100',
      channel_origin: 'social',
      company: 'Bo Co',
      observed_at: '2026-02-03',
    },
    {
      external_id: 'lead-7',
      phone: '+14155550100',
      tier: 2,
      observed_at: '2026-02-02',
      unsubscribed: 'yes',
    },
    {
      external_id: 'lead-8',
      full_name: 'Cy',
      observed_at: '2026-02-05',
      attributes: { grid: 'good' },
    },
  ]),
  ...facts('calls', [
    { contact: 'lead-7', booked_at: '2026-02-04', scheduled_at: '2026-02-06', external_id: 'c1' },
    {
      contact: 'bo@x.test',
      booked_at: '2026-02-04',
      completed_at: '2026-02-06',
      duration_s: 1500,
      agent: 'Ana',
      external_id: 'c1',
    },
    {
      contact: '+14155550100',
      started_at: '2026-02-07',
      class: 'voicemail',
      source: 'discord',
      external_id: 'd1',
    },
    {
      contact: '+14155550100',
      started_at: '2026-02-08',
      class: 'booked',
      source: 'discord',
      external_id: 'd1',
    },
  ]),
  ...facts('purchases', [
    {
      contact: 'lead-8',
      purchased_at: '2026-02-08',
      product: 'P',
      amount: '10',
      external_id: 'p1',
    },
    {
      contact: 'lead-8',
      purchased_at: '2026-02-08',
      product: 'P',
      amount: '10',
      status: 'completed',
      completed_at: '2026-02-20',
      external_id: 'p1',
    },
    {
      contact: 'lead-8',
      purchased_at: '2026-02-21',
      product: 'P',
      amount: '-4',
      refund_of: 'p1',
      external_id: 'r1',
    },
  ]),
  ...facts('interactions', [
    {
      contact: 'bo@x.test',
      occurred_at: '2026-01-20',
      channel: 'web',
      direction: 'inbound',
      outcome: 'ebook',
    },
    { contact: 'lead-8', occurred_at: '2026-02-09', channel: 'call', outcome: 'replied' },
    { contact: 'dee@x.test', occurred_at: '2026-02-09', channel: 'email', outcome: 'replied' },
  ]),
  ...facts('email-events', [
    {
      contact: 'bo@x.test',
      message_id: 'm9',
      type: 'opened',
      occurred_at: '2026-02-10T10:00:02Z',
      external_id: 'e2',
    },
    {
      contact: 'bo@x.test',
      message_id: 'm9',
      type: 'sent',
      campaign: 'k',
      version: 1,
      step: 1,
      occurred_at: '2026-02-10T10:00:00Z',
      external_id: 'e1',
    },
    {
      contact: 'lead-8',
      message_id: 'm8',
      type: 'hard_bounce',
      occurred_at: '2026-02-11',
      external_id: 'e3',
    },
  ]),
];

const tables: Record<string, string> = {
  contacts: 'c.*',
  identities: 'c.contact_key, t.kind, t.value',
  ...Object.fromEntries(
    ['interactions', 'calls', 'purchases', 'email_messages', 'email_events', 'suppressions'].map(
      (name) => [name, 'c.contact_key, t.*'],
    ),
  ),
};

async function wipe(): Promise<void> {
  const names = [...Object.keys(tables), 'merges', 'observations', 'agents', 'sequence_steps'];
  await house.db.batch(names.map((name) => house.db.prepare(`delete from ${name}`)));
}

async function snapshot(): Promise<string> {
  const dumps = await Promise.all(
    Object.entries(tables).map(async ([name, columns]) => {
      const { results } = await house.db
        .prepare(`select ${columns} from ${name} t join contacts c on c.contact_id = t.contact_id`)
        .all<Record<string, unknown>>();
      return [
        name,
        results
          .map(({ contact_id: _, landed_at: __, merged_from: ___, ...row }) => JSON.stringify(row))
          .sort(),
      ];
    }),
  );
  return JSON.stringify(dumps, null, 1);
}

describe('the writer', () => {
  it('leaves the same tables whatever the order, the doubles and the batches', async () => {
    await wipe();
    await writeFacts(house.db, history, config);
    const expected = await snapshot();
    expect(
      JSON.parse(expected).map(([name, rows]: [string, unknown[]]) => [name, rows.length]),
    ).toMatchObject([
      ['contacts', 3],
      ['identities', 5],
      ['interactions', 1],
      ['calls', 3],
      ['purchases', 2],
      ['email_messages', 3],
      ['email_events', 4],
      ['suppressions', 2],
    ]);
    const order = fc.shuffledSubarray([...history.keys(), ...history.keys()], {
      minLength: history.length * 2,
      maxLength: history.length * 2,
    });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 12 }), async (indexes, size) => {
        await wipe();
        for (let from = 0; from < indexes.length; from += size)
          await writeFacts(
            house.db,
            indexes.slice(from, from + size).map((i) => history[i]!),
            config,
          );
        expect(await snapshot()).toBe(expected);
      }),
      { numRuns: process.env.FULL ? 200 : 2 },
    );
  });

  it('writes no row for what it knows already', async () => {
    const report = await writeFacts(house.db, history, config);
    expect(report).toMatchObject({
      inserted: 0,
      duplicates: history.length,
      new_contacts: 0,
      merged: 0,
    });
  });
});
