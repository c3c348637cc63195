/**
 * What people write back, through both providers of mail: matched, told apart from automatic
 * answers, fetched when it can be, shown on their page (F4, E10).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outsideOf } from '../fakes/outside.ts';
import { RESEND_KEY, resendFake } from '../fakes/resend.ts';
import { openTestHouse, type TestHouse, TOKEN } from '../house.ts';
import { mailEvent, signed } from '../signed.ts';

const INBOUND_TOKEN = 'a-token-in-the-address';
const { fake, handlers } = resendFake();

let house: TestHouse;
let cookie: string;
beforeAll(async () => {
  house = await openTestHouse({
    env: { RESEND_API_KEY: RESEND_KEY, SENDGRID_INBOUND_TOKEN: INBOUND_TOKEN },
    outside: outsideOf(...handlers),
  });
  const opened = await fetch(new URL(`/?token=${TOKEN}`, house.url), { redirect: 'manual' });
  cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
});
afterAll(() => house?.close());
beforeEach(() => {
  fake.failing = null;
});

type Row = Record<string, unknown>;
const rows = async (sql: string): Promise<Row[]> =>
  (await house.db.prepare(sql).all<Row>()).results;
const event = async (id: string) =>
  (await rows(`select * from email_events where event_id = '${id}'`))[0];
const landed = (id: string) =>
  house.until(`select count(*) from email_events where event_id = '${id}'`, 1);
const send = async (id: string, type: string, data: object) => {
  const body = mailEvent(type, data, '2026-03-01T12:00:00Z');
  const answer = await fetch(new URL('/webhooks/resend', house.url), signed(id, body));
  expect(answer.status, id).toBe(200);
};
const sent = (who: string, email_id: string) =>
  send(`sent-${email_id}`, 'email.sent', { email_id, to: [`${who}@x.example`] });

const receivedMail = (from: string, mail: object = {}) => ({
  object: 'email',
  from,
  to: ['us@house.example'],
  text: null,
  html: null,
  headers: {},
  attachments: [],
  ...mail,
});
/** A mail arrives: Resend has it, and tells so. */
const receive = async (id: string, from: string, mail: object = {}) => {
  fake.received.set(id, receivedMail(from, mail));
  await send(`in-${id}`, 'email.received', { email_id: id, from, to: ['us@house.example'] });
};
const page = async (email: string) => {
  const answer = await fetch(new URL(`/people/${email}`, house.url), { headers: { cookie } });
  expect(answer.status).toBe(200);
  return answer.text();
};
const person = async (email: string) =>
  (await (await house.call(`/api/contacts/${email}`)).json()) as Row & { history: Row[] };
/** The minutes of the job: each is run once. */
let minute = Date.now();
const fetchAgain = async () => {
  minute += 60_000;
  const worker = await house.runtime.getWorker('signalhouse-ingest');
  await worker.scheduled({ cron: '* * * * *', scheduledTime: new Date(minute) });
};

describe('a mail that Resend received', () => {
  it('is fetched: what they wrote is on their page, what they quoted behind a click', async () => {
    await sent('ana', 'mail-to-ana');
    await receive('ana-1', 'Ana <ana@x.example>', {
      html:
        '<p>Yes, <b>Tuesday</b> &lt;script&gt;alert(1)&lt;/script&gt;</p>' +
        '<blockquote>Hi</blockquote>',
      headers: { 'In-Reply-To': '<unknown@mail.example>' },
    });
    await landed('in-ana-1');
    const text = await page('ana@x.example');
    expect(text).toContain('Yes, Tuesday &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('With what it quotes');
    expect(text).not.toContain('<script>alert(1)');
    const { history } = await person('ana@x.example');
    expect(history.find(({ event }) => event === 'email_replied')).toMatchObject({
      text: 'Yes, Tuesday <script>alert(1)</script>',
      whole_text: 'Yes, Tuesday <script>alert(1)</script>\n\n> Hi',
    });
  });

  it('answers the mail whose Message-ID it cites, whoever writes', async () => {
    await sent('boss', 'mail-to-boss');
    fake.sent = [{ id: 'mail-to-boss', message_id: '<2026.ab@house.example>' }];
    await receive('assistant', 'assistant@x.example', {
      text: 'On her behalf: yes',
      headers: { 'in-reply-to': '<2026.ab@house.example>' },
    });
    await landed('in-assistant');
    expect(await event('in-assistant')).toMatchObject({ message_id: 'mail-to-boss' });
    expect(await page('boss@x.example')).toContain('On her behalf: yes');
  });

  it('is no reply where its head says that a machine wrote it', async () => {
    await sent('out', 'mail-to-out');
    await receive('ooo', 'out@x.example', {
      text: 'I am away',
      headers: { 'auto-submitted': 'auto-replied' },
    });
    await landed('in-ooo');
    expect(await event('in-ooo')).toMatchObject({ event_type: 'auto_replied' });
    const away = await person('out@x.example');
    expect(away).toMatchObject({ score: 0, counts: { replies: 0 } });
    expect(await page('out@x.example')).toContain('I am away');
  });

  it('counts without its text where Resend has it no more', async () => {
    await sent('gone', 'mail-to-gone');
    await send('in-gone', 'email.received', { email_id: 'gone', from: 'gone@x.example' });
    await landed('in-gone');
    expect(await person('gone@x.example')).toMatchObject({ counts: { replies: 1 } });
  });

  it('waits while Resend is down, and lands once when it is back', async () => {
    await sent('bo', 'mail-to-bo');
    fake.failing = 503;
    for (const id of ['bo-1', 'bo-2', 'bo-1'])
      await receive(id, 'bo@x.example', { text: `T ${id}` });
    const waiting = () =>
      rows(`select delivery_id, fault from dead_events
        where delivery_id like 'in-bo%' and replayed_at is null order by 1`);
    expect(await waiting()).toEqual([
      { delivery_id: 'in-bo-1', fault: 'source_busy' },
      { delivery_id: 'in-bo-2', fault: 'source_busy' },
    ]);
    await fetchAgain();
    expect(await waiting()).toHaveLength(2);
    expect(await event('in-bo-1')).toBeUndefined();
    fake.failing = null;
    await fetchAgain();
    await landed('in-bo-1');
    await landed('in-bo-2');
    expect(await waiting()).toEqual([]);
    await receive('bo-1', 'bo@x.example', { text: 'T bo-1' });
    await fetchAgain();
    expect(
      await rows(`select event_id from email_events where event_id like 'in-bo%'`),
    ).toHaveLength(2);
    expect(await rows(`select text from reply_texts where event_id = 'in-bo-1'`)).toEqual([
      { text: 'T bo-1' },
    ]);
  });

  it('waits with the reason where the key is refused', async () => {
    fake.failing = 401;
    await receive('keyless', 'ana@x.example', { text: 'hello' });
    expect(
      await rows(`select fault, reason from dead_events where delivery_id = 'in-keyless'`),
    ).toEqual([{ fault: 'source_refused', reason: expect.stringContaining('RESEND_API_KEY') }]);
  });

  it('is not asked for again and again while nothing answers', async () => {
    fake.failing = 500;
    for (let n = 0; n < 6; n++) await receive(`slow-${n}`, 'bo@x.example');
    fake.requests.length = 0;
    await fetchAgain();
    expect(fake.requests.length).toBeLessThan(8);
    fake.failing = null;
    await fetchAgain();
    expect(await rows(`select * from dead_events where replayed_at is null`)).toEqual([]);
  });
});

describe('a mail that SendGrid received', () => {
  const BOUNDARY = 'xYzZY';
  const post = (fields: Record<string, string | Buffer>, token = INBOUND_TOKEN) => {
    const parts = Object.entries(fields).flatMap(([name, value]) => [
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
      Buffer.from(value as string),
      Buffer.from('\r\n'),
    ]);
    return fetch(new URL(`/webhooks/sendgrid/inbound?token=${token}`, house.url), {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      body: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]),
    });
  };
  const head = (lines: string[]) => ['Date: Sun, 1 Mar 2026 12:30:00 +0000', ...lines].join('\r\n');
  const events = async (email: string) =>
    (await person(email)).history.filter(({ event }) => /replied/.test(String(event)));

  it('is refused without the token, and leaves no row', async () => {
    const before = await rows('select count(*) as n from dead_events');
    for (const token of ['', 'x', `${INBOUND_TOKEN}x`])
      expect((await post({ from: 'eve@x.example', text: 'hi' }, token)).status).toBe(401);
    expect(await rows('select count(*) as n from dead_events')).toEqual(before);
    expect(await rows("select * from identities where value = 'eve@x.example'")).toEqual([]);
  });

  it('is read in the character set of each field, once however often it is posted', async () => {
    await sent('cleo', 'mail-to-cleo');
    const fields = {
      headers: head(['Message-ID: <cleo-1@x.example>', 'Subject: Re:', ' Hi']),
      from: 'Cléo <cleo@x.example>',
      to: 'us@house.example',
      text: Buffer.from('Déjà vu, d’accord'.replace('’', "'"), 'latin1'),
      charsets: JSON.stringify({ from: 'UTF-8', text: 'iso-8859-1' }),
      envelope: JSON.stringify({ to: ['us@house.example'], from: 'bounce@x.example' }),
    };
    for (let n = 0; n < 3; n++) expect((await post(fields)).status).toBe(200);
    await house.until("select count(*) from reply_texts where text like 'Déjà%'", 1);
    expect(await events('cleo@x.example')).toMatchObject([{ text: "Déjà vu, d'accord" }]);
  });

  it('is read as it came where it is posted raw', async () => {
    await sent('dan', 'mail-to-dan');
    const email = [
      'From: Dan <dan@x.example>',
      'To: us@house.example',
      head(['Message-ID: <dan-1@x.example>', 'Auto-Submitted: auto-generated']),
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Away until M=C3=A4rz',
    ].join('\r\n');
    expect(
      (await post({ email, from: 'Dan <dan@x.example>', to: 'us@house.example' })).status,
    ).toBe(200);
    await house.until("select count(*) from reply_texts where text = 'Away until März'", 1);
    expect(await events('dan@x.example')).toMatchObject([{ event: 'email_auto_replied' }]);
  });

  it('answers the message of its plus-address, or of SendGrid’s Message-ID', async () => {
    await sent('eli', 'mail-to-eli');
    await sent('fay', 'mail-to-fay');
    await post({
      from: 'someone@y.example',
      to: 'Us <us+mail-to-eli@house.example>',
      text: 'for Eli',
      headers: head(['Message-ID: <p1@y.example>']),
    });
    await post({
      from: 'someone@y.example',
      to: 'us@house.example',
      text: 'for Fay',
      headers: head([
        'Message-ID: <p2@y.example>',
        'References: <else@where> <mail-to-fay@geopod-ismtpd-3>',
      ]),
    });
    await house.until("select count(*) from reply_texts where text like 'for %'", 2);
    expect(await events('eli@x.example')).toMatchObject([{ text: 'for Eli' }]);
    expect(await events('fay@x.example')).toMatchObject([{ text: 'for Fay' }]);
  });

  it('waits in quarantine where it cannot be read', async () => {
    const unread = async () =>
      rows(`select reason from dead_events where door = 'sendgrid/inbound' order by reason`);
    expect((await post({ nothing: 'here' })).status).toBe(200);
    const url = new URL(`/webhooks/sendgrid/inbound?token=${INBOUND_TOKEN}`, house.url);
    expect((await fetch(url, { method: 'POST', body: 'no form' })).status).toBe(200);
    expect((await post({ from: 'nobody', text: 'x' })).status).toBe(200);
    expect(await unread()).toHaveLength(3);
    expect((await post({ nothing: 'here' })).status).toBe(200);
    expect(await unread()).toHaveLength(3);
  });
});

it('a text goes with its event: to the survivor of a merge, to quarantine and back', async () => {
  await sent('gil', 'mail-to-gil');
  await receive('gil-1', 'gil@x.example', { text: 'I prefer mornings' });
  await landed('in-gil-1');
  const merged = { email: 'gil@x.example;gil@home.example', observed_at: '2026-03-02' };
  const answer = await house.call('/api/contacts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(merged),
  });
  expect(answer.status).toBe(202);
  await house.until("select count(*) from identities where value = 'gil@home.example'", 1);
  expect(await page('gil@home.example')).toContain('I prefer mornings');
  const body = JSON.stringify({ kind: 'email_event', key: 'in-gil-1' });
  const headers = { 'content-type': 'application/json' };
  expect((await house.call('/import/discards', { method: 'POST', headers, body })).status).toBe(
    200,
  );
  expect(await rows("select * from reply_texts where event_id = 'in-gil-1'")).toEqual([]);
  const [{ dead_id }] = (await rows(
    "select dead_id from dead_events where fault = 'discarded' and replayed_at is null",
  )) as [Row];
  await house.call(`/import/dead-events?only=${dead_id}`, { method: 'POST' });
  expect(await rows("select text from reply_texts where event_id = 'in-gil-1'")).toEqual([
    { text: 'I prefer mornings' },
  ]);
});
