/**
 * Why a published figure changed: what happened to the people of its row since it was read (R13).
 */
import { DAY } from '../../core/durations.ts';
import { END_OF_TIME } from '../../core/instant.ts';
import { rulesVersion } from '../../core/rules/config.ts';
import { keyText } from '../../sql/cell.ts';
import { BOUND_IDS, render } from '../../sql/render.ts';

/** The night whose rows are compared. */
export type PublishedNight = {
  /** The instant for which the rows are true, UTC milliseconds. */
  as_of: number;
  rules_version: string;
  /** Facts that landed from here on may be missing in the rows, UTC milliseconds. */
  read_at: number;
};

export type Cause = 'late_fact' | 'correction' | 'merge' | 'rules_version';
type CauseOfPeople = Exclude<Cause, 'rules_version'>;

/** If several apply to the people of a row, the first of these explains it. */
const IN_A_ROW: CauseOfPeople[] = ['merge', 'late_fact', 'correction'];
/** For a row that nobody is in any more: people leave one when they are merged or corrected. */
const LEFT_BEHIND: CauseOfPeople[] = ['merge', 'correction', 'late_fact'];

/** Contacts per cause, as a JSON array. ?1: when the rows were read, ?2: when they are true. */
const CONTACTS = `with things as (
    select kind, thing_key, min(landed_at) >= ?1 as is_late from observations
    where kind in ('contact', 'interaction', 'call', 'purchase')
    group by kind, thing_key having max(landed_at) >= ?1
  ),
  observed as (
    select distinct things.kind, things.thing_key, is_late, coalesce(
        (select survivor_id from merges where loser_id = o.contact_id),
        o.contact_id,
        cast(o.thing_key as integer)
      ) as contact_id
    from things
    join observations as o on o.kind = things.kind and o.thing_key = things.thing_key
  ),
  late as (
    select observed.contact_id from observed
      join contacts on contacts.contact_id = observed.contact_id
      where is_late and kind = 'contact' and lead_added_at <= ?2
    union all
    select observed.contact_id from observed
      join interactions as i on i.contact_id = observed.contact_id and interaction_key = thing_key
      where is_late and observed.kind = 'interaction' and occurred_at <= ?2
    union all
    select observed.contact_id from observed
      join calls as c on c.contact_id = observed.contact_id and call_key = thing_key
      where is_late and observed.kind = 'call'
        and min(coalesce(booked_at, ${END_OF_TIME}), coalesce(started_at, ${END_OF_TIME}),
          coalesce(completed_at, ${END_OF_TIME})) <= ?2
    union all
    select observed.contact_id from observed
      join purchases as p on p.contact_id = observed.contact_id and purchase_key = thing_key
      where is_late and observed.kind = 'purchase' and purchased_at <= ?2
    union all
    select contact_id from email_events where landed_at >= ?1 and occurred_at <= ?2
  )
  select 'merge' as cause, json_group_array(distinct contact_id) as contact_ids
  from (
    select survivor_id as contact_id from merges where merged_at >= ?1
    union all select contact_id from refused_merges where undone_at >= ?1
    union all select coalesce(survivor_id, other_id) from refused_merges
      left join merges on loser_id = other_id where undone_at >= ?1)
  union all
  select 'late_fact', json_group_array(distinct contact_id) from late
  union all
  select 'correction', json_group_array(distinct contact_id)
  from observed where not is_late`;

/** Rows of `daily` in which some contacts stand. */
const DAYS = 'select distinct day, channel, lead_type, campaign, agent from daily';
/**
 * Weeks of the summary with those days: their own, and the one after, which is compared with it.
 */
const WEEKS = `select distinct weeks.iso_week from daily
  join stg_calendar as days on days.day = daily.day
  join stg_calendar as weeks
    on weeks.starts_at between days.starts_at and days.starts_at + ${7 * DAY}`;

type Rows = { days: Set<string>; weeks: Set<string> };

async function rowsOf(db: D1Database, as_of: number, contact_ids: string): Promise<Rows> {
  const ask = (select: string) =>
    db.prepare(render(select, { as_of, among: BOUND_IDS })).bind(contact_ids);
  const [days, weeks] = await Promise.all([ask(DAYS).raw<string[]>(), ask(WEEKS).raw<[string]>()]);
  return { days: new Set(days.map(keyText)), weeks: new Set(weeks.map(([week]) => week)) };
}

const hasRow = ({ days, weeks }: Rows, mart: string, key: string): boolean =>
  mart === 'daily' ? days.has(key) : weeks.has(key.split(' ')[0]!);

/**
 * The cause for a row of a restated table. Reads whom facts concerned since the rows were read;
 * call it where something differs.
 */
export async function causeReader(
  db: D1Database,
  published: PublishedNight,
): Promise<(mart: string, key: string) => Cause> {
  if (published.rules_version !== rulesVersion) return () => 'rules_version';
  const { results } = await db
    .prepare(CONTACTS)
    .bind(published.read_at, published.as_of)
    .all<{ cause: CauseOfPeople; contact_ids: string }>();
  const rows = new Map<CauseOfPeople, Rows>();
  for (const { cause, contact_ids } of results)
    if (contact_ids !== '[]') rows.set(cause, await rowsOf(db, published.as_of, contact_ids));
  const leftBehind = LEFT_BEHIND.find((cause) => rows.has(cause)) ?? 'correction';
  return (mart, key) =>
    IN_A_ROW.find((cause) => rows.has(cause) && hasRow(rows.get(cause)!, mart, key)) ?? leftBehind;
}
