/** Takes a fact that stops the night out of the warehouse into quarantine: nothing is lost, and `replay` can bring it back (F3). */
import type { EmailEvent, Fact, ThingKind } from '../../core/facts/fact.ts';
import { Fault } from '../../core/faults.ts';
import { instantSpan } from '../../core/instant.ts';
import { foldContacts } from '../people/fold.ts';
import { buryEvents } from './dead-events.ts';
import { thingTables } from './things.ts';

/** What the law that names it calls it: an event by its id, a thing by its key, of a contact what it states outside the calendar. */
export type FactName = { kind: ThingKind | 'email_event'; key: string };

type Address = EmailEvent['contact'];
type Found = { facts: Fact[]; contact_ids: number[]; deletes: D1PreparedStatement[] };

/**
 * Removes the fact with what was folded from it; answers whose it was, for the refresh. Throws `Fault('not_found')`. `now` in UTC ms.
 * The quarantine is written first, so that a crash in between loses nothing and the command can be repeated.
 */
export async function discard(
  db: D1Database,
  name: FactName,
  now: number,
): Promise<{ discarded: number; contact_ids: number[] }> {
  const found =
    name.kind === 'email_event'
      ? await findEvents(db, name.key)
      : await findObservations(db, name.kind, name.key);
  const { facts, contact_ids, deletes } = found;
  if (facts.length === 0)
    throw new Fault('not_found', `no ${name.kind} is known by the key ${name.key}`);
  const reason = `discarded by hand: ${name.kind} ${name.key}`;
  const body = JSON.stringify({ door: 'discard', facts });
  await buryEvents(db, [{ door: 'discard', fault: 'discarded', reason, body }], now);
  await db.batch([...deletes, foldContacts(db, contact_ids)]);
  return { discarded: facts.length, contact_ids };
}

const address = (contact: string, part: 'kind' | 'value'): string =>
  `(select ${part} from identities where identities.contact_id = ${contact}
    order by case kind when 'email' then 0 when 'phone' then 1 else 2 end, value limit 1)`;

type EventRow = Omit<EmailEvent, 'kind' | 'contact' | 'message'> &
  EmailEvent['message'] & { contact_id: number; contact_kind: Address['kind']; contact: string };

async function findEvents(db: D1Database, event_id: string): Promise<Found> {
  const { results } = await db
    .prepare(
      `select e.contact_id, e.event_id, e.event_type, e.occurred_at, e.actor, e.bounce_type, e.link,
         e.user_agent, e.http_method, case when names_no_message is null then e.message_id end as message_id,
         ${address('e.contact_id', 'kind')} as contact_kind, ${address('e.contact_id', 'value')} as contact,
         m.created_at, m.campaign_id, m.sequence_version, m.step_number, m.email_type, m.subject,
         m.sending_domain, m.recipient_domain_group
       from email_events e left join email_messages m
         on m.contact_id = e.contact_id and m.message_id = e.message_id
       where e.event_id = ?`,
    )
    .bind(event_id)
    .all<EventRow>();
  const facts = results.map((row): EmailEvent => {
    const { contact_id: _, contact_kind, contact, ...event } = row;
    const { created_at, campaign_id, sequence_version, step_number, email_type, subject } = event;
    const { sending_domain, recipient_domain_group } = event;
    return {
      kind: 'email_event',
      provider: 'discard',
      event_id,
      message_id: event.message_id,
      contact: { kind: contact_kind, value: contact },
      event_type: event.event_type,
      occurred_at: event.occurred_at,
      message: {
        created_at: created_at ?? event.occurred_at,
        campaign_id,
        sequence_version,
        step_number,
        email_type,
        subject,
        sending_domain,
        recipient_domain_group,
      },
      actor: event.actor,
      bounce_type: event.bounce_type,
      link: event.link,
      user_agent: event.user_agent,
      http_method: event.http_method,
    };
  });
  const sql = [
    `delete from suppressions where (contact_id, suppressed_at) in (
       select contact_id, occurred_at from email_events where event_id = ?)`,
    `delete from email_messages where message_id in (select message_id from email_events where event_id = ?1)
       and not exists (select 1 from email_events e
         where e.contact_id = email_messages.contact_id and e.message_id = email_messages.message_id
           and e.event_id <> ?1)`,
    'delete from email_events where event_id = ?',
  ];
  return {
    facts,
    contact_ids: results.map(({ contact_id }) => contact_id),
    deletes: sql.map((text) => db.prepare(text).bind(event_id)),
  };
}

type ObservationRow = {
  thing_key: string;
  observation_key: string;
  contact_id: number | null;
  provider: string;
  account: string | null;
  medium: string | null;
  observed_at: number;
  stated: string;
  contact_kind: Address['kind'] | null;
  contact: string | null;
};

/** Of a contact, whose key is its published one, only what states an instant outside the calendar. */
const ofContact = `kind = 'contact'
  and thing_key in (select cast(contact_id as text) from contacts where contact_key = ?2)
  and (stated ->> 'lead_added_at' not between ?3 and ?4
    or stated ->> 'last_contact_at' not between ?3 and ?4)`;

async function findObservations(db: D1Database, kind: ThingKind, key: string): Promise<Found> {
  const bounds = [Date.parse(instantSpan.first), Date.parse(instantSpan.last)];
  const bound = kind === 'contact' ? [kind, key, ...bounds] : [kind, key];
  const wanted = kind === 'contact' ? `?1 = kind and ${ofContact}` : 'kind = ?1 and thing_key = ?2';
  const { results } = await db
    .prepare(
      `select thing_key, observation_key, o.contact_id, provider, account, medium, observed_at, stated,
         ${address('o.contact_id', 'kind')} as contact_kind, ${address('o.contact_id', 'value')} as contact
       from observations o where ${wanted}`,
    )
    .bind(...bound)
    .all<ObservationRow>();
  const facts = results.map((row): Fact => {
    const { thing_key, observation_key, observed_at, contact_kind, contact } = row;
    const { provider, account, medium } = row;
    const stated = JSON.parse(row.stated) as Record<string, string | number | null>;
    const whose =
      contact_kind && contact ? { contact: { kind: contact_kind, value: contact } } : {};
    return {
      kind,
      provider,
      account,
      medium,
      ...whose,
      thing_key,
      observation_key,
      observed_at,
      stated,
    };
  });
  const thing = thingTables.find((each) => each.kind === kind);
  const deletes = [
    db.prepare(`delete from observations where ${wanted}`).bind(...bound),
    ...(thing
      ? [db.prepare(`delete from ${thing.table} where ${thing.key.at(-1)} = ?`).bind(key)]
      : []),
  ];
  return { facts, contact_ids: results.flatMap(({ contact_id }) => contact_id ?? []), deletes };
}
