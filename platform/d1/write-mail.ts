/** Writes messages, their immutable events, and the suppressions that some of them make (F1, F4, L4). */
import { businessDay } from '../../core/calendar.ts';
import { addressText } from '../../core/facts/address.ts';
import type { EmailEvent } from '../../core/facts/fact.ts';
import { type People, survivorOf } from './resolve-contacts.ts';

/** Statements in order; the one that inserts events returns the `delivery` of each new one. */
export function mailStatements(
  db: D1Database,
  events: EmailEvent[],
  people: People,
  context: { zone: string; landed_at: number },
): { statements: D1PreparedStatement[]; contact_ids: number[] } {
  if (events.length === 0) return { statements: [], contact_ids: [] };
  const rows = events.map((event) => ({
    ...event,
    ...event.message,
    ...ownerOf(event, people),
    contact: event.contact.value,
    occurred_day: businessDay(event.occurred_at, context.zone),
    created_day: businessDay(event.message.created_at, context.zone),
  }));
  const json = JSON.stringify(rows);
  const inserting = db.prepare(insertEvents).bind(json, context.landed_at);
  const others = [upsertMessages, upsertSteps].map((sql) => db.prepare(sql).bind(json));
  const moved = movedMessages(people);
  const moving = JSON.stringify(moved.map(({ message_id, from, to }) => [message_id, from, to]));
  return {
    statements: [
      ...(moved.length > 0
        ? [moveMessages, moveEvents].map((sql) => db.prepare(sql).bind(moving))
        : []),
      ...others,
      inserting,
      db.prepare(suppress).bind(json),
    ],
    contact_ids: [...rows.map((row) => row.contact_id), ...moved.map(({ from }) => from)],
  };
}

function ownerOf({ contact, message_id }: EmailEvent, people: People) {
  if (message_id === null) return { contact_id: people.byAddress.get(addressText(contact))! };
  const { recipient, answered_by } = people.messages.get(message_id)!;
  return { contact_id: people.byMessage.get(message_id)!, recipient, answered_by };
}

/** Messages that turn out to be somebody else's, after the merges of their batch. */
const movedMessages = (people: People) =>
  [...people.messages].flatMap(([message_id, { contact_id }]) => {
    if (contact_id === null) return [];
    const [from, to] = [survivorOf(people, contact_id), people.byMessage.get(message_id)!];
    return from === to ? [] : [{ message_id, from, to }];
  });

const moveMessages = `
  update email_messages set contact_id = value ->> 2 from json_each(?1) where message_id = value ->> 0`;

const moveEvents = `
  update email_events set contact_id = value ->> 2 from json_each(?1)
  where contact_id = value ->> 1 and message_id = value ->> 0`;

const labels = [
  ...['campaign_id', 'sequence_version', 'step_number', 'email_type', 'subject'],
  ...['sending_domain', 'recipient_domain_group', 'recipient', 'answered_by'],
];
const v = (name: string): string => `value ->> '${name}'`;
/** The smaller of what is stored and what is told; either may be silent. */
const smaller = (table: string, name: string): string =>
  `min(coalesce(${table}.${name}, excluded.${name}), coalesce(excluded.${name}, ${table}.${name}))`;

/** Every label is the smallest ever told, so that order cannot show. */
const upsertMessages = `
  insert into email_messages (contact_id, message_id, created_at, created_day, ${labels.join(', ')})
  select min(${v('contact_id')}), ${v('message_id')}, min(${v('created_at')}), min(${v('created_day')}),
    ${labels.map((name) => `min(${v(name)})`).join(', ')}
  from json_each(?1) where ${v('message_id')} is not null group by ${v('message_id')}
  on conflict (message_id) do update set created_at = ${smaller('email_messages', 'created_at')},
    created_day = ${smaller('email_messages', 'created_day')},
    ${labels.map((name) => `${name} = ${smaller('email_messages', name)}`).join(', ')}
  where excluded.created_at < email_messages.created_at
    or ${labels.map((name) => `excluded.${name} < coalesce(email_messages.${name}, excluded.${name})`).join(' or ')}
    or ${labels.map((name) => `(email_messages.${name} is null and excluded.${name} is not null)`).join(' or ')}`;

const upsertSteps = `
  insert into sequence_steps (campaign_id, sequence_version, step_number, email_type, subject)
  select ${v('campaign_id')}, ${v('sequence_version')}, ${v('step_number')}, min(${v('email_type')}), min(${v('subject')})
  from json_each(?1)
  where ${['campaign_id', 'sequence_version', 'step_number'].map((name) => `${v(name)} is not null`).join(' and ')}
  group by 1, 2, 3
  on conflict do update set email_type = ${smaller('sequence_steps', 'email_type')}, subject = ${smaller('sequence_steps', 'subject')}
  where sequence_steps.email_type is not ${smaller('sequence_steps', 'email_type')}
    or sequence_steps.subject is not ${smaller('sequence_steps', 'subject')}`;

const insertEvents = `
  insert into email_events (contact_id, occurred_at, event_id, message_id, event_type, occurred_day, actor, bounce_type,
    link, user_agent, http_method, names_no_message, stated_campaign, landed_at)
  select ${v('contact_id')}, ${v('occurred_at')}, ${v('event_id')},
    coalesce(${v('message_id')}, concat('reply-', ${v('event_id')})), ${v('event_type')}, ${v('occurred_day')},
    ${['actor', 'bounce_type', 'link', 'user_agent', 'http_method'].map(v).join(', ')},
    case when ${v('message_id')} is null then 1 end, case when ${v('message_id')} is null then ${v('campaign_id')} end, ?2
  from json_each(?1) where true
  on conflict do nothing
  returning event_id as delivery`;

const reason = `case when ${v('event_type')} in ('unsubscribed', 'complained') then ${v('event_type')}
  when ${v('event_type')} = 'bounced' and ${v('bounce_type')} = 'hard' then 'hard_bounce' end`;

const suppress = `
  insert into suppressions (contact_id, address, reason, suppressed_at)
  select ${v('contact_id')}, ${v('contact')}, ${reason}, min(${v('occurred_at')})
  from json_each(?1) where ${reason} is not null group by 1, 2, 3
  on conflict do update set suppressed_at = excluded.suppressed_at where excluded.suppressed_at < suppressions.suppressed_at`;
