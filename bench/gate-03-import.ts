/**
 * Gate 3: facts through the import door, everything derived included, against one prepared SQLite
 * transaction. Timed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Fact } from '../core/facts/fact.ts';
import { type BenchHouse, inChunks, withBenchHouse } from './house.ts';
import { cpuOfWorkerd, type Gate, inverse, type Measure, ownCpu, ratioOfPairs } from './measure.ts';
import { allFacts, peopleOf } from './synthetic-facts.ts';

const PAIRS = 9;
/** Chunks of 1,000 facts, as the command line posts them. */
const CHUNKS_PER_PAIR = 3;
const CHUNK = 1000;
/** The reference is brief; it runs as often as makes the two sides of a pair alike in length. */
const REPEATS = 20;

async function post(house: BenchHouse, chunks: Fact[][]): Promise<void> {
  for (const facts of chunks) {
    const answer = await house.call('/import/facts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ facts }),
    });
    const { inserted } = (await answer.json()) as { inserted?: number };
    if (inserted !== facts.length) throw new Error(`imported ${inserted} of ${facts.length} facts`);
  }
}

const migrations = new URL('../migrations/', import.meta.url);
const schema = readdirSync(migrations)
  .sort()
  .map((name) => readFileSync(new URL(name, migrations), 'utf8'))
  .join('\n');

/** The row that each fact is stored as: an event, or an observation. */
function rowOf(fact: Fact, i: number): SQLInputValue[] {
  if (fact.kind !== 'email_event')
    return [
      fact.kind,
      fact.thing_key,
      fact.observation_key,
      i,
      fact.provider,
      fact.observed_at,
      0,
      JSON.stringify(fact.stated),
      fact.account ?? null,
      fact.medium ?? null,
    ];
  const {
    occurred_at,
    event_id,
    message_id,
    event_type,
    actor,
    bounce_type,
    link,
    user_agent,
    http_method,
  } = fact;
  return [
    i,
    occurred_at,
    event_id,
    message_id,
    event_type,
    '2026-01-01',
    actor,
    bounce_type,
    link,
    user_agent,
    http_method,
    0,
  ];
}

/**
 * One transaction of prepared inserts into empty tables; the rows are made before, outside the time
 * taken.
 */
async function reference(facts: Fact[]): Promise<number> {
  const rows = facts.map((fact, i) => ({
    isEvent: fact.kind === 'email_event',
    row: rowOf(fact, i),
  }));
  let spent = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const db = new DatabaseSync(':memory:');
    db.exec(schema);
    spent += await ownCpu(() => {
      db.exec('begin');
      const event = db.prepare(
        'insert into email_events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      );
      const observation = db.prepare(
        'insert into observations values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      );
      for (const { isEvent, row } of rows) (isEvent ? event : observation).run(...row);
      db.exec('commit');
    });
    db.close();
  }
  return spent / REPEATS;
}

async function run(): Promise<Measure[]> {
  const needed = (PAIRS + 1) * CHUNKS_PER_PAIR * CHUNK;
  const facts = allFacts(peopleOf(0, needed / 8)).slice(0, needed);
  const loads = inChunks(facts, CHUNKS_PER_PAIR * CHUNK);
  const cost = await withBenchHouse(async (house) => {
    await post(house, inChunks(loads.at(-1)!, CHUNK));
    return ratioOfPairs(
      (pair) => cpuOfWorkerd(() => post(house, inChunks(loads[pair]!, CHUNK))),
      (pair) => reference(loads[pair]!),
      PAIRS,
    );
  });
  return [
    {
      gate: 3,
      measure: 'bulk import, facts per CPU second',
      ...inverse(cost),
      reference: 'the facts’ own rows, one prepared SQLite transaction in memory',
      limit: 0.28,
      moonshot: 0.5,
      better: 'more' as const,
    },
  ];
}

export const gate: Gate = { name: '3', run };
