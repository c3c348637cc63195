/**
 * Mail against loops over the stored messages and events of dense houses: what events imply (F4),
 * who made them (F5), what tables count.
 */
import { expect, it } from 'vitest';
import { denseHouse, type Tables } from './dense-house.ts';
import type { ViewRow } from './sqlite-house.ts';

const HOUSES = process.env.FULL ? 150 : 20;
const proxies = ['googleimageproxy', 'ggpht.com'];
const counted = [
  'delivered',
  'opened',
  'opened_human',
  'clicked',
  'clicked_human',
  'replied',
  'bounced',
] as const;

type Row = Record<string, string | number | null>;
type Event = {
  contact_id: number;
  message_id: string;
  event_id: string;
  event_type: string;
  occurred_at: number;
} & Row;
type Message = Row & { day: string; sent_at: number | null; failed_at: number | null };

const first = (events: Event[]): number | null =>
  events.length ? Math.min(...events.map((e) => e.occurred_at)) : null;
const ofTypes = (events: Event[], ...types: string[]) =>
  events.filter(({ event_type }) => types.includes(event_type));

/** Each of F5's five clauses, tried one after the other on one event among those of its message. */
function isMachine(event: Event, all: Event[]): boolean {
  const { event_type, occurred_at } = event;
  if (event_type !== 'opened' && event_type !== 'clicked') return false;
  // A stated actor stands; signals judge only where none is stated.
  if (event.actor === 'human' || event.actor === 'machine') return event.actor === 'machine';
  const agent = String(event.user_agent ?? '').toLowerCase();
  if (event.http_method === 'HEAD') return true;
  if (agent === 'mozilla/5.0' || proxies.some((proxy) => agent.includes(proxy))) return true;
  const delivered = first(ofTypes(all, 'delivered'));
  if (
    event_type === 'opened' &&
    delivered !== null &&
    occurred_at >= delivered &&
    occurred_at <= delivered + 2000
  )
    return true;
  const clicks = ofTypes(all, 'clicked');
  return clicks.some(({ occurred_at: start }) => {
    const isIn = (at: number) => at >= start && at <= start + 1000;
    const links = clicks.flatMap((click) =>
      isIn(click.occurred_at) && click.link !== null ? [click.link] : [],
    );
    return event_type === 'clicked' && isIn(occurred_at) && new Set(links).size >= 3;
  });
}

const actorOf = (event: Event, all: Event[]): string => {
  if (event.event_type === 'auto_replied' || isMachine(event, all)) return 'machine';
  return !/^(opened|clicked)$/.test(event.event_type) || event.actor === 'human' || event.user_agent
    ? 'human'
    : 'unknown';
};

function messagesOf(tables: Tables, as_of: number): Message[] {
  const events = (tables.email_events as Event[]).filter(({ occurred_at }) => occurred_at <= as_of);
  const dayOf = (at: number) =>
    tables.calendar!.find((day) => Number(day.starts_at) <= at && at < Number(day.ends_at))!.day;
  return (tables.email_messages as (Row & { created_at: number })[])
    .filter(({ created_at }) => created_at <= as_of)
    .map((message) => {
      const all = events.filter(({ message_id }) => message_id === message.message_id);
      const humans = all.filter((event) => !isMachine(event, all));
      const isSent = all.some(
        ({ event_type }) => !['scheduled', 'failed', 'suppressed'].includes(event_type),
      );
      const sent_at = first(ofTypes(all, 'sent')) ?? (isSent ? message.created_at : null);
      const bounces = ofTypes(all, 'bounced').map(({ bounce_type }) => bounce_type ?? 'unknown');
      return {
        message_id: message.message_id!,
        campaign: message.campaign_id ?? 'none',
        sent_at,
        contact_id: message.contact_id!,
        version: message.sequence_version!,
        step: message.step_number!,
        day: String(dayOf(sent_at ?? message.created_at)),
        sent_day: sent_at === null ? null : dayOf(sent_at)!,
        delivered_at:
          first(ofTypes(all, 'delivered')) ??
          first(ofTypes(all, 'opened', 'clicked', 'replied', 'complained')),
        delayed_at: first(ofTypes(all, 'delivery_delayed')),
        failed_at: first(ofTypes(all, 'failed')),
        bounced_at: first(ofTypes(all, 'bounced')),
        bounce_type: ['hard', 'soft', 'unknown'].find((type) => bounces.includes(type)) ?? null,
        opened_at: first(ofTypes(all, 'opened', 'clicked')),
        opened_human_at: first(ofTypes(humans, 'opened', 'clicked')),
        clicked_at: first(ofTypes(all, 'clicked')),
        clicked_human_at: first(ofTypes(humans, 'clicked')),
        replied_at: first(ofTypes(all, 'replied')),
        complained_at: first(ofTypes(all, 'complained')),
        unsubscribed_at: first(ofTypes(all, 'unsubscribed')),
        suppressed_at: first(ofTypes(all, 'suppressed')),
      };
    });
}

/** Counts of the messages that were sent or failed, by what `keyOf` names. */
function counts(
  messages: Message[],
  keyOf: (message: Message) => unknown[],
): Record<string, number[]> {
  const rows: Record<string, number[]> = {};
  for (const message of messages.filter(
    ({ sent_at, failed_at }) => sent_at !== null || failed_at !== null,
  )) {
    const key = JSON.stringify(keyOf(message));
    rows[key] ??= [0, 0, ...counted.map(() => 0)];
    for (const [place, name] of ['sent', 'failed', ...counted].entries())
      if (message[`${name}_at`] !== null) rows[key][place]! += 1;
  }
  return rows;
}

const byKey = (rows: ViewRow[], keys: string[], sent: string) =>
  Object.fromEntries(
    rows
      .map(
        (row) =>
          [
            JSON.stringify(keys.map((key) => row[key])),
            [sent, 'failed', ...counted].map((name) => Number(row[name])),
          ] as const,
      )
      .filter(([, figures]) => figures.some((figure) => figure > 0)),
  );

it(`is counted as loops count it in ${HOUSES} houses`, () => {
  const seen: Record<string, number> = {};
  for (let n = 0; n < HOUSES; n++) {
    const { house, as_of, tables, words } = denseHouse(n);
    const messages = messagesOf(tables, as_of);
    const ask = (sql: string) => house.query(sql, { as_of });
    const told = Object.fromEntries(
      ask('select * from fct_email_message').map((row) => [row.message_id, row]),
    );
    expect(Object.keys(told).length, words).toBe(messages.length);
    for (const { day, contact_id, version, step, ...message } of messages)
      expect(told[String(message.message_id)], `${words} ${message.message_id}`).toMatchObject(
        message,
      );
    const events = (tables.email_events as Event[]).filter(
      ({ occurred_at }) => occurred_at <= as_of,
    );
    const actors = ask('select event_id, actor from fct_email_event').map(({ event_id, actor }) => [
      event_id,
      actor,
    ]);
    for (const event of events) {
      const actor = actorOf(
        event,
        events.filter(({ message_id }) => message_id === event.message_id),
      );
      seen[actor] = (seen[actor] ?? 0) + 1;
      if (messages.some(({ message_id }) => message_id === event.message_id))
        expect(Object.fromEntries(actors)[event.event_id], `${words} ${event.event_id}`).toBe(
          actor,
        );
    }
    const who = (id: unknown) => tables.contacts!.find(({ contact_id }) => contact_id === id)!;
    const ofDay = (m: Message) => [
      m.day,
      who(m.contact_id).channel_origin ?? 'unknown',
      who(m.contact_id).lead_type ?? 'unknown',
      m.campaign,
    ];
    expect(
      byKey(
        ask(`select * from daily where agent = 'none'`),
        ['day', 'channel', 'lead_type', 'campaign'],
        'emails_sent',
      ),
      words,
    ).toEqual(counts(messages, ofDay));
    const week = (day: string) => tables.calendar!.find((row) => row.day === day)!.iso_week;
    const ofStep = (m: Message) => [m.campaign, m.version, m.step, week(m.day)];
    expect(
      byKey(
        ask('select * from email_performance'),
        ['campaign', 'sequence_version', 'step_number', 'week'],
        'sent',
      ),
      words,
    ).toEqual(counts(messages, ofStep));
    house.close();
  }
  for (const actor of ['human', 'machine', 'unknown'])
    expect(seen[actor], actor).toBeGreaterThan(HOUSES / 10);
});
