/**
 * Mail through both providers at once, with duplicates, out of order, late, with answers lost and
 * replays: the house knows of each message what the provider does (F1–F4, E10).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '../../core/durations.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';
import { newSendGridKey } from '../signed-by-sendgrid.ts';
import {
  API_KEY,
  DOMAIN,
  type MailSandbox,
  mailSandboxIsHere,
  startMailSandbox,
} from './mail-sandbox.ts';

/** Of each provider. */
const MESSAGES = process.env.FULL ? 500 : 30;
const key = newSendGridKey();
const INBOUND_TOKEN = 'a-token-in-the-address';

let house: TestHouse;
let sandbox: MailSandbox;
/** Only the double is outside. */
const outside = async (request: { url: string; headers: Iterable<[string, string]> }) => {
  if (!request.url.startsWith(sandbox.url)) throw new Error(`${request.url} is outside`);
  const answer = await fetch(request.url, { headers: [...request.headers] });
  return new Response(await answer.text(), { status: answer.status, headers: answer.headers });
};

describe.skipIf(!mailSandboxIsHere)('the mail-sandbox (skipped where it is absent)', () => {
  beforeAll(async () => {
    sandbox = await startMailSandbox();
    house = await openTestHouse({
      env: {
        SENDGRID_WEBHOOK_PUBLIC_KEY: key.publicKey,
        SENDGRID_INBOUND_TOKEN: INBOUND_TOKEN,
        RESEND_API_KEY: API_KEY,
        RESEND_BASE_URL: sandbox.url,
        // The clock of the double moves on; what it tells is not of the future.
        NOW: String(Date.now() + 12 * HOUR),
      },
      outside: outside as never,
    });
    const door = (path: string) => new URL(`/webhooks/${path}`, house.url).href;
    await sandbox.call('/__webhooks', { url: door('resend'), secret: RESEND_SECRET });
    const private_key = key.privateKey.export({ type: 'pkcs8', format: 'pem' });
    await sandbox.call('/__sendgrid/webhooks', { url: door('sendgrid'), private_key });
    const inbound = door(`sendgrid/inbound?token=${INBOUND_TOKEN}`);
    await sandbox.call('/__sendgrid/parse', { url: inbound });
  });
  afterAll(async () => {
    sandbox?.close();
    await house?.close();
  });

  type Row = Record<string, unknown>;
  const rows = async <T = Row>(sql: string): Promise<T[]> =>
    (await house.db.prepare(sql).all<T>()).results;
  /** What the house knows of each message: its events by id, with type and instant. */
  const known = async (like: string) => {
    const events = await rows<{ message_id: string; told: string }>(
      `select message_id, event_type || ' ' || occurred_at || ' ' || event_id as told
       from email_events where ${like} order by message_id, told`,
    );
    return Map.groupBy(events, ({ message_id }) => message_id);
  };
  const histories = (told: Map<string, { told: string }[]>) =>
    Object.fromEntries([...told].map(([id, list]) => [id, list.map((each) => each.told)]).sort());

  type Mail = {
    id: string;
    message_id: string;
    to: string[];
    events: { type: string; at: string; svix_id: string }[];
  };
  const mails = async () => (await sandbox.call<{ mails: Mail[] }>('/__mails')).mails;

  it('tells of Resend’s messages what Resend does', async () => {
    await sandbox.call('/__outcomes', [
      { to: 'clicks*', events: ['sent', 'delivered', 'opened', 'clicked'] },
      { to: 'bounces*', events: ['sent', 'bounced'] },
      { to: 'complains*', events: ['sent', 'delivered', 'complained'] },
    ]);
    const kinds = ['opens', 'clicks', 'bounces', 'complains', 'plain'];
    const batch = Array.from({ length: MESSAGES }, (_, n) => ({
      from: `Us <us@${DOMAIN}>`,
      to: [`${kinds[n % kinds.length]}${n}@r.example`],
      subject: 'Hi',
      text: 'Hi there',
      tags: [{ name: 'campaign', value: 'spring' }],
    }));
    for (let from = 0; from < MESSAGES; from += 100)
      await sandbox.call('/emails/batch', batch.slice(from, from + 100));
    await sandbox.settle();
    const opened = (await mails()).filter(({ to }) => to[0]!.startsWith('opens'));
    const events = opened.map(({ id }) => ({ type: 'opened', email_id: id }));
    await sandbox.call('/__events', { events, duplicate: 2, shuffle: 7, late_ms: 30_000 });
    const again = opened.map(({ id }) => ({ type: 'delivered', email_id: id }));
    await sandbox.call('/__events', { events: again, duplicate: 1, shuffle: 3, lose_answers: 1 });
    await sandbox.settle();
    const ledger = await mails();
    for (const { events } of ledger.slice(0, 20))
      await sandbox.call('/__replay', { id: events.at(-1)!.svix_id });
    await sandbox.settle();
    const told = ledger.flatMap(({ id, events }) =>
      events.map(({ type, at, svix_id }) => ({
        message_id: id,
        told: `${type} ${Date.parse(at)} ${svix_id}`,
      })),
    );
    await house.until(
      `select count(*) from email_events where event_id like 'msg_%'`,
      told.length,
      120_000,
    );
    const expected = Map.groupBy(told.sort(byTold), ({ message_id }) => message_id);
    expect(histories(await known("event_id like 'msg_%'"))).toEqual(histories(expected));
    const suppressed = await sandbox.call<{ suppressed: object }>('/__suppressed');
    expect(
      await rows("select distinct address from suppressions where address like '%@r.example'"),
    ).toHaveLength(Object.keys(suppressed.suppressed).length);
  });

  const byTold = (a: { told: string }, b: { told: string }) => (a.told < b.told ? -1 : 1);
  type Built = { event: string; timestamp: number; sg_event_id: string; sg_message_id: string };
  const houseTypes: Record<string, string> = {
    processed: 'sent',
    deferred: 'delivery_delayed',
    delivered: 'delivered',
    open: 'opened',
    click: 'clicked',
    bounce: 'bounced',
    dropped: 'suppressed',
    spamreport: 'complained',
    group_unsubscribe: 'unsubscribed',
  };

  it('tells of SendGrid’s messages what SendGrid does', async () => {
    const stories: [string, object?][][] = [
      [['processed'], ['delivered'], ['open', { sg_machine_open: true }]],
      [['processed'], ['deferred'], ['delivered'], ['open'], ['click']],
      [['processed'], ['bounce', { type: 'bounce' }]],
      [['processed'], ['bounce', { type: 'blocked' }]],
      [['dropped']],
      [['processed'], ['delivered'], ['spamreport']],
      [['processed'], ['delivered'], ['group_unsubscribe'], ['group_resubscribe']],
    ];
    const start = Math.floor(Date.now() / 1000) - 3600;
    const events = Array.from({ length: MESSAGES }, (_, n) =>
      stories[n % stories.length]!.map(([event, members], step) => ({
        event,
        email: `g${n}@g.example`,
        message_id: `sg-message-${n}`,
        timestamp: start + n + step * 60,
        custom_args: { campaign: 'summer', step: '1' },
        ...members,
      })),
    ).flat();
    const half = Math.ceil(events.length / 2);
    const plan = { batch_size: 7, duplicate: 1, shuffle: 5 };
    const first = await sandbox.call<{ events: Built[]; batches: string[] }>('/__sendgrid/events', {
      ...plan,
      events: events.slice(0, half),
      lose_answers: 1,
    });
    const second = await sandbox.call<{ events: Built[] }>('/__sendgrid/events', {
      ...plan,
      events: events.slice(half),
      suffix: 'filter',
      crlf: false,
      late_ms: 20_000,
    });
    await sandbox.settle();
    for (const id of first.batches.slice(0, 5)) await sandbox.call('/__replay', { id });
    for (const forge of ['signature', 'body', 'stale', 'unsigned', 'other-key'])
      await sandbox.call('/__sendgrid/events', {
        events: [{ event: 'open', email: `forged@g.example` }],
        forge,
      });
    await sandbox.settle();
    const told = [...first.events, ...second.events]
      .filter(({ event }) => event in houseTypes)
      .map(({ event, timestamp, sg_event_id, sg_message_id }) => ({
        message_id: sg_message_id.split('.')[0]!,
        told: `${houseTypes[event]} ${timestamp * 1000} ${sg_event_id}`,
      }));
    const ofSendGrid = "message_id like 'sg-message-%'";
    await house.until(
      `select count(*) from email_events where ${ofSendGrid}`,
      told.length,
      120_000,
    );
    const expected = Map.groupBy(told.sort(byTold), ({ message_id }) => message_id);
    expect(histories(await known(ofSendGrid))).toEqual(histories(expected));
    expect(await rows("select * from identities where value = 'forged@g.example'")).toEqual([]);
    expect(
      await rows("select door, event_type from ignored_events where door = 'sendgrid'"),
    ).toEqual([{ door: 'sendgrid', event_type: 'group_resubscribe' }]);
  });

  it('keeps what people wrote back, and counts no automatic answer', async () => {
    // The newest: for a Message-ID the house looks among the last 300 mails.
    const mail = (await mails()).at(-1);
    const from = mail!.to[0]!;
    const reply = { from: `Lead <${from}>`, to: `us@${DOMAIN}`, subject: 'Re: Hi' };
    const lost = { duplicate: 2, lose_answers: 1 };
    await sandbox.call('/__inbound', {
      ...reply,
      ...lost,
      text: 'Tuesday suits me.\n\nOn Mon, 4 May 2026 at 10:00, Us <us@house.example> wrote:\n> Hi',
    });
    // A colleague answers the mail; only its Message-ID says which one.
    await sandbox.call('/__inbound', {
      ...reply,
      from: 'colleague@r.example',
      html: '<p>She is <b>away</b>, but yes.</p>',
      in_reply_to: mail!.message_id,
    });
    await sandbox.call('/__inbound', {
      ...reply,
      text: 'I am out of office',
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    await sandbox.call('/__sendgrid/inbound', {
      ...reply,
      duplicate: 1,
      lose_answers: 1,
      text: 'Ça marche, à mardi',
      charsets: { text: 'iso-8859-1' },
    });
    await sandbox.call('/__sendgrid/inbound', {
      ...reply,
      text: 'Away',
      headers: { Precedence: 'auto_reply' },
    });
    await sandbox.settle();
    await house.until('select count(*) from reply_texts', 5, 60_000);
    expect(
      await rows(
        `select event_type, text from email_events join reply_texts using (event_id)
         where message_id = '${mail!.id}' order by text`,
      ),
    ).toHaveLength(5);
    const answer = await house.call(`/api/contacts/${encodeURIComponent(from)}`);
    const { counts, history } = (await answer.json()) as {
      counts: Row;
      history: { event: string; text?: string }[];
    };
    expect(history.filter(({ event }) => event === 'email_replied')).toHaveLength(3);
    expect(history.filter(({ event }) => event === 'email_auto_replied')).toHaveLength(2);
    // One message was answered, however often.
    expect(counts.replies).toBe(1);
    const opened = await fetch(new URL(`/?token=${TOKEN}`, house.url), { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    const page = await fetch(new URL(`/people/${from}`, house.url), { headers: { cookie } });
    const html = await page.text();
    for (const text of ['Tuesday suits me.', 'She is away, but yes.', 'Ça marche, à mardi'])
      expect(html).toContain(text);
    expect(await rows('select * from dead_events where replayed_at is null')).toEqual([]);
  });
});
