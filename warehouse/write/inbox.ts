/**
 * The inbox of the local house: every message is kept here from before its 2xx until it has landed
 * (F3).
 */
import { asc, count, min } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { inbox } from '../schema/index.ts';
import { d1Message, isAmong } from '../statement.ts';

/** What waits; `oldest` is the id of its first message, null where none waits. */
export type Backlog = { messages: number; oldest: number | null };

const CLOSED = 'the house is closing';

/** Whether a message was not kept because of `closeInbox`. */
export const isClosed = (error: unknown): boolean => d1Message(error)?.includes(CLOSED) ?? false;

/**
 * Keeps a message and answers with its id. Throws D1's own error where the inbox is closed or the
 * disk refuses.
 */
export async function keepMessage(db: D1Database, message: unknown): Promise<number> {
  const kept = await drizzle(db)
    .insert(inbox)
    .values({ body: JSON.stringify(message) })
    .returning({ message_id: inbox.message_id });
  return kept[0]!.message_id;
}

/** The messages of `ids` by id; one that has landed meanwhile is missing. */
export async function readMessages<T>(db: D1Database, ids: number[]): Promise<Map<number, T>> {
  const messages = await drizzle(db).select().from(inbox).where(isAmong(inbox.message_id, ids));
  return new Map(messages.map(({ message_id, body }) => [message_id, JSON.parse(body) as T]));
}

/** Forgets messages that have landed, or lie in quarantine. */
export async function dropMessages(db: D1Database, ids: number[]): Promise<void> {
  await drizzle(db).delete(inbox).where(isAmong(inbox.message_id, ids));
}

export async function readBacklog(db: D1Database): Promise<Backlog> {
  const [backlog] = await drizzle(db)
    .select({ messages: count(), oldest: min(inbox.message_id) })
    .from(inbox);
  return backlog!;
}

/** The ids of every message that waits, oldest first. */
export async function waitingMessages(db: D1Database): Promise<number[]> {
  const { message_id } = inbox;
  const waiting = await drizzle(db).select({ message_id }).from(inbox).orderBy(asc(message_id));
  return waiting.map((message) => message.message_id);
}

/** A trigger refuses what comes in while the house closes, so that its backlog can only shrink. */
export async function closeInbox(db: D1Database): Promise<void> {
  await db
    .prepare(
      `create trigger if not exists inbox_closed before insert on inbox
       begin select raise(abort, '${CLOSED}'); end`,
    )
    .run();
}

export async function openInbox(db: D1Database): Promise<void> {
  await db.prepare('drop trigger if exists inbox_closed').run();
}
