/** Which night each destination shows: that of the loads that were closed there last. */
import type { DestinationName } from '../../core/destinations.ts';

export type ShownNight = {
  destination: DestinationName;
  run_id: string;
  /** The instant for which the data shown is true, UTC milliseconds. */
  as_of: number;
  closed_at: number;
  /** The notes of its loads, one a line. */
  notes: string | null;
};

const SHOWN = `
  with closed as (
    select destination, loads.run_id, as_of, loads.finished_at as closed_at,
      row_number() over (
        partition by destination order by loads.finished_at desc, as_of desc) as place
    from export_loads as loads
    join export_runs as runs on runs.run_id = loads.run_id and runs.attempt = loads.attempt
    where loads.status = 'closed'
  )
  select destination, run_id, as_of, closed_at, (
      select group_concat(note, char(10)) from export_loads as noted
      where noted.destination = shown.destination and noted.run_id = shown.run_id
        and noted.status = 'closed'
    ) as notes
  from closed as shown where place = 1`;

/** By destination; one that never held a whole night is not among them. */
export async function shownNights(db: D1Database): Promise<Map<DestinationName, ShownNight>> {
  const { results } = await db.prepare(SHOWN).all<ShownNight>();
  return new Map(results.map((shown) => [shown.destination, shown]));
}
