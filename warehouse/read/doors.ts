/** What has come in at each door, and what waits there. */

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
