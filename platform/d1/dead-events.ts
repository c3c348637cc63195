/** Quarantine: what was signed but could not be understood or written, with its reason, replayable (F3). */
import { hash } from '../../core/hash.ts';

export type DeadEvent = { door: string; fault: string; reason: string; body: string };

/** Keeps each event once, however often it is delivered. `now` is the landing instant in UTC ms. */
export async function buryEvents(db: D1Database, events: DeadEvent[], now: number): Promise<void> {
  const rows = events.map((event) => ({ dead_id: hash(`${event.door}\n${event.body}`), ...event }));
  await db
    .prepare(
      `insert into dead_events (dead_id, door, fault, reason, body, landed_at)
       select value ->> 'dead_id', value ->> 'door', value ->> 'fault', value ->> 'reason', value ->> 'body', ?
       from json_each(?) where true on conflict do nothing`,
    )
    .bind(now, JSON.stringify(rows))
    .run();
}
