/**
 * Gate 1: D1 rows written per email event, what it makes the house derive included, and per
 * duplicate. A counter.
 */
import type { EmailEvent, Fact } from '../core/facts/fact.ts';
import { refreshAll, refreshContacts } from '../warehouse/derive/refresh.ts';
import { writeFacts } from '../warehouse/write/facts.ts';
import { countedDatabase } from './counted-database.ts';
import { type BenchHouse, inChunks, loadFacts, withBenchHouse } from './house.ts';
import type { Gate, Measure } from './measure.ts';
import { AS_OF, peopleOf } from './synthetic-facts.ts';

const PEOPLE = 150;
/** One queue batch of webhooks. */
const BATCH = 100;

/** Rows written per event, by table: first by those that write most. */
type Rows = [table: string, rows: number][];

/** What the consumer writes when it takes `events` in batches. */
async function land(house: BenchHouse, events: Fact[]): Promise<Rows> {
  const { db, writtenTo } = countedDatabase(house.db);
  for (const batch of inChunks(events, BATCH)) {
    const { contact_ids } = await writeFacts(db, batch, house.config);
    await refreshContacts(db, contact_ids, AS_OF);
  }
  return [...writtenTo()]
    .map(([table, rows]): Rows[number] => [table, rows / events.length])
    .sort(([, one], [, other]) => other - one);
}

const byTime = (a: EmailEvent, b: EmailEvent) => a.occurred_at - b.occurred_at;

const sum = (rows: Rows) => rows.reduce((total, [, each]) => total + each, 0);
const split = (rows: Rows) =>
  rows
    .filter(([, each]) => each >= 0.005)
    .map(([table, each]) => `${table} ${each.toFixed(2)}`)
    .join(', ');

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
    // The facts of the contacts pay for what is derived of them before there is mail.
    await refreshAll(house.db, AS_OF);
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
