/** Which night each destination shows, that of the loads closed there last, and why it is not a later one. */
import type { DestinationName } from '../../core/destinations.ts';

export type ShownNight = {
  destination: DestinationName;
  run_id: string;
  /** The instant for which the data shown is true, UTC milliseconds. */
  as_of: number;
  closed_at: number;
  /** Of its loads, a sentence per line. */
  notes: string | null;
};

/** By destination; one that never held a whole night is not among them. */
export async function shownNights(db: D1Database): Promise<Map<DestinationName, ShownNight>> {
  const { results } = await db
    .prepare(
      `select destination, run_id, as_of, closed_at, (
         select group_concat(note, char(10)) from export_loads as noted
         where noted.destination = shown.destination and noted.run_id = shown.run_id and noted.status = 'closed'
       ) as notes from (
         select destination, loads.run_id, as_of, loads.finished_at as closed_at,
           row_number() over (partition by destination order by loads.finished_at desc, as_of desc) as nth
         from export_loads as loads
         join export_runs as runs on runs.run_id = loads.run_id and runs.attempt = loads.attempt
         where loads.status = 'closed'
       ) as shown where nth = 1`,
    )
    .all<ShownNight>();
  return new Map(results.map((shown) => [shown.destination, shown]));
}

/** Why the night that ended last did not get everywhere; null where it did, or before the first. */
export async function lastFailure(db: D1Database): Promise<string | null> {
  const ended = await db
    .prepare(
      "select reason from export_runs where status <> 'open' order by started_at desc, attempt desc limit 1",
    )
    .first<{ reason: string | null }>();
  return ended?.reason ?? null;
}
