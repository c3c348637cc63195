/** Everything about one contact, in one round trip to D1, however they are addressed. */
import { type Address, parseAddress } from '../../core/facts/address.ts';
import type { Person, ScorePoint, TimelineEvent } from '../../core/pages/person.ts';
import { referralCode } from '../../core/person-links.ts';
import { BOUND_IDS, render } from '../../sql/render.ts';
import type { ColumnName } from '../schema/columns.ts';
import type { contacts } from '../schema/index.ts';
import { type CallRow, callEvents, mailEvents, otherEvents } from './timeline.ts';

/**
 * Ids of the contact that ?1 (a key) or ?2, ?3 (kind and value of an identity) means; a merged key
 * leads to its survivor (P2). `main.` because this stands inside views that call their own inputs
 * by the tables' names.
 */
const chosen = `with recursive found as (
  select contact_id from main.contacts where contact_key = ?1
  union select contact_id from main.identities where kind = ?2 and value = ?3
  union select survivor_id from main.merges where loser_key = ?1
  union select survivor_id from main.merges join found on found.contact_id = merges.loser_id
)
select json_group_array(contact_id) from found
where contact_id not in (select loser_id from main.merges)`;

/** Whoever writes more, or longer, has the newest shown, and the beginning of each. */
const MOST_TEXTS = 50;
const MOST_SHOWN = 20_000;

const queries = {
  person: `
    select stg_contacts.*, int_contact_status.lead_status, int_contact_status.sales_stage,
      int_contact_status.unsubscribed, int_contact_scores.score_milli, coalesce(vip, 0) as vip,
      int_contact_milestones.*, int_next_actions.next_action as action,
      int_next_actions.stated_action
    from stg_contacts
    join int_contact_status on int_contact_status.contact_id = stg_contacts.contact_id
    join int_contact_scores on int_contact_scores.contact_id = stg_contacts.contact_id
    join int_contact_milestones on int_contact_milestones.contact_id = stg_contacts.contact_id
    join int_next_actions on int_next_actions.contact_id = stg_contacts.contact_id
    left join contact_summary on contact_summary.contact_id = stg_contacts.contact_id`,
  identities: "select kind, value from stg_identities order by kind = 'external', kind, value",
  points: `
    select kind, occurred_at, points, milli_now / 1000.0 as points_now
    from int_score_points order by occurred_at desc, points_key`,
  suppressions: `
    select address, reason, suppressed_at
    from stg_suppressions order by suppressed_at desc, address, reason`,
  campaigns: `
    select stg_enrolments.campaign_id, coalesce(name, stg_enrolments.campaign_id) as name,
      stg_enrolments.status, enrolled_at, current_step, converted_at
    from stg_enrolments
    left join stg_campaigns on stg_campaigns.campaign_id = stg_enrolments.campaign_id
    order by enrolled_at desc, enrolment_key`,
  purchases: `
    select kind, amount_minor, currency, purchased_at, product_name, completed_at, purchase_key,
      coalesce(name, stg_purchases.agent_id) as agent
    from stg_purchases
    left join stg_agents on stg_agents.agent_id = stg_purchases.agent_id`,
  mail: `
    select event_id, occurred_at, 'email_' || event_type as event,
      coalesce(link, subject) as detail, actor, 'email' as channel
    from stg_email_events
    left join stg_email_messages
      on stg_email_messages.contact_id = stg_email_events.contact_id
      and stg_email_messages.message_id = stg_email_events.message_id`,
  texts: `
    select reply_texts.event_id, substr(reply_texts.text, 1, ${MOST_SHOWN}) as text
    from stg_email_events
    join reply_texts on reply_texts.event_id = stg_email_events.event_id
    order by occurred_at desc, reply_texts.event_id limit ${MOST_TEXTS}`,
  calls: `
    select stg_calls.*, coalesce(name, nullif(stg_calls.agent_id, 'unknown')) as agent
    from stg_calls
    left join stg_agents on stg_agents.agent_id = stg_calls.agent_id`,
  interactions: `
    select occurred_at, case when direction = 'inbound' then 'inbound_' else 'outbound_' end
        || coalesce(outcome, case channel when 'web' then 'visit' else 'no_response' end) as event,
      summary as detail, channel
    from stg_interactions`,
  changes: `
    select occurred_at, field, from_value, to_value, cause, rule_id from stg_status_changes`,
} as const;

type Name = keyof typeof queries;
const names = Object.keys(queries) as Name[];
/** Of a contact's columns those that say where they came from and what kind of lead they are. */
const SOURCE_TAGS = [
  'channel_origin',
  'lead_type',
  'offer',
  'term',
  'year_level',
  'tier',
  'industry',
  'country',
  'timezone',
  'trial_followup_status',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'tags',
] satisfies ColumnName<typeof contacts>[];

type Row = Record<string, string | number | null>;

/**
 * The person that `text` addresses (contact key, email, phone or external id) as of an instant, or
 * undefined. A contact key is also tried as an external id. `secret` keys their referral code.
 */
export async function readPerson(
  db: D1Database,
  text: string,
  at: { as_of: number; country: string; secret: string },
): Promise<Person | undefined> {
  const address: Address = parseAddress(text, at.country) ?? { kind: 'external', value: text };
  const statements = names.map((name) =>
    db
      .prepare(
        render(queries[name], { as_of: at.as_of, among: BOUND_IDS }).replaceAll(
          'json_each(?1)',
          `json_each((${chosen}))`,
        ),
      )
      .bind(text, address.kind, address.value),
  );
  const answers = await db.batch<Row>(statements);
  const rows = <T = Row>(name: Name): T[] => answers[names.indexOf(name)]!.results as T[];
  const [person] = rows('person');
  return person && toPerson(person, rows, at);
}

function toPerson(
  row: Row,
  rows: <T = Row>(name: Name) => T[],
  { as_of, secret }: { as_of: number; secret: string },
): Person {
  const texts = (name: string) => (row[name] ?? null) as string | null;
  const figures = (name: string) => (row[name] ?? null) as number | null;
  const purchases = rows<{ currency: string; amount_minor: number }>('purchases');
  const values = Map.groupBy(purchases, (purchase) => purchase.currency);
  return {
    contact_key: texts('contact_key')!,
    referral_code: referralCode(secret, figures('contact_id')!),
    full_name: texts('full_name'),
    company: texts('company'),
    role: texts('role'),
    lead_status: texts('lead_status')!,
    sales_stage: texts('sales_stage')!,
    vip: row.vip === 1,
    unsubscribed: row.unsubscribed === 1,
    suppressions: rows('suppressions'),
    score: Math.round((figures('score_milli') ?? 0) / 100) / 10,
    stated_score: figures('stated_lead_score'),
    score_points: rows<ScorePoint>('points'),
    next_action: texts('stated_action') ?? texts('action')!,
    next_action_is_stated: row.stated_action !== null,
    next_action_at: figures('next_action_at'),
    next_follow_up_at: figures('next_follow_up_at'),
    assigned_to: texts('assigned_to'),
    notes: texts('notes'),
    lead_added_at: figures('lead_added_at'),
    last_touch_at: figures('last_touch_at'),
    last_activity_at: figures('last_activity_at'),
    identities: rows('identities'),
    attributes: JSON.parse(texts('attributes') ?? '{}') as Person['attributes'],
    source_tags: Object.fromEntries(
      SOURCE_TAGS.flatMap((tag) => (row[tag] ? [[tag, row[tag]!]] : [])),
    ),
    counts: {
      emails: figures('emails_sent') ?? 0,
      replies: figures('emails_replied') ?? 0,
      attempts: figures('attempts') ?? 0,
      purchases: purchases.filter((purchase) => purchase.amount_minor >= 0).length,
    },
    lifetime_value: [...values].map(([currency, list]) => ({
      currency,
      amount_minor: list.reduce((sum, purchase) => sum + purchase.amount_minor, 0),
    })),
    campaigns: rows('campaigns'),
    history: [
      ...otherEvents({
        mail: mailEvents(rows('mail'), rows('texts')),
        interactions: rows<TimelineEvent>('interactions'),
        purchases: rows('purchases'),
        changes: rows('changes'),
        suppressions: rows('suppressions'),
        campaigns: rows('campaigns'),
        lead_added_at: figures('lead_added_at'),
      }),
      ...rows<CallRow>('calls').flatMap(callEvents),
    ]
      .filter((event) => event.occurred_at <= as_of)
      .sort(
        (a, b) =>
          b.occurred_at - a.occurred_at || (a.event < b.event ? -1 : a.event > b.event ? 1 : 0),
      ),
  };
}
