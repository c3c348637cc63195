/**
 * Gate 1: D1 rows written per email event, what it makes the house derive included, and per
 * duplicate. A counter.
 */
import type { EmailEvent, Fact } from '../core/facts/fact.ts';
import { refreshContacts } from '../warehouse/derive/refresh.ts';
import { writeFacts } from '../warehouse/write/facts.ts';
import { countedDatabase } from './counted-database.ts';
import { type BenchHouse, inChunks, loadFacts, withBenchHouse } from './house.ts';
import type { Gate, Measure } from './measure.ts';
import { AS_OF, peopleOf } from './synthetic-facts.ts';

const PEOPLE = 150;
/** One queue batch of webhooks. */
const BATCH = 100;

/**
 * Rows written per event when the consumer takes `events` in batches; writing and deriving apart.
 */
async function land(house: BenchHouse, events: Fact[]): Promise<Rows> {
  const facts = countedDatabase(house.db);
  const derived = countedDatabase(house.db);
  for (const batch of inChunks(events, BATCH)) {
    const { contact_ids } = await writeFacts(facts.db, batch, house.config);
    await refreshContacts(derived.db, contact_ids, AS_OF);
  }
  return {
    facts: facts.bill().written / events.length,
    derived: derived.bill().written / events.length,
  };
}

const byTime = (a: EmailEvent, b: EmailEvent) => a.occurred_at - b.occurred_at;

type Rows = { facts: number; derived: number };
const sum = ({ facts, derived }: Rows) => facts + derived;
const split = ({ facts, derived }: Rows) =>
  `${facts.toFixed(2)} facts + ${derived.toFixed(2)} derived`;

async function run(): Promise<Measure[]> {
  const events = (from: number, to: number) =>
    peopleOf(from, to)
      .flatMap(({ mail }) => mail)
      .sort(byTime);
  const { all, again, creating, later } = await withBenchHouse(async (house) => {
    await loadFacts(
      house,
      peopleOf(0, 2 * PEOPLE).map(({ contact }) => contact),
    );
    const whole = events(0, PEOPLE);
    const apart = Object.groupBy(events(PEOPLE, 2 * PEOPLE), ({ event_type }) =>
      event_type === 'sent' ? 'first' : 'later',
    );
    return {
      all: await land(house, whole),
      again: await land(house, whole),
      creating: await land(house, apart.first!),
      later: await land(house, apart.later!),
    };
  });
  const reference = `counted: meta.rows_written of every query, ${BATCH} events a batch`;
  const each = { gate: 1, reference, better: 'less' as const };
  return [
    {
      ...each,
      measure: 'rows per email event',
      value: sum(all),
      limit: 2,
      moonshot: 1.05,
      note: split(all),
    },
    {
      ...each,
      measure: 'rows per duplicate',
      value: sum(again),
      limit: 0,
      moonshot: 0,
      note: split(again),
    },
    {
      ...each,
      measure: 'of an event that creates its message',
      value: sum(creating),
      note: split(creating),
    },
    { ...each, measure: 'of a later event', value: sum(later), note: split(later) },
  ];
}

export const gate: Gate = { name: '1', run };
