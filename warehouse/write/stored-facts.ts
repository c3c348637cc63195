/** Stored rows as the facts that made them: what leaves the tables can come in again (F3). */
import type { EmailEvent, Observation } from '../../core/facts/fact.ts';
import { firstAddress } from '../people/first-address.ts';

type Address = EmailEvent['contact'];

/** A fact with the contact that holds it. */
export type Stored<Fact> = { fact: Fact; contact_id: number | null };

type Event = Omit<EmailEvent, 'kind' | 'contact' | 'message' | 'provider'>;
type EventRow = Event &
  EmailEvent['message'] & {
    contact_id: number;
    contact_kind: Address['kind'];
    contact: string;
  };

/** The rows of one event, which a mail to several people has for each of them. */
export async function storedEvents(
  db: D1Database,
  event_id: string,
): Promise<Stored<EmailEvent>[]> {
  const { results } = await db.prepare(EVENTS).bind(event_id).all<EventRow>();
  return results.map((row) => ({ fact: eventOf(row), contact_id: row.contact_id }));
}

const EVENTS = `
  select e.contact_id, e.event_id, e.event_type, e.occurred_at, e.actor, e.bounce_type, e.link,
    e.user_agent, e.http_method,
    case when names_no_message is null then e.message_id end as message_id,
    ${firstAddress('e.contact_id', 'kind')} as contact_kind,
    ${firstAddress('e.contact_id', 'value')} as contact,
    coalesce(m.created_at, e.occurred_at) as created_at, m.campaign_id, m.sequence_version,
    m.step_number, m.email_type, m.subject, m.sending_domain, m.recipient_domain_group,
    reply_texts.text
  from email_events e
  left join email_messages m on m.contact_id = e.contact_id and m.message_id = e.message_id
  left join reply_texts on reply_texts.event_id = e.event_id
  where e.event_id = ?`;

const eventOf = (row: EventRow): EmailEvent => ({
  kind: 'email_event',
  provider: 'discard',
  medium: 'email',
  event_id: row.event_id,
  message_id: row.message_id,
  contact: { kind: row.contact_kind, value: row.contact },
  event_type: row.event_type,
  occurred_at: row.occurred_at,
  message: {
    created_at: row.created_at,
    campaign_id: row.campaign_id,
    sequence_version: row.sequence_version,
    step_number: row.step_number,
    email_type: row.email_type,
    subject: row.subject,
    sending_domain: row.sending_domain,
    recipient_domain_group: row.recipient_domain_group,
  },
  actor: row.actor,
  bounce_type: row.bounce_type,
  link: row.link,
  user_agent: row.user_agent,
  http_method: row.http_method,
  text: row.text,
});

type ObservationRow = Omit<Observation, 'contact' | 'identities' | 'stated'> & {
  contact_id: number | null;
  contact_kind: Address['kind'] | null;
  contact: string | null;
  stated: string;
};

/** The observations `o` for which the condition `wanted` holds, with what it binds. */
export async function storedObservations(
  db: D1Database,
  wanted: string,
  bound: unknown[],
): Promise<Stored<Observation>[]> {
  const { results } = await db
    .prepare(
      `select kind, provider, account, medium, thing_key, observation_key, observed_at, stated,
         o.contact_id,
         ${firstAddress('o.contact_id', 'kind')} as contact_kind,
         ${firstAddress('o.contact_id', 'value')} as contact
       from observations o where ${wanted}`,
    )
    .bind(...bound)
    .all<ObservationRow>();
  return results.map((row) => ({ fact: observationOf(row), contact_id: row.contact_id }));
}

function observationOf({
  contact_id: _,
  contact_kind,
  contact,
  stated,
  ...fact
}: ObservationRow): Observation {
  const observation = { ...fact, stated: JSON.parse(stated) as Observation['stated'] };
  if (!contact_kind || !contact) return observation;
  return { ...observation, contact: { kind: contact_kind, value: contact } };
}
