/**
 * Writes the people of a batch: new contacts, identities, and merges with every fact moved to the
 * survivor (P2).
 * Home of P2.
 */
import { moveMessages } from '../write/messages.ts';
import type { People } from './resolve.ts';

/** Tables whose rows follow their contact: each with the contact first in its key. */
const owned = ['interactions', 'calls', 'purchases', 'email_events', 'enrolments', 'suppressions'];

/** What keeps whom it was stated for; whose an answer is follows from its mail. */
const keeping: Record<string, string> = {
  email_events: ', merged_from = iif(sender is null, coalesce(merged_from, contact_id), null)',
};

/**
 * Statements in order; the first two fail the whole batch where an identity or a message changed
 * hands since it was read.
 */
export function peopleStatements(
  db: D1Database,
  people: People,
  merged_at: number,
): D1PreparedStatement[] {
  const { added, rekeyed, identities, merges, seen, mails } = people;
  const statements: D1PreparedStatement[] = [];
  const run = (sql: string, rows: unknown[]) => {
    if (rows.length > 0) statements.push(db.prepare(sql).bind(JSON.stringify(rows)));
  };
  // A value of `kind` that its check refuses aborts the batch: D1 has no other way to raise.
  run(
    `insert into identities (kind, value, contact_id)
     select 'changed', s.value ->> 1, 0 from json_each(?) s
     left join identities i on i.kind = s.value ->> 0 and i.value = s.value ->> 1
     where i.contact_id is not s.value ->> 2`,
    seen.map(({ kind, value, contact_id }) => [kind, value, contact_id]),
  );
  run(
    `insert into identities (kind, value, contact_id)
     select 'changed', s.value ->> 0, 0 from json_each(?) s
     left join email_messages m on m.message_id = s.value ->> 0 and m.is_copy is null
     where m.contact_id is not s.value ->> 1`,
    [...mails].map(([message_id, { contact_id }]) => [message_id, contact_id]),
  );
  if (merges.length > 0) statements.push(...mergeStatements(db, people, merged_at));
  run(
    `insert into contacts (contact_id, contact_key)
     select value ->> 0, value ->> 1 from json_each(?)`,
    added.map(({ contact_id, contact_key }) => [contact_id, contact_key]),
  );
  run(
    `insert into identities (kind, value, contact_id, merged_from)
     select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?)`,
    identities.map(({ kind, value, contact_id, merged_from }) => [
      kind,
      value,
      contact_id,
      merged_from,
    ]),
  );
  run(
    `update contacts set contact_key = j.value ->> 1 from json_each(?) j
     where contact_id = j.value ->> 0 and contact_key <> j.value ->> 1`,
    rekeyed.map(({ contact_id, contact_key }) => [contact_id, contact_key]),
  );
  return statements;
}

function mergeStatements(
  db: D1Database,
  { merges }: People,
  merged_at: number,
): D1PreparedStatement[] {
  const pairs = JSON.stringify(merges.map(({ loser, survivor }) => [loser, survivor]));
  const survivor = (id: string) =>
    `(select value ->> 1 from json_each(?1) where value ->> 0 = ${id})`;
  const losers = 'in (select value ->> 0 from json_each(?1))';
  const rows = merges.map((m) => [
    m.loser,
    m.survivor,
    m.loser_key,
    m.kind,
    m.value,
    m.from_id,
    m.into_id,
  ]);
  const record = db
    .prepare(
      `insert into merges (loser_id, survivor_id, loser_key, kind, value, merged_at, from_id,
         into_id)
       select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ?2, value ->> 5,
         value ->> 6
       from json_each(?1)`,
    )
    .bind(JSON.stringify(rows), merged_at);
  const texts = 'in (select cast(value ->> 0 as text) from json_each(?1))';
  const moves = [
    `insert into suppressions (contact_id, address, reason, suppressed_at)
     select ${survivor('contact_id')}, address, reason, suppressed_at from suppressions
     where contact_id ${losers}
     on conflict do update set suppressed_at = excluded.suppressed_at
     where excluded.suppressed_at < suppressed_at`,
    moveMessages(survivor('contact_id'), losers),
    `delete from email_messages where contact_id ${losers}`,
    ...owned.flatMap((table) => [
      `update or ignore ${table} set contact_id = ${survivor('contact_id')}${keeping[table] ?? ''}
       where contact_id ${losers}`,
      `delete from ${table} where contact_id ${losers}`,
    ]),
    // One event that both had, with two instants (F1).
    `delete from email_events
     where contact_id in (select value ->> 1 from json_each(?1)) and exists (
       select 1 from email_events e where e.contact_id = email_events.contact_id
         and e.event_id = email_events.event_id and e.occurred_at < email_events.occurred_at)`,
    `update identities set merged_from = coalesce(merged_from, contact_id),
       contact_id = ${survivor('contact_id')}
     where contact_id ${losers}`,
    `update merges set survivor_id = ${survivor('survivor_id')} where survivor_id ${losers}`,
    `update or ignore observations
     set thing_key = cast(${survivor('cast(thing_key as integer)')} as text)
     where kind = 'contact' and thing_key ${texts}`,
    `delete from observations where kind = 'contact' and thing_key ${texts}`,
    `delete from contacts where contact_id ${losers}`,
  ];
  return [...moves.map((sql) => db.prepare(sql).bind(pairs)), record];
}
