/**
 * Quarantine: deliveries that were signed but could not be understood or written, each with its
 * reason, and replayable (F3).
 */
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { hash } from '../../core/hash.ts';
import { insertRows } from '../insert-rows.ts';
import { deadEvents } from '../schema/index.ts';

type Row = typeof deadEvents.$inferSelect;

/** `door` is the name of the one that can read `body`. */
export type DeadEvent = Pick<Row, 'door' | 'fault' | 'reason' | 'body'> & {
  account?: string | undefined;
  delivery_id?: string;
  discarded_at?: number;
};

/** A fact that is discarded once more, after it was brought back, lies in quarantine again. */
const ONCE_MORE = `on conflict do update set
  replayed_at = null, discarded_at = excluded.discarded_at
  where excluded.discarded_at is not null`;

/** Keeps each event once, however often it is delivered. `now` is the landing instant in UTC ms. */
export async function buryEvents(db: D1Database, events: DeadEvent[], now: number): Promise<void> {
  const rows = events.map((event) => ({
    dead_id: hash(`${event.door}\n${event.body}`),
    landed_at: now,
    ...event,
  }));
  if (rows.length > 0) await db.batch(insertRows(db, deadEvents, rows, ONCE_MORE));
}

/** What became of one page of the events that waited. */
export type Replayed = {
  replayed: number;
  waiting: { dead_id: string; reason: string }[];
  /** Where the next page begins; null after the last. */
  next: string | null;
};

export type Waiting = Pick<Row, 'dead_id' | 'door' | 'account' | 'fault' | 'body' | 'delivery_id'>;

const PER_PAGE = 100;

/** The next of those that wait, by id after `after`; a discarded one only where `only` names it. */
export function waitingEvents(
  db: D1Database,
  after: string,
  only: string | null = null,
): Promise<Waiting[]> {
  const isWanted = only === null ? isNull(deadEvents.discarded_at) : eq(deadEvents.dead_id, only);
  return drizzle(db)
    .select({
      dead_id: deadEvents.dead_id,
      door: deadEvents.door,
      account: deadEvents.account,
      fault: deadEvents.fault,
      body: deadEvents.body,
      delivery_id: deadEvents.delivery_id,
    })
    .from(deadEvents)
    .where(and(isNull(deadEvents.replayed_at), gt(deadEvents.dead_id, after), isWanted))
    .orderBy(asc(deadEvents.dead_id))
    .limit(PER_PAGE)
    .all();
}

/** Faults of events of which the house could not fetch what they only name. */
const UNFETCHED = ['source_busy', 'source_refused'];

/** Those that wait for it, at most `most`, those after the id `after` first. */
export async function unfetchedEvents(
  db: D1Database,
  { after, most }: { after: string; most: number },
): Promise<Waiting[]> {
  const { dead_id, door, account, fault, body, delivery_id } = deadEvents;
  const waits = and(isNull(deadEvents.replayed_at), isNull(deadEvents.discarded_at));
  return drizzle(db)
    .select({ dead_id, door, account, fault, body, delivery_id })
    .from(deadEvents)
    .where(and(waits, inArray(fault, UNFETCHED)))
    .orderBy(sql`${dead_id} <= ${after}`, asc(dead_id))
    .limit(most);
}

const NOTE = `
  update dead_events set replayed_at = case when value ->> 'reason' is null then ?2 end,
    discarded_at = case when value ->> 'reason' is not null then discarded_at end,
    reason = coalesce(value ->> 'reason', reason), fault = coalesce(value ->> 'fault', fault)
  from json_each(?1) where dead_id = value ->> 'dead_id'`;

/** What came of one try. Without a reason the event was taken in. */
export type Tried = { dead_id: string; reason?: string; fault?: string };

/** Marks those without a reason as replayed; of the others keeps why they still wait. */
export async function noteReplays(db: D1Database, tried: Tried[], now: number): Promise<void> {
  await db.prepare(NOTE).bind(JSON.stringify(tried), now).run();
}

/** One event with all that is kept of it. */
export const readDeadEvent = (db: D1Database, dead_id: string): Promise<Row | undefined> =>
  drizzle(db).select().from(deadEvents).where(eq(deadEvents.dead_id, dead_id)).get();

/**
 * Ends the wait of an event: `replay` passes it by unless it is named. `now` in UTC ms. Answers
 * whether it waited.
 */
export async function discardDeadEvent(
  db: D1Database,
  dead_id: string,
  now: number,
): Promise<boolean> {
  const waits = and(isNull(deadEvents.replayed_at), isNull(deadEvents.discarded_at));
  const discarded = await drizzle(db)
    .update(deadEvents)
    .set({ discarded_at: now })
    .where(and(eq(deadEvents.dead_id, dead_id), waits))
    .returning({ dead_id: deadEvents.dead_id });
  return discarded.length > 0;
}
