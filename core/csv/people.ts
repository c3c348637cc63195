/** Full names in place of an address, as in Airtable's linked records (F1). */
import type { Address } from '../facts/address.ts';
import type { Fact } from '../facts/fact.ts';
import type { CsvImport } from './import.ts';

/** By full name: the address of the one person who has it, or the reason why there is none. */
export type PeopleByName = ReadonlyMap<string, Address | string>;

type Stated = Record<string, unknown>;

const statedOf = (fact: Fact): Stated => ('stated' in fact ? (fact.stated as Stated) : {});

/** The names in a fact, by header. */
function namesOf(fact: Fact, named: string[]): Record<string, string> {
  const referrer = statedOf(fact).referrer_value;
  return {
    ...(named.includes('contact') && fact.contact ? { contact: fact.contact.value } : {}),
    ...(named.includes('referrer') && typeof referrer === 'string' ? { referrer } : {}),
  };
}

/** Each name once. */
export const namesIn = ({ facts, named }: CsvImport): string[] => [
  ...new Set(facts.flatMap((fact) => Object.values(namesOf(fact, named)))),
];

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
 * The same import with addresses in place of names. A row that names nobody, or several people, is
 * rejected with the reason. Keys are still derived from the name as stated, so that the same file
 * again gives the same keys.
 */
export function withPeople(csv: CsvImport, people: PeopleByName): CsvImport {
  if (csv.named.length === 0) return csv;
  const named: CsvImport = { ...csv, facts: [], lines: [], rejects: [...csv.rejects] };
  csv.facts.forEach((fact, i) => {
    const line = csv.lines[i]!;
    const answers = Object.entries(namesOf(fact, csv.named)).map(
      ([header, name]) => [header, people.get(name) ?? `nobody is called "${name}"`] as const,
    );
    const reasons = answers.flatMap(([header, answer]) =>
      typeof answer === 'string' ? [`${header}: ${answer}`] : [],
    );
    if (reasons.length > 0) {
      named.rejects.push({ line, reasons });
      return;
    }
    named.facts.push(withAddresses(fact, Object.fromEntries(answers) as Record<string, Address>));
    named.lines.push(line);
  });
  named.rejects.sort((a, b) => a.line - b.line);
  return named;
}
