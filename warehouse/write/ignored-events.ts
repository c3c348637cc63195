/** Events that hold no fact of the house are counted by type, so that nobody wonders about them. */

/** At most so many characters of a type are kept: what a provider calls its events is its own. */
const MOST_CHARACTERS = 100;

/** Counts the types of these events of one door, in one statement. `now` is UTC ms. */
export async function countIgnored(
  db: D1Database,
  door: string,
  types: string[],
  now: number,
): Promise<void> {
  if (types.length === 0) return;
  const shortened = types.map((type) => type.toWellFormed().slice(0, MOST_CHARACTERS));
  await db.prepare(COUNT).bind(JSON.stringify(shortened), door, now).run();
}

const COUNT = `
  insert into ignored_events (door, event_type, events, last_seen_at)
  select ?2, value, count(*), ?3 from json_each(?1) where true group by value
  on conflict (door, event_type) do update set
    events = ignored_events.events + excluded.events,
    last_seen_at = excluded.last_seen_at`;
