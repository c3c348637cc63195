/** Facts of an external id that no contact fact has named yet wait here, in no mart (F1). */
import type { Fact } from '../../core/facts/fact.ts';
import { upgradeFact } from '../../core/facts/upgrade.ts';

/** Facts that one batch lands, in the order given, and those that it keeps waiting. */
export type Arrival = {
  ready: Fact[];
  waiting: WaitingFact[];
  /** Those of `ready` that waited until now. */
  released: WaitingFact[];
};

type WaitingFact = {
  external_id: string;
  /** Names the delivery among those of its external id. */
  delivery: string;
  fact: Fact;
};

/** Keeps a batch's bound values well below what D1 takes. */
const MOST_RELEASED = 500;

/**
 * Divides facts into those that can land now and those of an unknown external id, and adds what
 * waited for the external ids that `facts` name: a few hundred at most, so write the same facts
 * again while `isWaitedFor` them.
 */
export async function divideFacts(db: D1Database, facts: Fact[]): Promise<Arrival> {
  const named = externalIdsNamed(facts);
  const waitsFor = facts.map((fact) =>
    fact.kind !== 'contact' && fact.contact?.kind === 'external' ? fact.contact.value : undefined,
  );
  const asked = new Set(waitsFor.filter((id) => id !== undefined && !named.has(id)));
  const known = await knownExternalIds(db, [...asked] as string[]);
  const isReady = (id: string | undefined) => id === undefined || named.has(id) || known.has(id);
  const released = await waitingFor(db, [...named]);
  return {
    ready: [
      ...facts.filter((_, i) => isReady(waitsFor[i])),
      ...released.map((waiting) => waiting.fact),
    ],
    waiting: facts.flatMap((fact, i) =>
      isReady(waitsFor[i])
        ? []
        : [{ external_id: waitsFor[i]!, delivery: deliveryText(fact), fact }],
    ),
    released,
  };
}

/** Only a contact fact says that an external id is somebody's. */
function externalIdsNamed(facts: Fact[]): Set<string> {
  const addresses = facts.flatMap((fact) =>
    fact.kind === 'contact' ? [fact.contact ?? [], fact.identities ?? []].flat() : [],
  );
  return new Set(addresses.filter(({ kind }) => kind === 'external').map(({ value }) => value));
}

const deliveryText = (fact: Fact): string =>
  fact.kind === 'email_event'
    ? `${fact.kind} ${fact.event_id}`
    : `${fact.kind} ${fact.thing_key} ${fact.observation_key}`;

async function knownExternalIds(db: D1Database, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { results } = await db
    .prepare(
      `select i.value from json_each(?) a
       join identities i on i.kind = 'external' and i.value = a.value`,
    )
    .bind(JSON.stringify(ids))
    .all<{ value: string }>();
  return new Set(results.map(({ value }) => value));
}

/** Whether facts wait for an external id that these name: more than a batch took, or newer ones. */
export async function isWaitedFor(db: D1Database, facts: Fact[]): Promise<boolean> {
  return (await waitingFor(db, [...externalIdsNamed(facts)], 1)).length > 0;
}

async function waitingFor(
  db: D1Database,
  ids: string[],
  most = MOST_RELEASED,
): Promise<WaitingFact[]> {
  if (ids.length === 0) return [];
  const { results } = await db
    .prepare(
      `select external_id, delivery, fact from waiting_facts
       where external_id in (select value from json_each(?)) limit ?`,
    )
    .bind(JSON.stringify(ids), most)
    .all<{ external_id: string; delivery: string; fact: string }>();
  return results.map((row) => ({ ...row, fact: upgradeFact(JSON.parse(row.fact)) as Fact }));
}

/**
 * Statements in order, for the batch that lands `ready`. The first fails the whole batch where an
 * external id became known since it was read; the one that inserts returns the `waiting` delivery
 * of each fact that was not there before.
 */
export function waitingStatements(
  db: D1Database,
  { waiting, released }: Arrival,
  landed_at: number,
): D1PreparedStatement[] {
  const rows = JSON.stringify(
    waiting.map((each) => ({ ...each, kind: each.fact.kind, observed_at: instantOf(each.fact) })),
  );
  const keys = JSON.stringify(released.map((each) => [each.external_id, each.delivery]));
  return [
    ...(waiting.length > 0
      ? [db.prepare(refuseKnown).bind(rows), db.prepare(insertWaiting).bind(rows, landed_at)]
      : []),
    ...(released.length > 0 ? [db.prepare(deleteReleased).bind(keys)] : []),
  ];
}

const instantOf = (fact: Fact): number =>
  fact.kind === 'email_event' ? fact.occurred_at : fact.observed_at;

/** A value of `kind` that its check refuses aborts the batch: D1 has no other way to raise. */
const refuseKnown = `
  insert into identities (kind, value, contact_id)
  select 'changed', i.value, 0 from json_each(?1) w
  join identities i on i.kind = 'external' and i.value = w.value ->> 'external_id'`;

const insertWaiting = `
  insert into waiting_facts (external_id, delivery, kind, observed_at, landed_at, fact)
  select value ->> 'external_id', value ->> 'delivery', value ->> 'kind',
    value ->> 'observed_at', ?2, value -> 'fact'
  from json_each(?1) where true
  on conflict do nothing
  returning concat(external_id, ' ', delivery) as waiting`;

const deleteReleased = `
  delete from waiting_facts
  where (external_id, delivery) in (select value ->> 0, value ->> 1 from json_each(?))`;
