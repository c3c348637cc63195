/**
 * Opens and clicks of machines, as both providers tell of them: a labelled corpus (F5, L2, V16);
 * and what a provider tells of a message that it does not name.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../core/durations.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { render } from '../../sql/render.ts';
import { checks } from '../../sql/views/index.ts';
import { refreshContacts } from '../../warehouse/derive/refresh.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { facts as resendFacts } from '../../workers/ingest/doors/resend/facts.ts';
import { facts as sendgridFacts } from '../../workers/ingest/doors/sendgrid/facts.ts';
import { mailEvent } from '../signed.ts';
import { sendGridEvent } from '../signed-by-sendgrid.ts';
import { config, now, openSmallHouse } from './small-house.ts';

const SENT = Date.parse('2026-05-04T09:00:00Z');

const mozilla = (rest: string) => `Mozilla/5.0 (${rest}`;
const people = [
  mozilla('Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0'),
  mozilla('Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15'),
  mozilla('iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'),
  mozilla('Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/125.0 Mobile Safari/537.36'),
  mozilla('X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0'),
  mozilla('Windows NT 10.0; WOW64) AppleWebKit/537.36 Microsoft Outlook 16.0.17328'),
];
const machines = [
  'Mozilla/5.0',
  mozilla('Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'),
  'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
  mozilla('Windows NT 6.1; WOW64) AppleWebKit/534+ BingPreview/1.0b'),
  'BarracudaCentral/1.0 (+https://barracudacentral.org)',
  mozilla('compatible; proofpoint-url-defense/2.1)'),
  mozilla('compatible; Mimecast URL protection)'),
  mozilla('X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/118.0 Safari/537.36'),
  mozilla('compatible; Googlebot/2.1; +http://www.google.com/bot.html)'),
  'Microsoft SafeLinks/1.0',
];

/** One labelled event, seconds after the delivery of its message. */
type Labelled = {
  isMachine: boolean;
  event: 'opened' | 'clicked';
  agent?: string | undefined;
  after: number;
  flag?: boolean;
  link?: string;
};

/** A message of one person each; the events of a message belong together. */
const messages: Labelled[][] = [
  ...machines.flatMap((agent) =>
    (['opened', 'clicked'] as const).flatMap((event) =>
      [40, 900, 86_400].map((after) => [{ isMachine: true, event, agent, after }]),
    ),
  ),
  // What opens as soon as it is delivered, with anybody's name.
  ...people.flatMap((agent) =>
    [0, 1, 2].map((after): Labelled[] => [{ isMachine: true, event: 'opened', agent, after }]),
  ),
  // A scanner follows every link at once.
  ...people.map((agent) =>
    [1, 2, 3, 4].map(
      (n): Labelled => ({ isMachine: true, event: 'clicked', agent, after: 30, link: `/${n}` }),
    ),
  ),
  ...people.flatMap((agent) =>
    (['opened', 'clicked'] as const).flatMap((event) =>
      [5, 61, 7_200, 200_000].map((after): Labelled[] => [
        { isMachine: false, event, agent, after },
      ]),
    ),
  ),
  // Two links in a minute, and one link twice in a second, are a person's.
  ...people.map((agent): Labelled[] => [
    { isMachine: false, event: 'clicked', agent, after: 100, link: '/1' },
    { isMachine: false, event: 'clicked', agent, after: 140, link: '/2' },
    { isMachine: false, event: 'clicked', agent, after: 140, link: '/2' },
  ]),
];

type Door = 'resend' | 'sendgrid';
const told: { event_id: string; label: Labelled; door: Door }[] = [];

/** The facts of one message as its door reads them. */
function factsOf(door: Door, message: Labelled[], n: number): Fact[] {
  const id = `${door}-${n}`;
  const to = `${id}@x.example`;
  const delivered = SENT + n * MINUTE;
  return [{ event: 'delivered' as const, after: 0 }, ...message].flatMap((each, k) => {
    const event_id = `${id}-${k}`;
    const at = delivered + each.after * SECOND;
    const label = each as Labelled;
    if (each.event !== 'delivered') told.push({ event_id, label, door });
    const link = `https://house.example${label.link ?? ''}`;
    if (door === 'resend') {
      const click = { link, userAgent: label.agent, timestamp: new Date(at).toISOString() };
      const data = { email_id: id, to: [to], created_at: new Date(SENT).toISOString() };
      const body = mailEvent(`email.${each.event}`, { ...data, click }, new Date(at).toISOString());
      return resendFacts({ id: event_id, body }, now, {}) as Fact[];
    }
    const names = { delivered: 'delivered', opened: 'open', clicked: 'click' };
    const members = {
      email: to,
      timestamp: at / SECOND,
      sg_message_id: `${id}.recvd-1-0`,
      useragent: label.agent,
      ...(each.event === 'clicked' ? { url: link } : {}),
      ...(label.flag === undefined ? {} : { sg_machine_open: label.flag }),
    };
    return sendgridFacts({
      id: event_id,
      body: JSON.stringify(sendGridEvent(names[each.event], members)),
    });
  });
}

let house: Awaited<ReturnType<typeof openSmallHouse>>;
beforeAll(async () => {
  house = await openSmallHouse();
  // SendGrid says of some machines that they are, whatever they are called.
  const flagged = people.map((agent): Labelled[] => [
    { isMachine: true, event: 'opened', agent, after: 500, flag: true },
  ]);
  const facts = [
    ...messages.flatMap((message, n) => factsOf('resend', message, n)),
    ...[...messages, ...flagged].flatMap((message, n) => factsOf('sendgrid', message, n)),
  ];
  const { contact_ids } = await writeFacts(house.db, facts, config);
  await refreshContacts(house.db, contact_ids, now);
});
afterAll(() => house?.close());

const rows = async <T>(query: string): Promise<T[]> =>
  (await house.db.prepare(render(query, { as_of: now })).all<T>()).results;

it('catches at least 95 % of the machines’ and none of the people’s', async () => {
  const actors = new Map(
    (
      await rows<{ event_id: string; actor: string }>(
        'select event_id, actor from stg_email_events',
      )
    ).map(({ event_id, actor }) => [event_id, actor]),
  );
  expect(told.length).toBeGreaterThanOrEqual(300);
  const found = (isMachine: boolean, actor: string) =>
    told.filter(
      (each) => each.label.isMachine === isMachine && actors.get(each.event_id) === actor,
    );
  const ofMachines = told.filter(({ label }) => label.isMachine);
  expect(found(true, 'machine').length / ofMachines.length).toBeGreaterThanOrEqual(0.95);
  expect(found(false, 'machine')).toEqual([]);
});

it('lifts nobody above engaged for opens, and nobody at all for a machine’s doing', async () => {
  const statuses = await rows<{ address: string; lead_status: string }>(
    `select identities.value as address, lead_status from int_contact_status
     join identities on identities.contact_id = int_contact_status.contact_id`,
  );
  const byAddress = new Map(statuses.map(({ address, lead_status }) => [address, lead_status]));
  const wrong = told.filter(({ event_id, label }) => {
    const status = byAddress.get(`${event_id.replace(/-\d+$/, '')}@x.example`);
    return label.isMachine ? status !== 'cold' : status !== 'engaged';
  });
  expect(wrong).toEqual([]);
});

it('a bounce that names no message is of the last one, and breaks no law without one', async () => {
  const bounce = (email: string) =>
    sendgridFacts({
      id: `late ${email}`,
      body: JSON.stringify(
        sendGridEvent('bounce', {
          email,
          type: 'bounce',
          sg_message_id: undefined,
          timestamp: (now - MINUTE) / SECOND,
        }),
      ),
    });
  const facts = [...bounce('sendgrid-0@x.example'), ...bounce('stranger@x.example')];
  const { contact_ids } = await writeFacts(house.db, facts, config);
  await refreshContacts(house.db, contact_ids, now);
  expect(
    await rows(`select message_id from stg_email_events where event_type = 'bounced' order by 1`),
  ).toEqual([{ message_id: 'reply-late stranger@x.example' }, { message_id: 'sendgrid-0' }]);
  expect(await rows('select address, reason from stg_suppressions order by 1')).toEqual([
    { address: 'sendgrid-0@x.example', reason: 'hard_bounce' },
    { address: 'stranger@x.example', reason: 'hard_bounce' },
  ]);
  for (const { name } of checks) expect(await rows(`select * from ${name}`), name).toEqual([]);
});
