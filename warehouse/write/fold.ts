/**
 * Folds things out of their observations: one statement per kind, for a batch's things (G6, F1).
 * Home of F2.
 */

import { type FoldPolicy, foldPolicies } from '../../core/facts/fold.ts';
import type { ThingKind } from '../../core/facts/thing-kinds.ts';

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
const rankOf = (values: readonly string[]): string =>
  `case value ${values.map((value, i) => `when '${value}' then ${-i}`).join(' ')} else 1 end`;

type ByProvider = NonNullable<FoldPolicy['byProvider']>[number];

function precedenceOf({ provider, smallest, strongest = {} }: ByProvider): string[] {
  const its = `provider = '${provider}' and field`;
  return [
    `when ${its} in (${quoted(smallest)}) then value`,
    ...Object.entries(strongest).map(
      ([field, values]) => `when ${its} = '${field}' then ${rankOf(values)}`,
    ),
  ];
}

/** The order of the statements of one field, the one that holds first. */
function precedence(kind: ThingKind): string {
  const { earliest = [], smallest = [], ranks = {}, byProvider = [] } = foldPolicies[kind];
  const first = [
    ...(earliest.length > 0 ? [`when field in (${quoted(earliest)}) then observed_at`] : []),
    ...(smallest.length > 0 ? [`when field in (${quoted(smallest)}) then value`] : []),
    ...byProvider.flatMap(precedenceOf),
  ];
  const ranked = Object.entries(ranks).map(
    ([field, values]) => `when field = '${field}' then ${rankOf(values)}`,
  );
  return [
    first.length > 0 ? `case ${first.join(' ')} else -observed_at end` : 'observed_at desc',
    ...(ranked.length > 0 ? [`case ${ranked.join(' ')} end`] : []),
    ...(earliest.length > 0
      ? [`case when field in (${quoted(earliest)}) then observation_key end`]
      : []),
    'observation_key desc',
  ].join(', ');
}

/** The survivor of a contact that was merged away since the observation landed. */
export const owner =
  'coalesce((select survivor_id from merges where loser_id = o.contact_id), o.contact_id)';

/** Whose keys may mean one thing: a booking that is moved gets another id. */
const linked: readonly ThingKind[] = ['call'];

/**
 * `named(thing_key, member)`: every key of the things of `batch`. Of keys that mean one thing the
 * smallest is its own, whichever came first (G6).
 */
const namedCtes = (kind: ThingKind): string =>
  linked.includes(kind)
    ? `members as (
    select thing_key as given, thing_key as member from batch
    union
    select members.given, links.other_key
    from members cross join thing_links links
    where links.kind = '${kind}' and links.thing_key = members.member
  ),
  named as (
    select distinct min(member) over (partition by given) as thing_key, member from members
  )`
    : 'named as (select thing_key, thing_key as member from batch)';

/** Whether no later version of what an observation says has come. */
const isCurrent = (kind: ThingKind): string =>
  foldPolicies[kind].isVersioned
    ? `and (o.stated ->> 'version_of' is null or not exists (
        select 1 from observations later
        where later.kind = o.kind and later.thing_key = o.thing_key
          and later.stated ->> 'version_of' = o.stated ->> 'version_of'
          and (later.observed_at, later.observation_key) > (o.observed_at, o.observation_key)))`
    : '';

const GIVEN = 'select cast(value as text) as thing_key from json_each(?1)';

/**
 * CTEs ending in `folded(thing_key, contact_id, provider, medium, f)`, one row per thing of
 * `batch`, a query of thing keys: the bound JSON array ?1. `f` is a JSON object of the fields that
 * hold. Owner and origin are those of the latest observation. The join is a cross join, since
 * SQLite would else go through all observations of the kind and look each up in the batch.
 */
export const foldCtes = (kind: ThingKind, batch: string = GIVEN): string => `
  batch as (select distinct thing_key from (${batch})),
  ${namedCtes(kind)},
  observed as (
    select named.thing_key, o.observation_key, o.observed_at, o.provider, o.medium, o.stated,
      ${owner} as contact_id
    from named cross join observations o
    where o.kind = '${kind}' and o.thing_key = named.member ${isCurrent(kind)}
  ),
  owners as (
    select thing_key, contact_id, provider, medium, row_number() over (
        partition by thing_key order by observed_at desc, observation_key desc
      ) as place
    from observed
  ),
  statements as (
    select observed.thing_key, observation_key, observed_at, provider, f.key as field, f.value
    from observed, json_each(observed.stated) f where f.value is not null
  ),
  ranked as (
    select thing_key, field, value, row_number() over (
        partition by thing_key, field order by ${precedence(kind)}
      ) as place
    from statements
  ),
  fields as (
    select thing_key, json_group_object(field, value) as f
    from (select * from ranked where place = 1 order by thing_key, field)
    group by thing_key
  ),
  folded as (
    select owners.thing_key, contact_id, provider, medium, coalesce(fields.f, '{}') as f
    from owners left join fields on fields.thing_key = owners.thing_key
    where owners.place = 1
  )`;

const utcDay = (instant: string, shift = '0 days'): string =>
  `date(${instant} / 1000, 'unixepoch', '${shift}')`;

/** The business day of an instant: the calendar row is found by its key, around the UTC day. */
export const dayOf = (instant: string): string => `coalesce((select c.day from calendar c
    where c.day between ${utcDay(instant, '-1 day')} and ${utcDay(instant, '+1 day')}
      and c.starts_at <= ${instant} and ${instant} < c.ends_at), ${utcDay(instant)})`;

export type ThingTable = {
  kind: ThingKind;
  table: string;
  /** The primary key; the thing's own key is its last column. */
  key: string[];
  /** Column → expression over `folded`; `f ->> 'x'` is a stated field. */
  columns: Record<string, string>;
  /** Fields without which a thing is no row yet; of a list any one will do. */
  required: (string | string[])[];
};

/** Makes the rows of the batch's things the fold of their observations; writes what differs. */
export function foldStatements(
  db: D1Database,
  thing: ThingTable,
  thing_keys: string[],
): D1PreparedStatement[] {
  const isOwned = thing.key.includes('contact_id');
  return [
    ...(isOwned ? [disownStatement(db, thing, thing_keys)] : []),
    foldStatement(db, thing, thing_keys),
  ];
}

const isStated = (fields: string | string[]): string =>
  `(${[fields]
    .flat()
    .map((field) => `f ->> '${field}' is not null`)
    .join(' or ')})`;

/** Upserts the folded rows that differ; returns their contacts, where they have one. */
function foldStatement(
  db: D1Database,
  thing: ThingTable,
  thing_keys: string[],
): D1PreparedStatement {
  const { kind, table, key, columns, required } = thing;
  const names = Object.keys(columns);
  const rest = names.filter((name) => !key.includes(name));
  return db
    .prepare(
      `with ${foldCtes(kind)}
       insert into ${table} (${names.join(', ')})
       select ${names.map((name) => columns[name]).join(', ')} from folded
       where ${required.map(isStated).join(' and ') || 'true'}
       on conflict (${key.join(', ')}) do update set
         ${rest.map((name) => `${name} = excluded.${name}`).join(', ')}
       where ${rest.map((name) => `${table}.${name} is not excluded.${name}`).join(' or ')}
       ${key.includes('contact_id') ? 'returning contact_id' : ''}`,
    )
    .bind(JSON.stringify(thing_keys));
}

/**
 * Deletes rows under a key or a contact that the thing no longer has, since a later observation or
 * a link took it away; returns the contacts.
 */
function disownStatement(
  db: D1Database,
  thing: ThingTable,
  thing_keys: string[],
): D1PreparedStatement {
  const key = thing.key.at(-1);
  return db
    .prepare(
      `with ${foldCtes(thing.kind)}
       delete from ${thing.table}
       where (contact_id, ${key}) in (
           select owners.contact_id, named.member
           from owners join named on named.thing_key = owners.thing_key)
         and (contact_id, ${key}) not in (
           select contact_id, thing_key from owners where place = 1)
       returning contact_id`,
    )
    .bind(JSON.stringify(thing_keys));
}
