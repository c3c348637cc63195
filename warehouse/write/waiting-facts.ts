/**
 * Facts of an address that nobody is known by yet wait here, in no mart: of an external id that no
 * contact fact has named (F1), or calls with a phone that nobody has (A3).
 */
import { type Address, addressText } from '../../core/facts/address.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { upgradeFact } from '../../core/facts/upgrade.ts';
import { claim } from './imported.ts';

/** Facts that one batch lands, in the order given, and those that it keeps waiting. */
export type Arrival = {
  ready: Fact[];
  waiting: WaitingFact[];
  /** Those of `ready` that waited until now. */
  released: WaitingFact[];
};

type WaitingFact = {
  address_kind: Address['kind'];
  address: string;
  /** Names the delivery among those of its address. */
  delivery: string;
  fact: Fact;
};

/** Keeps a batch's bound values well below what D1 takes. */
const MOST_RELEASED = 500;

/**
 * Divides facts into those that can land now and those that wait, and adds what waited for the
 * addresses that `facts` name: a few hundred at most, so write the same facts again while
 * `isWaitedFor` them.
 */
export async function divideFacts(db: D1Database, facts: Fact[]): Promise<Arrival> {
  const named = addressesNamed(facts);
  const asked = facts.map(waitsFor);
  const unnamed = asked.filter((address) => address && !named.has(addressText(address)));
  const known = await knownAddresses(db, unnamed as Address[]);
  const isKnown = (text: string): boolean => named.has(text) || known.has(text);
  const missed = asked.map((address) =>
    address && !isKnown(addressText(address)) ? address : undefined,
  );
  const released = await waitingFor(db, [...named.values()]);
  return {
    ready: [...facts.filter((_, i) => !missed[i]), ...released.map((waiting) => waiting.fact)],
    waiting: facts.flatMap((fact, i) =>
      missed[i]
        ? {
            address_kind: missed[i].kind,
            address: missed[i].value,
            delivery: deliveryText(fact),
            fact,
          }
        : [],
    ),
    released,
  };
}

/** Stands before the stored address of a fact that said that it waits for its contact. */
export const WAITING = '?';

/** The address without whose contact a fact cannot land. */
function waitsFor(fact: Fact): Address | undefined {
  if (fact.kind === 'contact') return undefined;
  if (fact.contact?.kind === 'external') return fact.contact;
  return fact.kind !== 'email_event' && fact.waits_for_contact ? fact.contact : undefined;
}

/**
 * The addresses that a fact could wait for and that somebody has once these have landed, by their
 * text. Only a contact fact says that an external id is somebody's.
 */
function addressesNamed(facts: Fact[]): Map<string, Address> {
  const addresses = facts.flatMap((fact) =>
    waitsFor(fact) ? [] : [fact.contact ?? [], ('identities' in fact && fact.identities) || []],
  );
  return new Map(
    addresses
      .flat()
      .filter(({ kind }) => kind !== 'email')
      .map((address) => [addressText(address), address]),
  );
}

const deliveryText = (fact: Fact): string =>
  fact.kind === 'email_event'
    ? `${fact.kind} ${fact.event_id}`
    : `${fact.kind} ${fact.thing_key} ${fact.observation_key}`;

const pairs = (addresses: Address[]): string =>
  JSON.stringify(addresses.map(({ kind, value }) => [kind, value]));

async function knownAddresses(db: D1Database, addresses: Address[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const { results } = await db
    .prepare(
      `select i.kind, i.value from json_each(?) a
       join identities i on i.kind = a.value ->> 0 and i.value = a.value ->> 1`,
    )
    .bind(pairs(addresses))
    .all<Address>();
  return new Set(results.map(addressText));
}

/** Whether facts wait for an address that these name: more than a batch took, or newer ones. */
export async function isWaitedFor(db: D1Database, facts: Fact[]): Promise<boolean> {
  return (await waitingFor(db, [...addressesNamed(facts).values()], 1)).length > 0;
}

async function waitingFor(
  db: D1Database,
  addresses: Address[],
  most = MOST_RELEASED,
): Promise<WaitingFact[]> {
  if (addresses.length === 0) return [];
  const { results } = await db
    .prepare(
      `select address_kind, address, delivery, fact from json_each(?) a
       join waiting_facts on address_kind = a.value ->> 0 and address = a.value ->> 1 limit ?`,
    )
    .bind(pairs(addresses), most)
    .all<Omit<WaitingFact, 'fact'> & { fact: string }>();
  return results.map((row) => ({ ...row, fact: upgradeFact(JSON.parse(row.fact)) as Fact }));
}

/**
 * Statements in order, for the batch that lands `ready`. The first fails the whole batch where an
 * address became known since it was read; the one that inserts returns the `waiting` delivery of
 * each fact that was not there before.
 */
export function waitingStatements(
  db: D1Database,
  { waiting, released }: Arrival,
  landed_at: number,
): D1PreparedStatement[] {
  const rows = JSON.stringify(
    waiting.map((each) => ({ ...each, kind: each.fact.kind, observed_at: instantOf(each.fact) })),
  );
  const keys = JSON.stringify(
    released.map(({ address_kind, address, delivery }) => [address_kind, address, delivery]),
  );
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
  join identities i
    on i.kind = w.value ->> 'address_kind' and i.value = w.value ->> 'address'`;

const insertWaiting = `
  insert into waiting_facts (address_kind, address, delivery, kind, observed_at, landed_at, fact)
  select value ->> 'address_kind', value ->> 'address', value ->> 'delivery', value ->> 'kind',
    value ->> 'observed_at', ?2, value -> 'fact'
  from json_each(?1) where true
on conflict (address_kind, address, delivery) ${claim({
  table: 'waiting_facts',
  column: 'fact',
  path: '$.imports',
  ofDoor: "json_remove(waiting_facts.fact, '$.imports')",
})}
  returning case when landed_at = ?2 then concat(address, ' ', delivery) end as waiting`;

const deleteReleased = `
  delete from waiting_facts
  where (address_kind, address, delivery)
    in (select value ->> 0, value ->> 1, value ->> 2 from json_each(?))`;
