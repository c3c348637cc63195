/**
 * The refreshes of the stored marts: who may begin one, and which one pages show. All instants are
 * UTC milliseconds.
 */

import { definition } from './definition.ts';

/** What a refresh is true for. */
export type Refresh = { refresh_id: number; as_of: number };

/** A statement takes 30 s at most, and a refresh renews its lease between two of them. */
const LEASE_MS = 2 * 60_000;
/** After a refresh that failed nobody tries again sooner than this. */
const MOST_LEASE_MS = 15 * 60_000;
/** With nothing new to tell, figures still change with time: waits run out, weeks end. */
const MOST_AGE_MS = 60 * 60_000;
/** A refresh that took one part of D1's time is followed by nine without. */
const REST = 9;

/** Those that pages may show. */
const FINISHED = `from mart_refreshes
  where night is null and finished_at is not null and version = '${definition}'`;

/** ?1 as_of, ?2 the time, ?3 the most people that the house may have, ?4 the least rest. */
const CLAIM = `
  with last as (
    select * from mart_refreshes
    where night is null and finished_at is not null
    order by refresh_id desc limit 1
  )
  insert into mart_refreshes (as_of, version, lease_until)
  select ?1, '${definition}', ?2 + ${LEASE_MS}
  where not exists (
      select 1 from mart_refreshes
      where night is null and finished_at is null
        and lease_until > ?2 and lease_until <= ?2 + ${MOST_LEASE_MS}
    )
    and not exists (
      select 1 from last
      where version = '${definition}' and (
        (not is_outdated and newer_facts = 0 and as_of between ?1 - ${MOST_AGE_MS} and ?1)
        or (?2 >= finished_at and ?2 < finished_at + max(${REST} * cost_ms, ?4)))
    )
    -- Ids are given in turn, so that the greatest is about their number.
    and coalesce((select max(contact_id) from contacts), 0) <= ?3
  returning refresh_id`;

/**
 * Begins a refresh as of `as_of`, in one statement: of two who ask at once one gets it. Null where
 * none is due, one is under way, D1 has its rest, of `least_rest` ms or more, or the house has more
 * than `most_people`.
 */
export async function claimRefresh(
  db: D1Database,
  as_of: number,
  at: number,
  most_people: number,
  least_rest: number,
): Promise<Refresh | null> {
  const claimed = await db
    .prepare(CLAIM)
    .bind(as_of, at, most_people, least_rest)
    .first<{ refresh_id: number }>();
  return claimed && { ...claimed, as_of };
}

/** Answers false where the refresh was taken for broken meanwhile. */
export async function renewRefresh(
  db: D1Database,
  { refresh_id }: Refresh,
  at: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare('update mart_refreshes set lease_until = ? where refresh_id = ?')
    .bind(at + LEASE_MS, refresh_id)
    .run();
  return meta.changes > 0;
}

/** Shows the refresh from now on, and clears what came before it. */
export async function finishRefresh(
  db: D1Database,
  { refresh_id }: Refresh,
  at: number,
  cost_ms: number,
): Promise<void> {
  const isShown = `exists (
    select 1 from mart_refreshes where refresh_id = ${refresh_id} and finished_at is not null)`;
  await db.batch([
    db
      .prepare(
        `update mart_refreshes set finished_at = ?, cost_ms = ?, lease_until = null
         where refresh_id = ?`,
      )
      .bind(at, cost_ms, refresh_id),
    db.prepare(
      `delete from mart_refreshes
       where refresh_id < ${refresh_id} and night is null and ${isShown}`,
    ),
    db.prepare(
      `delete from stored_marts
       where refresh_id < ${refresh_id} and ${isShown}
         and refresh_id not in (select refresh_id from mart_refreshes)`,
    ),
  ]);
}

/** Leaves D1 its rest after a refresh that failed within `spent_ms`. */
export async function failRefresh(
  db: D1Database,
  { refresh_id }: Refresh,
  at: number,
  spent_ms: number,
): Promise<void> {
  await db
    .prepare('update mart_refreshes set lease_until = ? where refresh_id = ?')
    .bind(at + Math.min(REST * spent_ms, MOST_LEASE_MS), refresh_id)
    .run();
}

/** The refresh that pages show, as a number in a query. */
export const SHOWN = `(select max(refresh_id) ${FINISHED})`;

export type ShownRefresh = Refresh & { newer_facts: number };

/** One row, or none before the first refresh. */
export const shownRefresh = (db: D1Database): D1PreparedStatement =>
  db.prepare(`select refresh_id, as_of, newer_facts ${FINISHED} order by refresh_id desc limit 1`);

/** Stands in a batch right after a statement that inserts facts, and counts what that inserted. */
export const countNewer = (db: D1Database): D1PreparedStatement =>
  db.prepare('update mart_refreshes set newer_facts = newer_facts + changes() where changes() > 0');

/**
 * Makes a refresh due: something other than a new fact has changed what the marts say, such as what
 * is derived from one after it was counted. Writes nothing where one is due anyway.
 */
export const outdateMarts = (db: D1Database): D1PreparedStatement =>
  db.prepare('update mart_refreshes set is_outdated = 1 where not is_outdated and newer_facts = 0');
