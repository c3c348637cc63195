/** Messages of mail: one row for each contact that a mail went to (F4). */
import { columnsOf } from '../schema/columns.ts';
import { emailMessages } from '../schema/index.ts';

const v = (name: string): string => `value ->> '${name}'`;

/** What is stored counts only where it came with the recipient, and not with an answer. */
const held = (name: string): string =>
  `case when email_messages.recipient is not null then email_messages.${name} end`;
const smaller = (name: string): string =>
  `min(coalesce(${held(name)}, excluded.${name}), coalesce(excluded.${name}, ${held(name)}))`;

/** Of every column the smallest value ever stated, so that order cannot show. */
const folded = columnsOf(emailMessages, ['contact_id', 'message_id', 'is_inbound', 'is_copy']);
const fold = `
  on conflict (contact_id, message_id) do update set
    ${folded.map((name) => `${name} = ${smaller(name)}`).join(', ')}
  where ${folded.map((name) => `email_messages.${name} is not ${smaller(name)}`).join(' or ')}`;

/** ?1: rows of email events as JSON. Those without a recipient say nothing about the message. */
export const upsertMessages = `
  insert into email_messages (contact_id, message_id, ${folded.join(', ')})
  select ${v('contact_id')}, ${v('message_id')},
    ${folded.map((name) => `min(${v(name)})`).join(', ')}
  from json_each(?1) where ${v('recipient')} is not null group by 1, 2 ${fold}`;

/** Folds the messages of contacts that were merged into those of the survivors. */
export const moveMessages = (survivor: string, losers: string): string => `
  insert into email_messages (contact_id, message_id, is_inbound, ${folded.join(', ')})
  select ${survivor}, message_id, is_inbound, ${folded.join(', ')} from email_messages
  where contact_id ${losers} ${fold}`;
