/**
 * Writes messages, their immutable events, and the suppressions that some of them make (F1, F4,
 * L4).
 * Home of L4.
 */
import { businessDay } from '../../core/calendar.ts';
import { addressText } from '../../core/facts/address.ts';
import type { EmailEvent } from '../../core/facts/fact.ts';
import { insertRows } from '../insert-rows.ts';
import { type People, survivorOf } from '../people/resolve.ts';
import { type ColumnName, columnsOf } from '../schema/columns.ts';
import { emailEvents, replyTexts } from '../schema/index.ts';
import { countNewer } from '../stored/mart-refreshes.ts';
import { claim, importedOf } from './imported.ts';
import { addressRoles, isAnswer } from './mail-recipients.ts';
import { upsertMessages } from './messages.ts';
import { placeAnswers } from './place-answers.ts';

/**
 * Statements in order; the one that inserts events returns the `delivery` of each new one. There
 * are statements without events, too: a merge may change whose an answer is.
 */
export function mailStatements(
  db: D1Database,
  events: EmailEvent[],
  people: People,
  context: { zone: string; landed_at: number },
): { statements: D1PreparedStatement[]; contact_ids: number[] } {
  const rows = events.map(({ text: _, ...event }) => ({
    ...event,
    ...event.message,
    ...addressRoles(event),
    imported: importedOf(event),
    contact_id: contactOf(event, events, people),
    merged_from: mergedFrom(event, people),
    contact: event.contact.value,
    occurred_day: businessDay(event.occurred_at, context.zone),
    created_day: businessDay(event.message.created_at, context.zone),
  }));
  const json = JSON.stringify(rows);
  const suppressing = rows.filter(({ event_type }) => SUPPRESSING.includes(event_type));
  const writing = [
    db.prepare(upsertMessages).bind(json),
    db.prepare(deleteLater).bind(json),
    db.prepare(insertEvents).bind(JSON.stringify(earliestEach(rows)), context.landed_at),
    countNewer(db),
    ...insertRows(db, replyTexts, textsOf(events), 'on conflict do nothing'),
    ...(suppressing.length > 0 ? [db.prepare(suppress).bind(JSON.stringify(suppressing))] : []),
  ];
  return {
    statements: [
      ...(rows.length > 0 ? writing : []),
      ...placeAnswers(db, mailsToPlace(rows, people), people.changed),
    ],
    contact_ids: [...rows.map((row) => row.contact_id), ...holders(people)],
  };
}

const textsOf = (events: EmailEvent[]): (typeof replyTexts.$inferInsert)[] =>
  events.flatMap(({ event_id, text }) => (text ? { event_id, text } : []));

/** The contact of an event; of an answer by an unknown sender, the mail's first recipient. */
function contactOf(event: EmailEvent, events: EmailEvent[], people: People): number {
  const own = people.byAddress.get(addressText(event.contact));
  if (own !== undefined) return own;
  const first = people.mails.get(event.message_id!)!.contact_id;
  if (first !== null) return survivorOf(people, first);
  const sent = events.find((e) => e.message_id === event.message_id && !isAnswer(e))!;
  return people.byAddress.get(addressText(sent.contact))!;
}

/** Whom it was stated for, where that one was merged away; whose an answer is follows its mail. */
function mergedFrom(event: EmailEvent, people: People): number | null {
  const address = addressText(event.contact);
  const origin = people.origins.get(address);
  if (isAnswer(event) || origin === undefined) return null;
  return origin === people.byAddress.get(address) ? null : origin;
}

/** Of an event that comes with several instants, the earliest (F1). */
function earliestEach<Row extends { contact_id: number; event_id: string; occurred_at: number }>(
  rows: Row[],
): Row[] {
  const earliest = new Map<string, Row>();
  for (const row of rows) {
    const name = `${row.contact_id} ${row.event_id}`;
    const known = earliest.get(name);
    if (!known || row.occurred_at < known.occurred_at) earliest.set(name, row);
  }
  return [...earliest.values()];
}

type Placed = { message_id: string | null; contact_id: number; sender: string | null };

/** Those that went to several, were answered, or were known from answers only. */
function mailsToPlace(rows: Placed[], people: People): string[] {
  const byMail = Map.groupBy(rows, ({ message_id }) => message_id);
  return [...people.mails].flatMap(([mail, { contact_id, recipient }]) => {
    const events = byMail.get(mail)!;
    const whose = new Set(events.map((row) => row.contact_id));
    if (contact_id !== null) whose.add(survivorOf(people, contact_id));
    const isPlain = whose.size === 1 && events.every(({ sender }) => sender === null);
    return isPlain && (contact_id === null || recipient !== null) ? [] : [mail];
  });
}

/** An answer may leave them. */
const holders = (people: People): number[] =>
  [...people.answered, ...[...people.mails.values()].flatMap((mail) => mail.contact_id ?? [])].map(
    (contact_id) => survivorOf(people, contact_id),
  );

const v = (name: string): string => `value ->> '${name}'`;
/**
 * An event id is one event: a row with a later instant makes way. Only the contact's own range is
 * read.
 */
const deleteLater = `
  delete from email_events where (contact_id, occurred_at, event_id) in (
    select e.contact_id, e.occurred_at, e.event_id from json_each(?1) cross join email_events e
    where e.contact_id = ${v('contact_id')} and e.event_id = ${v('event_id')}
      and e.occurred_at > ${v('occurred_at')})
  returning event_id as replaced`;

/** Columns of an event that are no plain values of the fact. */
const specialColumns: Partial<Record<ColumnName<typeof emailEvents>, string>> = {
  message_id: `coalesce(${v('message_id')}, concat('reply-', ${v('event_id')}))`,
  names_no_message: `case when ${v('message_id')} is null then 1 end`,
  stated_campaign: `case when ${v('message_id')} is null then ${v('campaign_id')} end`,
  landed_at: '?2',
};
const eventColumns = columnsOf(emailEvents);

const insertEvents = `
  insert into email_events (${eventColumns.join(', ')})
  select ${eventColumns.map((name) => specialColumns[name] ?? v(name)).join(', ')}
  from json_each(?1)
  where not exists (
    select 1 from email_events e where e.contact_id = ${v('contact_id')}
      and e.event_id = ${v('event_id')} and e.occurred_at < ${v('occurred_at')})
  and (${v('sender')} is null or not exists (
    select 1 from email_events e indexed by email_events_answering
    where e.sender is not null and e.message_id = ${v('message_id')}
      and e.event_id = ${v('event_id')}))
  on conflict (contact_id, occurred_at, event_id)
    ${claim({ table: 'email_events', column: 'imported', path: '$.imports' })}
  returning case when landed_at = ?2 then event_id end as delivery`;

/** Why an event suppresses its address, as SQL; null where it does not. */
export function suppressionReason(event_type: string, bounce_type: string): string {
  return `case when ${event_type} in ('unsubscribed', 'complained') then ${event_type}
    when ${event_type} = 'bounced' and ${bounce_type} = 'hard' then 'hard_bounce' end`;
}

/** Only these are looked at. */
const SUPPRESSING = ['unsubscribed', 'complained', 'bounced'];
const reason = suppressionReason(v('event_type'), v('bounce_type'));

const suppress = `
  insert into suppressions (contact_id, address, reason, suppressed_at)
  select ${v('contact_id')}, ${v('contact')}, ${reason}, min(${v('occurred_at')})
  from json_each(?1) where ${reason} is not null group by 1, 2, 3
  on conflict do update set suppressed_at = excluded.suppressed_at
  where excluded.suppressed_at < suppressions.suppressed_at`;
