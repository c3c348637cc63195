/** How each source of the house is, and what its events held that the house does not keep. */
import { NOTICE_AFTER_MS, type Waited } from '../../core/notices.ts';
import type { Source } from '../../core/sources.ts';

/** Fewer gaps than this say nothing of what is normal. */
const FEWEST_GAPS = 20;

/** The day of the calendar at an instant, found by its key around the UTC day. */
const calendarAt = (instant: string): string => {
  const day = (shift: string) => `date(${instant} / 1000, 'unixepoch', '${shift}')`;
  return `calendar.day between ${day('-1 day')} and ${day('+1 day')}
    and calendar.starts_at <= ${instant} and ${instant} < calendar.ends_at`;
};

/** Business time from the calendar's first day to an instant, in ms. */
const businessMs = (instant: string): string =>
  `business_ms_before + max(0, min(${instant}, closes_at) - opens_at)`;

/** ?1 is now. A gap is counted from the last fact of an hour to the last of the next with any. */
const SOURCES = `
  with landed as (
    select door, account, last_landed_at, ${businessMs('last_landed_at')} as business_ms
    from arrivals join calendar on ${calendarAt('last_landed_at')}
  ),
  gaps as (
    select door, account,
      last_landed_at - lag(last_landed_at) over later as gap_ms,
      business_ms - lag(business_ms) over later as business_gap_ms
    from landed window later as (partition by door, account order by last_landed_at)
  ),
  ranked as (
    select door, account, gap_ms, business_gap_ms,
      row_number() over (partition by door, account order by gap_ms) as place,
      row_number() over (partition by door, account order by business_gap_ms) as business_place,
      count(*) over (partition by door, account) as gap_count
    from gaps where gap_ms is not null
  ),
  usual as (
    select door, account,
      max(case when place = (99 * gap_count + 99) / 100 then gap_ms end) as gap_ms,
      max(case when business_place = (99 * gap_count + 99) / 100 then business_gap_ms end)
        as business_gap_ms
    from ranked where gap_count >= ${FEWEST_GAPS} group by door, account
  ),
  last as (
    select door, account, max(last_seen_at) as last_seen_at, max(last_landed_at) as last_landed_at
    from arrivals group by door, account
  ),
  latest as (
    select last.door, last.account, last.last_seen_at, last.last_landed_at, arrivals.lag_ms,
      ?1 - last.last_landed_at as silent_ms,
      (select ${businessMs('?1')} from calendar where ${calendarAt('?1')})
        - landed.business_ms as silent_business_ms
    from last
    left join arrivals on arrivals.door = last.door and arrivals.account = last.account
      and arrivals.last_landed_at = last.last_landed_at
    left join landed on landed.door = last.door and landed.account = last.account
      and landed.last_landed_at = last.last_landed_at
  ),
  quarantine as (
    select door, coalesce(account, '') as account, count(*) as in_quarantine,
      min(landed_at) as oldest_in_quarantine_at,
      max(case when landed_at <= ?1 - ${NOTICE_AFTER_MS} then landed_at end) as stuck_at
    from dead_events where replayed_at is null and discarded_at is null group by 1, 2
  ),
  names as (
    select door, account from last
    union
    select door, account from quarantine
    union
    select door, account from polls
  )
  select names.door, names.account,
    nullif(max(coalesce(latest.last_seen_at, 0), coalesce(polls.polled_at, 0)), 0) as last_seen_at,
    latest.last_landed_at, latest.lag_ms, usual.gap_ms, usual.business_gap_ms, latest.silent_ms,
    latest.silent_business_ms, coalesce(quarantine.in_quarantine, 0) as in_quarantine,
    quarantine.oldest_in_quarantine_at, quarantine.stuck_at, polls.polled_at, polls.cursor,
    polls.failure, polls.failed_since
  from names
  left join latest on latest.door = names.door and latest.account = names.account
  left join usual on usual.door = names.door and usual.account = names.account
  left join quarantine on quarantine.door = names.door and quarantine.account = names.account
  left join polls on polls.door = names.door and polls.account = names.account
  order by names.door, names.account`;

/** One row for each source that ever told anything or was asked. `now` is UTC ms. */
export async function readSources(db: D1Database, now: number): Promise<Source[]> {
  const { results } = await db.prepare(SOURCES).bind(now).all<Source>();
  return results;
}

/** Facts that have waited for somebody's external id for over an hour at `now` (UTC ms). */
export const readWaited = async (db: D1Database, now: number): Promise<Waited> =>
  (await db
    .prepare(
      `select count(*) as facts, max(landed_at) as latest_at from waiting_facts
       where address_kind = 'external' and landed_at <= ?`,
    )
    .bind(now - NOTICE_AFTER_MS)
    .first<Waited>())!;

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
