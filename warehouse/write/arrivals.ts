/** What came in from each source, by the hour: its health is read from this. */
import { HOUR, WEEK } from '../../core/durations.ts';

/** What one batch brought from a source. */
export type Arrival = {
  door: string;
  /** Empty where the door serves one account only. */
  account: string;
  /** How many facts landed that were not known before. */
  facts: number;
  /** The median of the time between happening and landing; null where none landed. */
  lag_ms: number | null;
};

/** Notes what landed at `now` (UTC ms): one row for each source, in one statement. */
export async function noteArrivals(
  db: D1Database,
  arrivals: Arrival[],
  now: number,
): Promise<void> {
  if (arrivals.length === 0) return;
  const hour_at = now - (now % HOUR);
  await db.prepare(NOTE).bind(JSON.stringify(arrivals), now, hour_at).run();
}

const NOTE = `
  insert into arrivals (door, account, hour_at, facts, last_seen_at, last_landed_at, lag_ms)
  select value ->> 'door', value ->> 'account', ?3, value ->> 'facts', ?2,
    iif(value ->> 'facts' > 0, ?2, null), value ->> 'lag_ms'
  from json_each(?1) where true
  on conflict (door, account, hour_at) do update set
    facts = arrivals.facts + excluded.facts,
    last_seen_at = excluded.last_seen_at,
    last_landed_at = coalesce(excluded.last_landed_at, arrivals.last_landed_at),
    lag_ms = coalesce(excluded.lag_ms, arrivals.lag_ms)`;

const KEPT_MS = 5 * WEEK;

/** Forgets hours older than five weeks, but for the last one of each source. `now` is UTC ms. */
export async function forgetArrivals(db: D1Database, now: number): Promise<void> {
  await db
    .prepare(
      `delete from arrivals where hour_at < ?1 and exists (
         select 1 from arrivals as later
         where later.door = arrivals.door and later.account = arrivals.account
           and later.hour_at > arrivals.hour_at)`,
    )
    .bind(now - KEPT_MS)
    .run();
}
