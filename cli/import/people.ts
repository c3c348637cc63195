/**
 * People whom a file names by full name only: found in the house, or created if the caller allows
 * it (F1).
 */
import { namesIn, type PeopleByName, withPeople } from '../../core/csv/people.ts';
import type { Address } from '../../core/facts/address.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { parseRow } from '../../core/facts/parse.ts';
import type { RowContext } from '../../core/facts/row.ts';
import type { Named } from '../../warehouse/people/by-name.ts';
import type { HouseClient } from '../house/open.ts';
import { partsOf } from './parts.ts';
import type { Scratch } from './scratch.ts';
import { send } from './send.ts';

const NAMES_PER_REQUEST = 1000;

function answerTo({ name, matches, contact }: Named, mayCreate: boolean): Address | string {
  if (contact) return contact;
  if (matches > 1) return `${matches} people are called "${name}"; state an email, phone or id`;
  if (mayCreate) return { kind: 'external', value: name };
  return `nobody in the house is called "${name}"; import contacts first, or add --create-people`;
}

async function ask(house: Pick<HouseClient, 'call'>, names: string[]): Promise<Named[]> {
  const answer = await house.call('/import/names', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ names }),
  });
  return ((await answer.json()) as { people: Named[] }).people;
}

/**
 * Whom the facts name in full, as answered to `ask` before or now: each name of a file is asked for
 * once.
 */
async function peopleIn(
  house: Pick<HouseClient, 'call'>,
  names: Set<string>,
  { answers }: Scratch,
  mayCreate: boolean,
): Promise<PeopleByName> {
  const people = new Map<string, Address | string>();
  for (const name of names) {
    const known = answers.get(name);
    if (known !== undefined) people.set(name, known);
  }
  const unasked = [...names].filter((name) => !people.has(name));
  for (let from = 0; from < unasked.length; from += NAMES_PER_REQUEST)
    for (const found of await ask(house, unasked.slice(from, from + NAMES_PER_REQUEST))) {
      const answer = answerTo(found, mayCreate);
      answers.set(found.name, answer);
      people.set(found.name, answer);
    }
  return people;
}

/**
 * Puts people of the house in place of full names; with `mayCreate`, an unknown name becomes an id.
 * Rejects the rows that name nobody, or several.
 */
export async function findPeople(
  house: Pick<HouseClient, 'call'>,
  named: string[],
  scratch: Scratch,
  mayCreate: boolean,
): Promise<void> {
  for (const part of partsOf(scratch.facts)) {
    const rows = part.map(({ line, fact }) => ({ line, fact: JSON.parse(fact) as Fact }));
    const names = new Set(rows.flatMap(({ fact }) => Object.values(namesIn(fact, named))));
    const people = await peopleIn(house, names, scratch, mayCreate);
    for (const { line, fact } of rows) {
      const found = withPeople(fact, named, people);
      if ('fact' in found) {
        scratch.facts.put(line, found.fact);
        continue;
      }
      scratch.facts.delete(line);
      scratch.rejects.add(line, found.reasons);
    }
  }
}

const instantOf = (fact: Fact): number =>
  fact.kind === 'email_event' ? fact.occurred_at : fact.observed_at;

/** Notes each unknown person whom the facts name, as of when they are first named. */
export async function noteUnknownPeople(
  house: Pick<HouseClient, 'call'>,
  { facts, people }: Scratch,
): Promise<void> {
  for await (const sent of send(house, facts, 'dry'))
    for (const { fact: text, outcome } of sent.facts) {
      if (outcome !== 'unknown_person') continue;
      const fact = JSON.parse(text) as Fact;
      const { provider, account = null } = fact;
      const external_id = fact.contact!.value;
      people.add({ external_id, observed_at: instantOf(fact), provider, account });
    }
}

/** A contact fact, as JSON, for each person noted. */
export function* newPeople(
  { people }: Scratch,
  named: string[],
  context: Omit<RowContext, 'origin'>,
): Generator<{ fact: string }> {
  for (const { external_id, observed_at: observedAt, provider, account } of people) {
    const full_name = named.includes('contact') ? external_id : undefined;
    const row = { external_id, full_name };
    const origin = { provider, account };
    const parsed = parseRow('contacts', row, { ...context, origin, observedAt });
    if ('facts' in parsed) yield* parsed.facts.map((fact) => ({ fact: JSON.stringify(fact) }));
  }
}
