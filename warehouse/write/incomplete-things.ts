/**
 * Things that lack a field without which they are in no mart: what is stated of them waits in the
 * observations (F1).
 */
import type { Observation } from '../../core/facts/fact.ts';
import { thingTables } from './things.ts';

const required = new Map(thingTables.map((thing) => [thing.kind, thing.required]));

/** What each thing states by now: field → a value. */
type Things = Map<string, Map<string, string | number>>;

const nameOf = (kind: string, thing_key: string): string => `${kind} ${thing_key}`;

/**
 * The names (kind, space, key) of those things of these facts that are incomplete once they have
 * landed and everybody whom they name is known. Writes nothing.
 */
export async function incompleteThings(db: D1Database, facts: Observation[]): Promise<Set<string>> {
  const things: Things = new Map();
  const people = [...new Set(facts.flatMap(({ contact }) => contact?.value ?? []))];
  for (const { kind, thing_key, stated } of facts)
    learn(things, nameOf(kind, thing_key), Object.entries(stated));
  const lacking = [...things.keys()].filter((name) => isLacking(things, name));
  await read(db, things, lacking, people);
  const named = lacking.flatMap((name) => refunded(things, name) ?? []);
  await read(db, things, named, people);
  return new Set(lacking.filter((name) => isLacking(things, name)));
}

function learn(things: Things, name: string, stated: [string, string | number | null][]): void {
  const fields = things.get(name) ?? new Map();
  things.set(name, fields);
  for (const [field, value] of stated) if (value !== null) fields.set(field, value);
}

/** The name of the purchase whose product a refund takes, since it states none. */
function refunded(things: Things, name: string): string | undefined {
  const fields = things.get(name);
  const key = fields?.get('refund_of_key');
  return key === undefined || fields?.has('product_name')
    ? undefined
    : nameOf('purchase', String(key));
}

function isLacking(things: Things, name: string): boolean {
  const kind = name.slice(0, name.indexOf(' ')) as Observation['kind'];
  const fields = things.get(name);
  const groups = (required.get(kind) ?? []).map((each) => [each].flat());
  if (groups.some((group) => !group.some((field) => fields?.has(field)))) return true;
  const named = refunded(things, name);
  return named !== undefined && named !== name && isLacking(things, named);
}

/** Learns what is stored of the things, or waits for one of the people. */
async function read(
  db: D1Database,
  things: Things,
  names: string[],
  people: string[],
): Promise<void> {
  if (names.length === 0) return;
  const keys = names.map((name) => {
    const space = name.indexOf(' ');
    return [name.slice(0, space), name.slice(space + 1)];
  });
  const { results } = await db
    .prepare(statedFields)
    .bind(JSON.stringify(keys), JSON.stringify(people))
    .all<{ kind: string; thing_key: string; field: string; value: string | number }>();
  for (const { kind, thing_key, field, value } of results)
    learn(things, nameOf(kind, thing_key), [[field, value]]);
}

const statedFields = `
  with named as (
    select value ->> 0 as kind, value ->> 1 as thing_key from json_each(?1)
  )
  select o.kind, o.thing_key, f.key as field, f.value
  from named n
  join observations o on o.kind = n.kind and o.thing_key = n.thing_key,
  json_each(o.stated) f
  where f.value is not null
  union all
  select n.kind, n.thing_key, f.key, f.value
  from waiting_facts w
  join named n on n.kind = w.kind and n.thing_key = w.fact ->> 'thing_key',
  json_each(w.fact, '$.stated') f
  where w.address in (select value from json_each(?2)) and f.value is not null`;
