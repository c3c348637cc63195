/** Mail as providers and files tell of it, through the doors of a real house (F3, F4, L4). */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '../house.ts';
import { importFile, openEmptyHouse } from '../season/empty-house.ts';
import { mailEvent, signed } from '../signed.ts';

const NOW = Date.UTC(2026, 5, 1);
const CASES = fileURLToPath(new URL('../../../shared/cases/', import.meta.url));
const read = (path: string) => readFileSync(`${CASES}${path}`, 'utf8');

let house: TestHouse;
beforeAll(async () => {
  house = await openEmptyHouse(NOW);
});
afterAll(() => house?.close());

type Row = Record<string, unknown>;
const rows = async (sql: string): Promise<Row[]> =>
  (await house.db.prepare(sql).all<Row>()).results;
const knock = async (id: string, body: string) => {
  const answer = await fetch(new URL('/webhooks/resend', house.url), signed(id, body));
  expect(answer.status, id).toBe(200);
};
const mail = (id: string, type: string, data: object) =>
  knock(id, mailEvent(`email.${type}`, { created_at: '2026-05-04T09:59:59Z', ...data }, at));
const at = '2026-05-04T10:00:00Z';
/** Waits until everything that was told is stored. */
const landed = async (last: string) => {
  await mail(last, 'sent', { email_id: last, to: [`${last}@last.example`] });
  await house.until(`select count(*) from email_events where event_id = '${last}'`, 1);
};
/** The types of events that somebody has, and why mail to them stopped. */
const told = async (email: string) => {
  const [row] = await rows(`select
      (select group_concat(event_type, ' ' order by occurred_at, event_id) from email_events e
        where e.contact_id = i.contact_id) as events,
      (select group_concat(reason, ' ' order by reason) from suppressions s
        where s.contact_id = i.contact_id) as stopped
    from identities i where value = '${email}'`);
  return row;
};
const person = async (email: string) =>
  (await (await house.call(`/api/contacts/${email}`)).json()) as Row & { history: Row[] };
const list = async (status: string) => {
  const answer = await house.call(`/api/list/emails?status=${status}`);
  return ((await answer.json()) as { rows: Row[] }).rows;
};

describe.skipIf(!existsSync(CASES))('the cases (skipped where ../shared/cases is absent)', () => {
  const post = async (path: string) => {
    for (const line of read(path).split('\n').filter(Boolean)) {
      const { id, body } = JSON.parse(line);
      await knock(id, JSON.stringify(body));
    }
  };

  it('16: a bounce of no told kind stops nobody; other names of types are known', async () => {
    const text = read('16-email-events-spellings/in.csv');
    expect(await importFile(house, NOW, { kind: 'email-events', text })).toBe(6);
    expect(
      await rows(`select event_type, bounce_type from email_events order by event_id`),
    ).toEqual([
      { event_type: 'delivered', bounce_type: null },
      { event_type: 'bounced', bounce_type: null },
      { event_type: 'bounced', bounce_type: null },
      { event_type: 'bounced', bounce_type: 'soft' },
      { event_type: 'opened', bounce_type: null },
      { event_type: 'delivery_delayed', bounce_type: null },
    ]);
    expect(await rows('select * from suppressions')).toEqual([]);
  });

  it('17: both have the mail, and the one whom the diagnosis names has the bounce', async () => {
    await post('17-resend-several-recipients/in.jsonl');
    await landed('after-17');
    expect(await told('c17lead@x.example')).toEqual({ events: 'sent delivered', stopped: null });
    expect(await told('c17boss@y.example')).toEqual({
      events: 'sent delivered bounced',
      stopped: 'hard_bounce',
    });
  });

  it('18: nulls are absent, contacts can be unsubscribed, automatic replies are none', async () => {
    await post('18-resend-shapes/in.jsonl');
    await landed('after-18');
    const dead = await rows('select delivery_id from dead_events order by 1');
    // Nobody is named, and a report that is nobody's.
    expect(dead.map(({ delivery_id }) => delivery_id)).toEqual(['c18-06', 'c18-26']);
    expect(await rows('select event_type, events from ignored_events order by 1')).toEqual([
      { event_type: 'contact.created', events: 1 },
      { event_type: 'contact.deleted', events: 1 },
      { event_type: 'domain.updated', events: 1 },
    ]);
    for (const who of 'acdeghijklmnopqr')
      expect((await told(`c18${who}@x.example`))?.events, who).toBeTruthy();
    expect(
      await rows(`select replace(address, '@x.example', '') as who, reason from suppressions
        where address like 'c18%' order by 1`),
    ).toEqual([
      { who: 'c18j', reason: 'hard_bounce' },
      { who: 'c18q', reason: 'complained' },
      { who: 'c18s', reason: 'stated' },
      { who: 'c18u', reason: 'stated' },
    ]);
    expect(await told('mailer-daemon@mail.x.example')).toBeUndefined();
    expect(await person('c18a@x.example')).toMatchObject({ lead_status: 'hot' });
    const absent = await person('c18b@x.example');
    expect(absent).toMatchObject({ lead_status: 'cold', sales_stage: 'contacted', score: 0 });
    expect(absent.history.map(({ event }) => event)).toContain('email_auto_replied');
  });
});

it('a mail to several is one for each, whoever is told of first', async () => {
  const to = ['zoe@s.example', 'yan@s.example', 'xia@s.example'];
  const email_id = 'several';
  await mail('s1', 'delivered', { email_id, to: ['yan@s.example'] });
  await mail('s2', 'opened', { email_id, to });
  await mail('s3', 'sent', { email_id, to });
  await mail('s4', 'complained', { email_id, to: ['xia@s.example'] });
  await mail('s5', 'complained', { email_id, to });
  await mail('s6', 'bounced', { email_id, to, bounce: { type: 'Permanent', message: 'gone' } });
  await mail('s3', 'sent', { email_id, to });
  await landed('after-several');
  expect(await told('zoe@s.example')).toEqual({ events: 'opened sent', stopped: null });
  expect(await told('yan@s.example')).toEqual({ events: 'delivered sent', stopped: null });
  expect(await told('xia@s.example')).toEqual({ events: 'sent complained', stopped: 'complained' });
  expect(
    await rows(
      `select delivery_id, reason from dead_events where delivery_id in ('s5', 's6') order by 1`,
    ),
  ).toEqual(
    ['s5', 's6'].map((delivery_id) => ({
      delivery_id,
      reason: expect.stringContaining('3 recip'),
    })),
  );
  const listed = (await list('delivered')).filter(({ subject }) => subject === 'Hi');
  expect(new Set(listed.map(({ message_id }) => message_id)).size).toBe(listed.length);
});

it('an event that no calendar has waits, and so does one from the future', async () => {
  const days = ['0001-01-01', '1969-12-31', '2009-06-01', '2026-06-03', '2045-01-01', '9999-12-31'];
  for (const day of days)
    await knock(`day-${day}`, mailEvent('email.sent', { created_at: at }, `${day}T00:00:00Z`));
  expect(
    await rows(`select count(*) as n from dead_events
      where delivery_id like 'day-%' and reason like 'occurred_at: is %'`),
  ).toEqual([{ n: days.length }]);
});

it('a mail that was only held back is listed as that', async () => {
  await mail('held', 'suppressed', { email_id: 'held', to: ['held@x.example'] });
  await house.until("select count(*) from email_events where event_id = 'held'", 1);
  expect(await list('suppressed')).toEqual(
    expect.arrayContaining([expect.objectContaining({ message_id: 'held', status: 'suppressed' })]),
  );
  expect((await list('scheduled')).map(({ message_id }) => message_id)).not.toContain('held');
});

it('a waiting event is read with what the house knows now, by its own id (F3)', async () => {
  const nulls = mailEvent('email.sent', { email_id: 'old', to: ['old@x.example'], tags: null });
  await house.db
    .prepare(
      `insert into dead_events (dead_id, door, fault, reason, body, delivery_id, landed_at)
       values ('old', 'resend', 'unknown_event', 'tags: invalid', ?, 'svix-old', 0)`,
    )
    .bind(nulls)
    .run();
  await mail('two', 'complained', { email_id: 'two', to: ['a@two.example', 'b@two.example'] });
  const answer = await house.call('/import/dead-events', { method: 'POST' });
  const { replayed, waiting } = (await answer.json()) as { replayed: number; waiting: Row[] };
  expect(replayed).toBe(1);
  expect(waiting.map(({ reason }) => reason)).toContainEqual(
    'complained: names 2 recipients and does not say which of them it is',
  );
  await knock('svix-old', nulls);
  await landed('after-old');
  expect(await told('old@x.example')).toEqual({ events: 'sent', stopped: null });
});
