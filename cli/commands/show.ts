/**
 * `show`: everything that the house knows about one person, found by key, address or part of their
 * name; or one thing that waits.
 */
import { Fault } from '../../core/faults.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { type HouseClient, withHouse } from '../house/open.ts';
import { textRecord } from '../text-record.ts';
import { columnsThatFit, textTable } from '../text-table.ts';

type Person = Record<string, unknown>;
type Found = { found: number; rows: (Person & { contact_key: string })[] };

const COLUMNS = ['name', 'company', 'contact', 'status', 'stage', 'contact_key'];

const contact = async (house: HouseClient, who: string): Promise<Person> =>
  (await house.call(`/api/contacts/${encodeURIComponent(who)}`)).json() as Promise<Person>;

/** The person with this key or address, or null. */
async function addressed(house: HouseClient, who: string): Promise<Person | null> {
  try {
    return await contact(house, who);
  } catch (error) {
    if (error instanceof Fault && error.code === 'not_found') return null;
    throw error;
  }
}

function several(who: string, { found, rows }: Found): string {
  const listed = rows.map((row) => ({
    name: row.full_name,
    company: row.company,
    contact: row.address,
    status: row.lead_status,
    stage: row.sales_stage,
    contact_key: row.contact_key,
  }));
  const columns = columnsThatFit(COLUMNS, listed);
  const more = found > rows.length ? `\n… and ${found - rows.length} more` : '';
  return (
    `${found} people match ${who}; show one of them by email, phone or ` +
    `key:\n${textTable(columns, listed)}${more}`
  );
}

/** What else there is to show, by its first word; the rest is its key, as `list` has it. */
const WAITING = new Map([
  ['dead-event', '/api/dead-events'],
  ['waiting', '/api/waiting'],
]);

/** Prints one person, or a list if several match. Throws `not_found` if nobody matches. */
export async function show(call: Call): Promise<void> {
  const [what = '', ...key] = call.positionals;
  const path = WAITING.get(what);
  if (path && key.length > 0)
    return showWaiting(call, `${path}/${encodeURIComponent(key.join(' '))}`);
  await showPerson(call);
}

async function showWaiting(call: Call, path: string): Promise<void> {
  await withHouse(call.say, async (house) => {
    const found = (await (await house.call(path)).json()) as Record<string, unknown>;
    call.print(found, textRecord(found));
  });
}

/** The table of the history has what somebody wrote; `--json` also has what they quoted. */
function personText(person: Person): string {
  const history = (person.history as Record<string, unknown>[]).map(
    ({ whole_text: _, ...event }) => event,
  );
  return textRecord({ ...person, history });
}

async function showPerson(call: Call): Promise<void> {
  const who = call.positionals.join(' ').trim();
  if (!who) throw new UsageError('show takes a name, an email, a phone or a contact key');
  await withHouse(call.say, async (house) => {
    const person = await addressed(house, who);
    if (person) return call.print(person, personText(person));
    const answer = await house.call(`/api/contacts?${new URLSearchParams({ search: who })}`);
    const matches = (await answer.json()) as Found;
    const [first] = matches.rows;
    if (!first)
      throw new Fault(
        'not_found',
        `no person matches ${who} by name, company, email, phone or key`,
      );
    if (matches.found > 1) return call.print(matches, several(who, matches));
    const only = await contact(house, first.contact_key);
    call.print(only, personText(only));
  });
}
