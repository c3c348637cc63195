/** Lists of people, mail, calls, campaigns and what waits in quarantine: read from the per-contact summary and the facts, never from a whole mart. */

import { now } from '../../core/clock.ts';
import type { HouseConfig } from '../../core/config.ts';
import { mailStatuses } from '../../core/facts/mail-status.ts';
import type { ListedPerson, PeoplePage, PeopleSearch } from '../../core/pages/people.ts';
import { expandMacros } from '../../sql/macros.ts';
import { render } from '../../sql/render.ts';
import { readHouse } from '../house.ts';
import { readJobs } from '../jobs.ts';
import { readDoors } from './doors.ts';

export const lists = [
  'prospects',
  'emails',
  'calls',
  'campaigns',
  'waiting',
  'dead-events',
] as const;
export type List = (typeof lists)[number];
export type ListRow = Record<string, string | number | null>;

const address = `(select value from identities where identities.contact_id = contacts.contact_id
  order by case kind when 'email' then 0 when 'phone' then 1 else 2 end, value limit 1)`;

/** Whatever waits is listed, also what is dated ahead. */
const ALWAYS = Number.MAX_SAFE_INTEGER;

/** The strongest of the events of a message; the number before each type orders them. */
const mailStatus = `substr(min(case event_type ${mailStatuses
  .map((status, n) => `when '${status}' then '${String(n).padStart(2, '0')}${status}'`)
  .join(' ')} end), 3)`;
const messageKey = expandMacros('{{message_key(states.message_id, is_copy, contact_key)}}');

/** ?1 is a status (of a dead event its fault, of what waits its kind) or null, ?2 the limit, ?3 the present. Durations are seconds, instants UTC ms. */
const queries: Record<Exclude<List, 'calls'>, string> = {
  prospects: `select contact_key, full_name as name, ${address} as contact, lead_status, sales_stage,
      emails_sent as sent, emails_opened as opened, emails_clicked as clicked, attempts as called,
      (select sum(duration_s) from calls where calls.contact_id = contacts.contact_id and started_at <= ?3) as duration_s,
      (select outcome from calls where calls.contact_id = contacts.contact_id and outcome is not null
        and coalesce(completed_at, started_at) <= ?3 order by coalesce(completed_at, started_at) desc, call_key desc limit 1) as outcome,
      contacts.contact_id
    from contact_summary join contacts on contacts.contact_id = contact_summary.contact_id
    where ?1 is null or lead_status = ?1 or sales_stage = ?1
    order by score_milli desc, contact_key limit ?2`,
  emails: `with states as (
      select contact_id, message_id, max(occurred_at) as last_event_at, ${mailStatus} as status
      from email_events where occurred_at <= ?3 group by contact_id, message_id
    )
    select ${messageKey} as message_id, contact_key, full_name as name, ${address} as contact, subject,
      email_type, campaign_id as campaign, sequence_version as version, step_number as step, status, last_event_at
    from states
    join email_messages on email_messages.contact_id = states.contact_id
      and email_messages.message_id = states.message_id
    join contacts on contacts.contact_id = states.contact_id
    where ?1 is null or status = ?1 order by last_event_at desc, 1 limit ?2`,
  campaigns: `select campaign_id as campaign, name, status, goal, channel, owner, target_segment, start_at, end_at,
      (select count(*) from enrolments
        where enrolments.campaign_id = campaigns.campaign_id and enrolled_at <= ?3) as enrolled
    from campaigns where ?1 is null or status = ?1 order by start_at desc, campaign_id limit ?2`,
  waiting: render(
    `select kind, waits_for, external_id, observed_at, landed_at, waiting_key from int_waiting_facts
     where (?1 is null or kind = ?1) and landed_at <= ?3 order by landed_at desc, waiting_key limit ?2`,
    { as_of: ALWAYS },
  ),
  'dead-events': `select dead_id, door, fault, reason, landed_at, replayed_at
    from dead_events where (?1 is null or fault = ?1) and landed_at <= ?3 order by landed_at desc, dead_id limit ?2`,
};

/**
 * Calls, over views rendered for the present: ?1 and ?2 as above. A booking is pending until it is
 * completed or cancelled (R10a); a call that nobody booked is told by its class.
 */
const calls = `select call_key, contact_key, full_name as name, ${address} as contact, source, status, class, direction, booked_at,
      scheduled_at, started_at, completed_at, cancelled_at, duration_s, recorded, recording_url,
      nullif(agent_id, 'unknown') as agent, outcome, objections, next_steps
    from (
      select stg_calls.*, case when int_bookings.call_key is null then class when is_completed = 1 then 'completed'
        when int_bookings.cancelled_at is not null then 'cancelled' else 'pending' end as status
      from stg_calls left join int_bookings
        on int_bookings.contact_id = stg_calls.contact_id and int_bookings.call_key = stg_calls.call_key
    ) as listed join contacts on contacts.contact_id = listed.contact_id
    where ?1 is null or status = ?1 or class = ?1 or outcome = ?1
    order by coalesce(started_at, booked_at, completed_at) desc, call_key limit ?2`;

export async function readList(
  db: D1Database,
  list: List,
  options: { status?: string; limit: number; as_of: number },
): Promise<ListRow[]> {
  const { status = null, limit, as_of } = options;
  const statement =
    list === 'calls'
      ? db.prepare(render(calls, { as_of })).bind(status, limit)
      : db.prepare(queries[list]).bind(status, limit, as_of);
  const { results } = await statement.all<ListRow>();
  return list === 'prospects' ? withNextActions(db, results, as_of) : results;
}

/** Puts the next action of each row's contact, stated text or code, in place of its `contact_id`. */
async function withNextActions(db: D1Database, rows: ListRow[], as_of: number): Promise<ListRow[]> {
  const select =
    'select contact_id, coalesce(stated_action, next_action) as next_action from int_next_actions';
  const ids = JSON.stringify(rows.map(({ contact_id }) => contact_id));
  const { results } = await db
    .prepare(render(select, { as_of, contact_ids: 'bound' }))
    .bind(ids)
    .all<{ contact_id: number; next_action: string }>();
  const actions = new Map(results.map(({ contact_id, next_action }) => [contact_id, next_action]));
  return rows.map(({ contact_id, ...row }) => ({
    ...row,
    next_action: actions.get(contact_id as number) ?? null,
  }));
}

const PAGE = 50;

/** ?1 text as a like pattern or null, ?2 status or null, ?3 stage or null, ?4 the digits of the text as a pattern or null. */
const matching = `from contact_summary join contacts on contacts.contact_id = contact_summary.contact_id
  where (?2 is null or lead_status = ?2) and (?3 is null or sales_stage = ?3)
    and (?1 is null or full_name like ?1 escape '\\' or company like ?1 escape '\\' or exists (
      select 1 from identities where identities.contact_id = contacts.contact_id
        and (value like ?1 escape '\\' or (kind = 'phone' and ?4 is not null and value like ?4))))`;

/** D1 takes a pattern of at most so many bytes. */
const MOST_PATTERN_BYTES = 50;

/** A pattern that finds the beginning of `text`, as much of it as D1 takes, anywhere. */
function anywhere(text: string): string {
  let pattern = '%';
  let bytes = 2;
  for (const character of text.toWellFormed().replaceAll('\0', '')) {
    const escaped = character.replace(/[\\%_]/, '\\$&');
    bytes += new TextEncoder().encode(escaped).length;
    if (bytes > MOST_PATTERN_BYTES) break;
    pattern += escaped;
  }
  return `${pattern}%`;
}

/** One page of people, best score first. */
export async function readPeople(
  db: D1Database,
  search: PeopleSearch,
): Promise<PeoplePage & { is_sample: boolean }> {
  const text = search.text.trim();
  const digits = text.replaceAll(/\D/g, '').replace(/^0+/, '');
  const terms = [
    text ? anywhere(text) : null,
    search.status || null,
    search.stage || null,
    digits.length >= 4 ? anywhere(digits) : null,
  ];
  const [found, rows, house] = await db.batch([
    db.prepare(`select count(*) as found ${matching}`).bind(...terms),
    db
      .prepare(
        `select contact_key, full_name, company, ${address} as address, lead_status, sales_stage, vip, unsubscribed, score_milli,
           emails_sent, attempts, last_activity_at ${matching} order by score_milli desc, contact_key limit ${PAGE} offset ?5`,
      )
      .bind(...terms, (search.page - 1) * PAGE),
    db.prepare('select is_sample from house'),
  ]);
  return {
    rows: rows!.results as ListedPerson[],
    found: (found!.results as { found: number }[])[0]!.found,
    is_sample: (house!.results as { is_sample: number }[])[0]?.is_sample === 1,
    search,
    page_size: PAGE,
  };
}

/** Which house this is, how much it holds, its last export and how many facts landed after `after` (UTC ms). */
export async function readStatus(db: D1Database, config: HouseConfig, after: number) {
  const tables = [
    'contacts',
    'interactions',
    'calls',
    'purchases',
    'email_messages',
    'email_events',
    'campaigns',
    'enrolments',
    'suppressions',
    'observations',
    'merges',
    'dead_events',
  ];
  const waiting = render('select count(*) from int_waiting_facts', { as_of: ALWAYS });
  const [house, doors, counts, waitingFacts, landed, run, jobs] = await Promise.all([
    readHouse(db),
    readDoors(db),
    db
      .prepare(
        `select ${tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`,
      )
      .first<Record<string, number>>(),
    db.prepare(waiting).first<number>('count(*)'),
    db
      .prepare(
        `select (select count(*) from email_events where landed_at > ?1) + (select count(*) from observations where landed_at > ?1) as n`,
      )
      .bind(after)
      .first<{ n: number }>(),
    db.prepare('select * from export_runs order by started_at desc, attempt desc limit 1').first(),
    readJobs(db),
  ]);
  return {
    house,
    as_of: now(config),
    counts: { ...counts, waiting: waitingFacts ?? 0 },
    doors,
    last_export: run,
    facts_landed_after: landed?.n ?? 0,
    jobs,
  };
}
