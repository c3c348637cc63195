/** Quarantine: what was signed but could not be understood or written, with its reason, replayable (F3). */
import { hash } from '../../core/hash.ts';

export type DeadEvent = {
  /** The name of the door that can read `body`. */
  door: string;
  account?: string | undefined;
  fault: string;
  reason: string;
  body: string;
  delivery_id?: string;
};

/** Keeps each event once, however often it is delivered. `now` is the landing instant in UTC ms. */
export async function buryEvents(db: D1Database, events: DeadEvent[], now: number): Promise<void> {
  const rows = events.map((event) => ({ dead_id: hash(`${event.door}\n${event.body}`), ...event }));
  await db
    .prepare(
      `insert into dead_events
         (dead_id, door, account, fault, reason, body, delivery_id, landed_at)
       select value ->> 'dead_id', value ->> 'door', value ->> 'account', value ->> 'fault',
         value ->> 'reason', value ->> 'body', value ->> 'delivery_id', ?
       from json_each(?) where true
       on conflict do update set replayed_at = null where fault = 'discarded'`,
    )
    .bind(now, JSON.stringify(rows))
    .run();
}

/** What became of one page of those that waited. */
export type Replayed = {
  replayed: number;
  waiting: { dead_id: string; reason: string }[];
  /** Where the next page begins; null where this was the last. */
  next: string | null;
};

export type Waiting = {
  dead_id: string;
  door: string;
  account: string | null;
  fault: string;
  body: string;
  delivery_id: string | null;
};

const PER_PAGE = 100;

/**
 * The next of those that wait, by id after `after`; what was discarded by hand only where `only`
 * names it.
 */
export async function waitingEvents(
  db: D1Database,
  after: string,
  only: string | null = null,
): Promise<Waiting[]> {
  const { results } = await db
    .prepare(
      `select dead_id, door, account, fault, body, delivery_id from dead_events
       where replayed_at is null and dead_id > ?1
         and case when ?2 is null then fault <> 'discarded' else dead_id = ?2 end
       order by dead_id limit ${PER_PAGE}`,
    )
    .bind(after, only)
    .all<Waiting>();
  return results;
}

/** Marks as taken in those without a reason; of the others keeps why they still wait. */
export async function noteReplays(
  db: D1Database,
  tried: { dead_id: string; reason?: string }[],
  now: number,
): Promise<void> {
  await db
    .prepare(
      `update dead_events set replayed_at = case when value ->> 'reason' is null then ?2 end,
         reason = coalesce(value ->> 'reason', reason)
       from json_each(?1) where dead_id = value ->> 'dead_id'`,
    )
    .bind(JSON.stringify(tried), now)
    .run();
}
