/**
 * Folds the contacts of a batch: what was stated about them, and where they began (P3, P4).
 * Home of P4.
 */
import type { ThingKind } from '../../core/facts/fact.ts';
import { dayOf, foldCtes, owner } from '../write/fold.ts';

const stated = [
  ...[
    'full_name',
    'company',
    'role',
    'industry',
    'country',
    'timezone',
    'channel_origin',
    'lead_type',
    'offer',
    'term',
  ],
  ...[
    'year_level',
    'tier',
    'assigned_to',
    'tags',
    'notes',
    'next_action',
    'next_action_at',
    'deal_value_minor',
  ],
  ...[
    'vip_by_hand',
    'stated_lead_score',
    'last_contact_at',
    'trial_followup_status',
    'utm_source',
    'utm_medium',
    'utm_campaign',
  ],
];

const LATE = 9_007_199_254_740_991;

/** The instant of a contact's first fact of any kind; D1 takes five terms of a union at a time. */
const firstFact = `(select min(first) from (
    select min(observed_at) as first from observations where kind = 'contact' and thing_key = cast(b.contact_id as text)
    union all select min(occurred_at) from email_events where contact_id = b.contact_id
    union all select min(occurred_at) from interactions where contact_id = b.contact_id
    union all select nullif(min(min(coalesce(booked_at, ${LATE}), coalesce(started_at, ${LATE}), coalesce(completed_at, ${LATE}))), ${LATE})
      from calls where contact_id = b.contact_id
    union all select min(at) from (
      select min(purchased_at) as at from purchases where contact_id = b.contact_id and product_name is not null
      union all select min(enrolled_at) from enrolments where contact_id = b.contact_id)))`;

/** The contacts named, and whoever was told of as the owner of a thing of ?2: one that lost it may have begun later than it seemed. */
const CONCERNED = `select cast(value as text) as thing_key from json_each(?1)
    union all select cast(${owner} as text) from json_each(?2) t
      join observations o on o.kind = t.value ->> 0 and o.thing_key = t.value ->> 1 where o.contact_id is not null`;

/**
 * Updates the contacts whose fold differs: those of these ids, and everyone who ever owned one of these things, each [kind, key].
 * Grain: one row per contact.
 */
export function foldContacts(
  db: D1Database,
  contact_ids: number[],
  things: [ThingKind, string][] = [],
): D1PreparedStatement {
  const columns = [...stated, 'attributes', 'lead_added_at', 'lead_added_day'];
  return db
    .prepare(
      `with ${foldCtes('contact', CONCERNED)},
       everyone as (select cast(thing_key as integer) as contact_id from batch),
       begun as (
         select b.contact_id, coalesce(folded.f, '{}') as f, coalesce(folded.f ->> 'lead_added_at', ${firstFact}) as lead_added_at
         from everyone b left join folded on folded.thing_key = cast(b.contact_id as text)
       ),
       next as (
         select contact_id, ${stated.map((name) => `f ->> '${name}' as ${name}`).join(', ')},
           (select json_group_object(substr(key, 12), value) from (
             select key, value from json_each(begun.f) where key like 'attributes.%' order by key) having count(*) > 0) as attributes,
           lead_added_at, case when lead_added_at is not null then ${dayOf('lead_added_at')} end as lead_added_day
         from begun
       )
       update contacts set ${columns.map((name) => `${name} = next.${name}`).join(', ')} from next
       where contacts.contact_id = next.contact_id and (${columns.map((name) => `contacts.${name} is not next.${name}`).join(' or ')})`,
    )
    .bind(JSON.stringify(contact_ids), JSON.stringify(things));
}
