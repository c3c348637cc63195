/**
 * People whom a file names by full name only: found in the house, or created if the caller allows
 * it (F1).
 */
import type { CsvImport } from '../../core/csv/import.ts';
import { namesIn, type PeopleByName, withPeople } from '../../core/csv/people.ts';
import type { Address } from '../../core/facts/address.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { parseRow } from '../../core/facts/parse.ts';
import type { RowContext } from '../../core/facts/row.ts';
import type { Named } from '../../warehouse/people/by-name.ts';
import type { HouseClient } from '../house/open.ts';
import { waitingForPeople } from './report.ts';
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
 * The import with names resolved to people in the house; with `mayCreate`, an unknown name becomes
 * an id.
 */
export async function findPeople(
  house: Pick<HouseClient, 'call'>,
  csv: CsvImport,
  mayCreate: boolean,
): Promise<CsvImport> {
  const names = namesIn(csv);
  const people = new Map<string, Address | string>();
  for (let from = 0; from < names.length; from += NAMES_PER_REQUEST)
    for (const named of await ask(house, names.slice(from, from + NAMES_PER_REQUEST)))
      people.set(named.name, answerTo(named, mayCreate));
  return withPeople(csv, people satisfies PeopleByName);
}

const instantOf = (fact: Fact): number =>
  fact.kind === 'email_event' ? fact.occurred_at : fact.observed_at;

/**
 * A contact fact for each unknown person whom the facts name, observed when they are first named.
 */
export async function unknownPeople(
  house: Pick<HouseClient, 'call'>,
  facts: Fact[],
  named: string[],
  context: Omit<RowContext, 'origin'>,
): Promise<Fact[]> {
  const { outcomes } = await send(house, facts, true, () => {});
  const waiting = waitingForPeople(facts, outcomes);
  const byId = Map.groupBy(waiting, (fact) => fact.contact!.value);
  return [...byId].flatMap(([external_id, theirs]) => {
    const observedAt = Math.min(...theirs.map(instantOf));
    const full_name = named.includes('contact') ? external_id : undefined;
    const { provider, account } = theirs[0]!;
    const parsed = parseRow(
      'contacts',
      { external_id, full_name },
      { ...context, origin: { provider, account }, observedAt },
    );
    return 'facts' in parsed ? parsed.facts : [];
  });
}
