/** When facts last came in at each door. */

/** Notes that facts of these doors landed at `now` (UTC ms). */
export async function noteArrivals(db: D1Database, doors: string[], now: number): Promise<void> {
  if (doors.length === 0) return;
  await db
    .prepare(
      `insert into doors (door, last_landed_at)
       select distinct value, ?2 from json_each(?1) where true
       on conflict (door) do update set last_landed_at = excluded.last_landed_at`,
    )
    .bind(JSON.stringify(doors), now)
    .run();
}
