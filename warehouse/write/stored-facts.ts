/** Stored rows as the facts that made them: what leaves the tables can come in again (F3). */
import type { EmailEvent, Observation } from '../../core/facts/fact.ts';
import { firstAddress } from '../people/first-address.ts';
import { owner } from './fold.ts';
import type { Imported } from './imported.ts';
import { WAITING } from './waiting-facts.ts';

type Address = EmailEvent['contact'];

/** A fact with the contact that holds it. */
export type Stored<Fact> = { fact: Fact; contact_id: number | null };

/** The address of its text, `kind:value`. */
function addressOf(text: string): Address {
  const colon = text.indexOf(':');
  return { kind: text.slice(0, colon) as Address['kind'], value: text.slice(colon + 1) };
}

const firstText = (contact: string): string =>
  `concat(${firstAddress(contact, 'kind')}, ':', ${firstAddress(contact)})`;

type Event = Omit<EmailEvent, 'kind' | 'contact' | 'message' | 'provider'>;
type EventRow = Event &
  EmailEvent['message'] & { contact_id: number; address: string; is_answer: number } & {
    imported: string | null;
  };

/**
 * The events `e` for which the condition `wanted` holds, with what it binds. A mail to several
 * people has a row for each of them.
 */
export async function storedEvents(
  db: D1Database,
  wanted: string,
  bound: unknown[],
): Promise<Stored<EmailEvent>[]> {
  const { results } = await db
    .prepare(`${EVENTS} where ${wanted}`)
    .bind(...bound)
    .all<EventRow>();
  return results.map((row) => ({ fact: eventOf(row), contact_id: row.contact_id }));
}

const EVENTS = `
  select e.contact_id, e.event_id, e.event_type, e.occurred_at, e.actor, e.bounce_type, e.link,
    e.user_agent, e.http_method, e.imported, e.sender is not null as is_answer,
    case when names_no_message is null then e.message_id end as message_id,
    coalesce(e.imported ->> '$.contact', e.sender, m.recipient, ${firstText('e.contact_id')})
      as address,
    coalesce(m.created_at, e.occurred_at) as created_at, m.campaign_id, m.sequence_version,
    m.step_number, m.email_type, m.subject, m.sending_domain, m.recipient_domain_group,
    reply_texts.text
  from email_events e
  left join email_messages m on m.contact_id = e.contact_id and m.message_id = e.message_id
  left join reply_texts on reply_texts.event_id = e.event_id`;

function eventOf(row: EventRow): EmailEvent {
  const imported = row.imported === null ? null : (JSON.parse(row.imported) as Imported);
  return {
    kind: 'email_event',
    provider: 'discard',
    medium: 'email',
    ...(imported ? { imports: imported.imports } : {}),
    event_id: row.event_id,
    message_id: row.message_id,
    contact: addressOf(row.address),
    ...(row.is_answer ? { contact_role: 'sender' as const } : {}),
    event_type: row.event_type,
    occurred_at: row.occurred_at,
    message: imported?.message ?? {
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
  };
}

type ObservationRow = Omit<Observation, 'contact' | 'identities' | 'stated' | 'imports'> & {
  contact_id: number | null;
  address: string | null;
  addresses: string | null;
  imports: string | null;
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
         imports, addresses, ${owner} as contact_id,
         case when o.contact_id is not null then ${firstText(owner)} end as address
       from observations o where ${wanted}`,
    )
    .bind(...bound)
    .all<ObservationRow>();
  return results.map((row) => ({ fact: observationOf(row), contact_id: row.contact_id }));
}

/** Facts from before addresses were kept are addressed by what the contact has now. */
function observationOf({
  contact_id: _,
  address,
  addresses,
  imports,
  stated,
  ...fact
}: ObservationRow): Observation {
  const texts = addresses === null ? [address ?? []].flat() : (JSON.parse(addresses) as string[]);
  const isWaiting = texts[0]?.startsWith(WAITING);
  const [contact, ...others] = texts.map((text) => addressOf(text.replace(/^\?/, '')));
  return {
    ...fact,
    ...(imports === null ? {} : { imports: JSON.parse(imports) as number[] }),
    ...(contact ? { contact } : {}),
    ...(isWaiting ? { waits_for_contact: true } : {}),
    ...(others.length > 0 ? { identities: [contact!, ...others] } : {}),
    stated: JSON.parse(stated) as Observation['stated'],
  };
}
