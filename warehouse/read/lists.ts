/**
 * Lists of prospects, mail, calls, campaigns, sequences, imports and what waits: read from the
 * summaries and the facts, never from a whole mart.
 */
import { mailStatuses } from '../../core/facts/mail-status.ts';
import { END_OF_TIME } from '../../core/instant.ts';
import type { List } from '../../core/lists.ts';
import { expandMacros } from '../../sql/macros.ts';
import { BOUND_IDS, render } from '../../sql/render.ts';
import { firstAddress } from '../people/first-address.ts';

export type ListRow = Record<string, string | number | null>;

const contact = `${firstAddress('contacts.contact_id')} as contact`;

/** The strongest of the events of a message; the number before each type orders them. */
const mailStatus = `substr(min(case event_type ${mailStatuses
  .map((status, n) => `when '${status}' then '${String(n).padStart(2, '0')}${status}'`)
  .join(' ')} end), 3)`;
const messageKey = expandMacros('{{message_key(states.message_id, is_copy, contact_key)}}');

/**
 * ?1 is a status (a dead event's state or fault, a waiting fact's kind) or null, ?2 the limit, ?3
 * the present. Durations are seconds, instants UTC ms.
 */
const queries: Record<Exclude<List, 'calls'>, string> = {
  prospects: `
    select contact_key, full_name as name, ${contact}, lead_status, sales_stage,
      emails_sent as sent, emails_opened as opened, emails_clicked as clicked, attempts as called,
      (select sum(duration_s) from calls
        where calls.contact_id = contacts.contact_id and started_at <= ?3) as duration_s,
      (select outcome from calls
        where calls.contact_id = contacts.contact_id and outcome is not null
          and coalesce(completed_at, started_at) <= ?3
        order by coalesce(completed_at, started_at) desc, call_key desc limit 1) as outcome,
      contacts.contact_id
    from contact_summary join contacts on contacts.contact_id = contact_summary.contact_id
    where ?1 is null or lead_status = ?1 or sales_stage = ?1
    order by score_milli desc, contact_key limit ?2`,
  emails: `
    with states as (
      select contact_id, message_id, max(occurred_at) as last_event_at, ${mailStatus} as status
      from email_events where occurred_at <= ?3 group by contact_id, message_id
    )
    select ${messageKey} as message_id, contact_key, full_name as name, ${contact},
      subject, email_type, campaign_id as campaign, sequence_version as version,
      step_number as step, status, last_event_at
    from states
    join email_messages on email_messages.contact_id = states.contact_id
      and email_messages.message_id = states.message_id
    join contacts on contacts.contact_id = states.contact_id
    where ?1 is null or status = ?1 order by last_event_at desc, 1 limit ?2`,
  campaigns: `
    select campaign_id as campaign, name, status, goal, channel, owner, target_segment,
      start_at, end_at,
      (select count(*) from enrolments
        where enrolments.campaign_id = campaigns.campaign_id and enrolled_at <= ?3) as enrolled
    from campaigns where ?1 is null or status = ?1 order by start_at desc, campaign_id limit ?2`,
  sequences: `
    select sequence, version, step_number as step, started_by, delay_days, channel, email_type,
      subject, body, from_name, from_address
    from planned_steps where (?1 is null or channel = ?1) and ?3 is not null
    order by sequence, version, step_number, step_key limit ?2`,
  imports: `
    select import_id, kind, file_name as file, imported_at, imported_by, row_count as rows,
      new_count as new, updated_count as updated, skipped_count as skipped,
      waiting_count as waiting, rejected_count as rejected, undone_at
    from imports where (?1 is null or kind = ?1) and imported_at <= ?3
    order by import_id desc limit ?2`,
  merges: `
    select loser_id as merge_id, 'merged' as state, value as contact, merged_at as changed_at,
      contact_key, full_name as name
    from merges join contacts on contact_id = survivor_id
    where (?1 is null or ?1 = 'merged') and merged_at <= ?3
    union all
    select refused_merges.contact_id, 'undone', ${firstAddress('refused_merges.contact_id')},
      undone_at, contact_key, full_name
    from refused_merges join contacts on contacts.contact_id = other_id
    where (?1 is null or ?1 = 'undone') and undone_at <= ?3
    order by changed_at desc, merge_id limit ?2`,
  waiting: render(
    `select kind, waits_for, address, observed_at, landed_at, waiting_key
     from int_waiting_facts where (?1 is null or kind = ?1) and landed_at <= ?3
     order by landed_at desc, waiting_key limit ?2`,
    { as_of: END_OF_TIME },
  ),
  'dead-events': `
    select dead_id, door, account, state, fault, reason, landed_at
    from (
      select *, case
          when replayed_at is not null then 'replayed'
          when discarded_at is not null then 'discarded'
          else 'waiting' end as state
      from dead_events)
    where (?1 is null or fault = ?1 or state = ?1) and landed_at <= ?3
    order by landed_at desc, dead_id limit ?2`,
};

/**
 * Calls, over views rendered for the present: ?1 and ?2 as above. A booking is pending until it is
 * completed or cancelled (R10a); the status of a call without a booking is its class.
 */
const calls = `
  select call_key, contact_key, full_name as name, ${contact}, source, status, class, direction,
    booked_at, scheduled_at, started_at, completed_at, cancelled_at, duration_s, recorded,
    recording_url, nullif(agent_id, 'unknown') as agent, outcome, objections, next_steps
  from (
    select stg_calls.*, case
        when int_bookings.call_key is null then class
        when is_completed = 1 then 'completed'
        when int_bookings.cancelled_at is not null then 'cancelled'
        else 'pending' end as status
    from stg_calls
    left join int_bookings on int_bookings.contact_id = stg_calls.contact_id
      and int_bookings.call_key = stg_calls.call_key
  ) as listed
  join contacts on contacts.contact_id = listed.contact_id
  where ?1 is null or status = ?1 or class = ?1 or outcome = ?1
  order by coalesce(started_at, booked_at, completed_at) desc, call_key limit ?2`;

/** At most `limit` rows of a list as of an instant (UTC ms), the best or latest first. */
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

/** Puts each contact's next action, stated text or code, in place of its `contact_id`. */
async function withNextActions(db: D1Database, rows: ListRow[], as_of: number): Promise<ListRow[]> {
  const select =
    'select contact_id, coalesce(stated_action, next_action) as next_action from int_next_actions';
  const { results } = await db
    .prepare(render(select, { as_of, among: BOUND_IDS }))
    .bind(JSON.stringify(rows.map(({ contact_id }) => contact_id)))
    .all<{ contact_id: number; next_action: string }>();
  const actions = new Map(results.map(({ contact_id, next_action }) => [contact_id, next_action]));
  return rows.map(({ contact_id, ...row }) => ({
    ...row,
    next_action: actions.get(contact_id as number) ?? null,
  }));
}
