/** The inbox of the local house: every message is kept here from before its 2xx until it has landed (F3). */

/** What waits; `oldest` is the id of its first message, null where none waits. */
export type Backlog = { messages: number; oldest: number | null };

const CLOSED = 'the house is closing';

/** Whether a message was not kept because of `closeInbox`. */
export const isClosed = (error: unknown): boolean => String(error).includes(CLOSED);

/** Keeps a message and answers with its id. Throws D1's own error where the inbox is closed or the disk refuses. */
export async function keepMessage(db: D1Database, message: unknown): Promise<number> {
  const { results } = await db
    .prepare('insert into inbox (body) values (?) returning message_id')
    .bind(JSON.stringify(message))
    .run<{ message_id: number }>();
  return results[0]!.message_id;
}

/** The messages of `ids` by id; one that has landed meanwhile is missing. */
export async function readMessages<T>(db: D1Database, ids: number[]): Promise<Map<number, T>> {
  const { results } = await db
    .prepare(
      'select message_id, body from inbox where message_id in (select value from json_each(?))',
    )
    .bind(JSON.stringify(ids))
    .all<{ message_id: number; body: string }>();
  return new Map(results.map(({ message_id, body }) => [message_id, JSON.parse(body) as T]));
}

/** Forgets messages that have landed, or lie in quarantine. */
export async function dropMessages(db: D1Database, ids: number[]): Promise<void> {
  await db
    .prepare('delete from inbox where message_id in (select value from json_each(?))')
    .bind(JSON.stringify(ids))
    .run();
}

export async function readBacklog(db: D1Database): Promise<Backlog> {
  const row = await db
    .prepare('select count(*) as messages, min(message_id) as oldest from inbox')
    .first<Backlog>();
  return row!;
}

/** The ids of every message that waits, oldest first. */
export async function waitingMessages(db: D1Database): Promise<number[]> {
  const { results } = await db
    .prepare('select message_id from inbox order by message_id')
    .all<{ message_id: number }>();
  return results.map(({ message_id }) => message_id);
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
