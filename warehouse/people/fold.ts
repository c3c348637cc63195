/**
 * Folds the contacts of a batch: what was stated about them, and where they began (P3, P4).
 * Home of P4.
 */

import { statedColumns } from '../../core/facts/stated-columns.ts';
import type { ThingKind } from '../../core/facts/thing-kinds.ts';
import { END_OF_TIME } from '../../core/instant.ts';
import { columnsOf } from '../schema/columns.ts';
import { contacts } from '../schema/index.ts';
import { dayOf, foldCtes, owner } from '../write/fold.ts';

/** What a contact is: its id and key are resolved, all else is folded. */
const folded = columnsOf(contacts, ['contact_id', 'contact_key']);

/** Columns that take more than the field of their name out of the fold `f`. */
const expressions: Partial<Record<(typeof folded)[number], string>> = {
  attributes: `(select json_group_object(substr(key, 12), value) from (
      select key, value from json_each(begun.f) where key like 'attributes.%' order by key
    ) having count(*) > 0)`,
  lead_added_at: 'begun_at',
  lead_added_day: `case when begun_at is not null then ${dayOf('begun_at')} end`,
};

function expressionOf(name: (typeof folded)[number]): string {
  const expression = expressions[name];
  if (expression) return expression;
  if (!statedColumns('contact').has(name)) throw new Error(`no fact of a contact states ${name}`);
  return `f ->> '${name}'`;
}

const orNever = (name: string): string => `coalesce(${name}, ${END_OF_TIME})`;

/** The first instant of the rows of `table` that are the contact's. */
const firstOf = (table: string, instant: string, more = ''): string =>
  `select min(${instant}) as first_at from ${table} where contact_id = b.contact_id ${more}`;

/** The instant of a contact's first fact of any kind; D1 takes five terms of a union at a time. */
const firstFact = `(select min(first_at) from (
    select min(observed_at) as first_at from observations
    where kind = 'contact' and thing_key = cast(b.contact_id as text)
      and stated ->> 'version_of' is null
    union all ${firstOf('email_events', 'occurred_at')}
    union all ${firstOf('interactions', 'occurred_at')}
    union all select nullif(first_at, ${END_OF_TIME}) from (${firstOf(
      'calls',
      `min(${['booked_at', 'started_at', 'completed_at'].map(orNever).join(', ')})`,
      "and class <> 'withdrawn'",
    )})
    union all select min(first_at) from (
      ${firstOf('purchases', 'purchased_at', 'and product_name is not null')}
      union all ${firstOf('enrolments', 'enrolled_at')})))`;

/**
 * The contacts of ?1, and everyone who was ever the owner of a thing of ?2: one that lost it may
 * have begun later than it seemed.
 */
const CONCERNED = `select cast(value as text) as thing_key from json_each(?1)
    union all select cast(${owner} as text) from json_each(?2) t
      join observations o on o.kind = t.value ->> 0 and o.thing_key = t.value ->> 1
    where o.contact_id is not null`;

const FOLD = `with ${foldCtes('contact', CONCERNED)},
  begun as (
    select cast(b.thing_key as integer) as contact_id, coalesce(folded.f, '{}') as f
    from batch b left join folded on folded.thing_key = b.thing_key
  ),
  dated as (
    select contact_id, f, coalesce(f ->> 'lead_added_at', ${firstFact}) as begun_at from begun b
  ),
  next as (
    select contact_id, ${folded.map((name) => `${expressionOf(name)} as ${name}`).join(', ')}
    from dated as begun
  )
  update contacts set ${folded.map((name) => `${name} = next.${name}`).join(', ')} from next
  where contacts.contact_id = next.contact_id
    and (${folded.map((name) => `contacts.${name} is not next.${name}`).join(' or ')})`;

/**
 * Updates the contacts whose fold differs: those of these ids, and everyone who ever owned one of
 * these things, each [kind, key]. Grain: one row per contact.
 */
export const foldContacts = (
  db: D1Database,
  contact_ids: number[],
  things: [ThingKind, string][] = [],
): D1PreparedStatement =>
  db.prepare(FOLD).bind(JSON.stringify(contact_ids), JSON.stringify(things));
