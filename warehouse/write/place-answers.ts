/**
 * Gives each answer to the message that it answers, and each mail one message that is published
 * under its id: all of it follows from what is stored, whichever landed first (F2, F4, G6). An
 * answer is its sender's where the mail went to them, else the first recipient's, whoever answers
 * for them. While the recipients of a mail are unknown, its message belongs to the contact with the
 * smallest address among those who answered.
 */

/** Of the many events of a mail only the answers are read. */
const answers = 'email_events indexed by email_events_answering';
const stored = 'email_events as e indexed by email_events_answering';

/** The mails of ?1, and those of its contacts: merges may decide whose an answer is. */
const mails = `(select value from json_each(?1, '$.mails')
  union select message_id from email_messages
    where contact_id in (select value from json_each(?1, '$.contacts')))`;

const contactOf = (address: string): string => `(select i.contact_id from identities i
  where i.kind = substr(${address}, 1, instr(${address}, ':') - 1)
    and i.value = substr(${address}, instr(${address}, ':') + 1))`;

const firstRecipient = (mail: string): string => `(select r.contact_id from email_messages r
  where r.message_id = ${mail} and r.recipient is not null order by r.recipient limit 1)`;

const home = `coalesce(
  (select r.contact_id from email_messages r
    where r.contact_id = ${contactOf('email_events.sender')}
      and r.message_id = email_events.message_id and r.recipient is not null),
  ${firstRecipient('email_events.message_id')},
  ${contactOf(`(select min(e.sender) from ${stored}
    where e.sender is not null and e.message_id = email_events.message_id)`)},
  contact_id)`;

const moveAnswers = `
  update or ignore ${answers} set contact_id = ${home}
  where sender is not null and message_id in ${mails} and contact_id <> ${home}`;

/** A message that is known from answers only goes with them. */
const dropUnanswered = `
  delete from email_messages
  where message_id in ${mails} and recipient is null and is_inbound is null
    and not exists (select 1 from ${stored} where e.sender is not null
      and e.message_id = email_messages.message_id and e.contact_id = email_messages.contact_id
      and ${firstRecipient('email_messages.message_id')} is null)`;

const addAnswered = `
  insert into email_messages (contact_id, message_id, created_at, created_day)
  select contact_id, message_id, min(occurred_at), min(occurred_day) from ${answers}
  where sender is not null and message_id in ${mails}
    and ${firstRecipient('email_events.message_id')} is null
  group by 1, 2
  on conflict do update set created_at = excluded.created_at, created_day = excluded.created_day
  where excluded.created_at <> email_messages.created_at`;

const isCopy = `nullif(contact_id <> ${firstRecipient('email_messages.message_id')}, 0)`;

const markCopies = `
  update email_messages set is_copy = ${isCopy}
  where message_id in ${mails} and is_copy is not ${isCopy}`;

/**
 * Statements in order, for after events and messages are written. `contacts`: those who were merged
 * or got another identity. Writes only rows that differ.
 */
export const placeAnswers = (
  db: D1Database,
  mails: string[],
  contacts: number[],
): D1PreparedStatement[] =>
  mails.length + contacts.length === 0
    ? []
    : [moveAnswers, dropUnanswered, addAnswered, markCopies].map((sql) =>
        db.prepare(sql).bind(JSON.stringify({ mails, contacts })),
      );
