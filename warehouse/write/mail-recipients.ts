/**
 * Who received a mail. It is one message for each contact that it went to (F4); the first of them
 * is the one with the smallest address, whichever landed first (F2, G6).
 */
import { addressText } from '../../core/facts/address.ts';
import type { EmailEvent, Fact } from '../../core/facts/fact.ts';

export type Mail = {
  /** The stored first recipient, else who answered; null where no message is stored. */
  contact_id: number | null;
  /** The stored first recipient's smallest address, as text. */
  recipient: string | null;
  /** Whether its recipient is stored, or stated by one of the facts. */
  has_recipient: boolean;
};

/** Mail from a person that names the mail it answers: of that mail it says only who answered. */
export const isAnswer = (fact: Fact): fact is EmailEvent & { message_id: string } =>
  fact.kind === 'email_event' && fact.contact_role === 'sender' && fact.message_id !== null;

/** Every mail that the facts name, by its id. */
export async function mailsOf(db: D1Database, facts: Fact[]): Promise<Map<string, Mail>> {
  const events = facts.flatMap((fact) => (fact.kind === 'email_event' ? fact : []));
  const ids = new Set(events.flatMap(({ message_id }) => message_id ?? []));
  const addressed = new Set(
    events.flatMap((event) => (isAnswer(event) ? [] : (event.message_id ?? []))),
  );
  const stored = new Map((await firstMessages(db, [...ids])).map((row) => [row.message_id, row]));
  return new Map(
    [...ids].map((id) => {
      const { contact_id = null, recipient = null } = stored.get(id) ?? {};
      const has_recipient = recipient !== null || addressed.has(id);
      return [id, { contact_id, recipient, has_recipient }];
    }),
  );
}

type Stored = { message_id: string; contact_id: number; recipient: string | null };

async function firstMessages(db: D1Database, ids: string[]): Promise<Stored[]> {
  if (ids.length === 0) return [];
  const { results } = await db
    .prepare(
      `select message_id, contact_id, recipient from email_messages
       where message_id in (select value from json_each(?)) and is_copy is null`,
    )
    .bind(JSON.stringify(ids))
    .all<Stored>();
  return results;
}

/** The address of an event in its role: the message's recipient, or who answered. */
export function addressRoles(event: EmailEvent): Record<'recipient' | 'sender', string | null> {
  const text = event.message_id === null ? null : addressText(event.contact);
  return isAnswer(event) ? { recipient: null, sender: text } : { recipient: text, sender: null };
}

/** Who holds answers to the mails of these contacts, which may move with them. */
export async function holdersOfAnswers(db: D1Database, contact_ids: number[]): Promise<number[]> {
  if (contact_ids.length === 0) return [];
  const { results } = await db
    .prepare(
      `select distinct e.contact_id from email_messages m
       join email_events e indexed by email_events_answering
         on e.sender is not null and e.message_id = m.message_id
       where m.contact_id in (select value from json_each(?))`,
    )
    .bind(JSON.stringify(contact_ids))
    .all<{ contact_id: number }>();
  return results.map(({ contact_id }) => contact_id);
}
