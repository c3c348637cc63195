/** What has come in at each door, what waits there, and what held no fact. */

export type DoorActivity = {
  door: string;
  /** When facts last landed, UTC milliseconds; null where none ever did. */
  last_landed_at: number | null;
  /** Events in quarantine that nobody discarded. */
  waiting: number;
};

/** One row for each door that facts or unreadable events came in at. */
export async function readDoors(db: D1Database): Promise<DoorActivity[]> {
  const { results } = await db.prepare(activity).all<DoorActivity>();
  return results;
}

const activity = `
  with waiting as (
    select door, count(*) as waiting
    from dead_events
    where replayed_at is null and fault <> 'discarded'
    group by door
  ),
  names as (
    select door from doors
    union
    select door from waiting
  )
  select names.door, doors.last_landed_at, coalesce(waiting.waiting, 0) as waiting
  from names
  left join doors on doors.door = names.door
  left join waiting on waiting.door = names.door
  order by names.door`;

/** Events of one type that held no fact, counted with every delivery. */
export type Ignored = { door: string; event_type: string; events: number; last_seen_at: number };

/** Most frequent first. */
export async function readIgnored(db: D1Database): Promise<Ignored[]> {
  const { results } = await db
    .prepare(
      `select door, event_type, events, last_seen_at from ignored_events
       order by events desc, door, event_type`,
    )
    .all<Ignored>();
  return results;
}
