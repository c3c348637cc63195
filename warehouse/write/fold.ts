/** Folds things out of their observations in SQL: one statement per kind, driven by the things of a batch (G6, F1). */
import type { ThingKind } from '../../core/facts/fact.ts';
import { foldPolicies } from '../../core/facts/fold.ts';

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
const rankOf = (values: readonly string[]): string =>
  `case value ${values.map((value, i) => `when '${value}' then ${-i}`).join(' ')} else 1 end`;

/** The order in which statements of one field stand, the one that holds first. */
function precedence(kind: ThingKind): string {
  const { earliest = [], smallest = [], ranks = {}, bySource } = foldPolicies[kind];
  const first = [
    ...(earliest.length > 0 ? [`when field in (${quoted(earliest)}) then observed_at`] : []),
    ...(smallest.length > 0 ? [`when field in (${quoted(smallest)}) then value`] : []),
    ...(bySource
      ? [
          `when source = '${bySource.source}' and field in (${quoted(bySource.smallest)}) then value`,
          ...Object.entries(bySource.strongest).map(
            ([field, values]) =>
              `when source = '${bySource.source}' and field = '${field}' then ${rankOf(values)}`,
          ),
        ]
      : []),
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

const GIVEN = 'select cast(value as text) as thing_key from json_each(?1)';

/**
 * CTEs ending in `folded(thing_key, contact_id, source, f)`, one row per thing of `batch`, a query of thing keys: the bound JSON
 * array ?1. `f` is a JSON object of the fields that hold. The owner is the contact of the latest observation. The join is a cross join,
 * since SQLite would else go through all observations of the kind and look each up in the batch.
 */
export const foldCtes = (kind: ThingKind, batch: string = GIVEN): string => `
  batch as (select distinct thing_key from (${batch})),
  told as (
    select o.thing_key, o.observation_key, o.observed_at, o.source, ${owner} as contact_id, o.stated
    from batch cross join observations o where o.kind = '${kind}' and o.thing_key = batch.thing_key
  ),
  owners as (
    select thing_key, contact_id, source,
      row_number() over (partition by thing_key order by observed_at desc, observation_key desc) as place
    from told
  ),
  said as (
    select told.thing_key, told.observation_key, told.observed_at, told.source, f.key as field, f.value as value
    from told, json_each(told.stated) f where f.value is not null
  ),
  ranked as (
    select thing_key, field, value, row_number() over (partition by thing_key, field order by ${precedence(kind)}) as place
    from said
  ),
  fields as (
    select thing_key, json_group_object(field, value) as f
    from (select * from ranked where place = 1 order by thing_key, field) group by thing_key
  ),
  folded as (
    select owners.thing_key, owners.contact_id, owners.source, coalesce(fields.f, '{}') as f
    from owners left join fields on fields.thing_key = owners.thing_key where owners.place = 1
  )`;

/** The business day of an instant; the calendar row is found by the key, one day around the UTC day. */
export const dayOf = (instant: string): string => `coalesce((select c.day from calendar c
    where c.day between date(${instant} / 1000, 'unixepoch', '-1 day') and date(${instant} / 1000, 'unixepoch', '+1 day')
      and c.starts_at <= ${instant} and ${instant} < c.ends_at), date(${instant} / 1000, 'unixepoch'))`;

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

/** Makes the rows of the batch's things what their observations say; only what differs is written. */
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

/** Upserts the folded rows of the batch's things where they differ; returns their contacts, where they have one. */
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
       on conflict (${key.join(', ')}) do update set ${rest.map((name) => `${name} = excluded.${name}`).join(', ')}
       where ${rest.map((name) => `${table}.${name} is not excluded.${name}`).join(' or ')}
       ${key.includes('contact_id') ? 'returning contact_id' : ''}`,
    )
    .bind(JSON.stringify(thing_keys));
}

/** Deletes rows under a contact that a later observation took the thing away from; returns those contacts. */
function disownStatement(
  db: D1Database,
  thing: ThingTable,
  thing_keys: string[],
): D1PreparedStatement {
  const key = thing.key.at(-1);
  return db
    .prepare(
      `with ${foldCtes(thing.kind)}
       delete from ${thing.table} where (contact_id, ${key}) in (select contact_id, thing_key from owners where place > 1)
         and (contact_id, ${key}) not in (select contact_id, thing_key from owners where place = 1) returning contact_id`,
    )
    .bind(JSON.stringify(thing_keys));
}
