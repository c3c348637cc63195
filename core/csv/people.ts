/** Full names in place of an address, as in Airtable's linked records (F1). */
import type { Address } from '../facts/address.ts';
import type { Fact } from '../facts/fact.ts';

/** By full name: the address of the one person who has it, or the reason why there is none. */
export type PeopleByName = ReadonlyMap<string, Address | string>;

type Stated = Record<string, unknown>;

const statedOf = (fact: Fact): Stated => ('stated' in fact ? (fact.stated as Stated) : {});

/** The names in a fact, by each header that holds names. */
export function namesIn(fact: Fact, named: string[]): Record<string, string> {
  const referrer = statedOf(fact).referrer_value;
  return {
    ...(named.includes('contact') && fact.contact ? { contact: fact.contact.value } : {}),
    ...(named.includes('referrer') && typeof referrer === 'string' ? { referrer } : {}),
  };
}

function withAddresses(fact: Fact, found: Record<string, Address>): Fact {
  const { contact, referrer } = found;
  const addressed = contact ? { ...fact, contact } : fact;
  if (!referrer) return addressed as Fact;
  const stated = {
    ...statedOf(fact),
    referrer_kind: referrer.kind,
    referrer_value: referrer.value,
  };
  return { ...addressed, stated } as Fact;
}

/**
 * The fact with addresses in place of names, or the reasons if it names nobody, or several people.
 * Keys are still derived from the name as stated, so that the same file again gives the same keys.
 */
export function withPeople(
  fact: Fact,
  named: string[],
  people: PeopleByName,
): { fact: Fact } | { reasons: string[] } {
  const answers = Object.entries(namesIn(fact, named)).map(
    ([header, name]) => [header, people.get(name) ?? `nobody is called "${name}"`] as const,
  );
  const reasons = answers.flatMap(([header, answer]) =>
    typeof answer === 'string' ? [`${header}: ${answer}`] : [],
  );
  if (reasons.length > 0) return { reasons };
  return { fact: withAddresses(fact, Object.fromEntries(answers) as Record<string, Address>) };
}
