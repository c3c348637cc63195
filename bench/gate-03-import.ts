/**
 * Gate 3: facts through the import door, everything derived included, against one prepared SQLite
 * transaction. Timed.
 */
import type { Fact } from '../core/facts/fact.ts';
import { type BenchHouse, inChunks, withBenchHouse } from './house.ts';
import {
  cpuOfWorkerd,
  type Gate,
  inverse,
  type Measure,
  pairsOf,
  ratioOfPairs,
} from './measure.ts';
import { cpuOfInserts } from './prepared-inserts.ts';
import { allFacts, peopleOf } from './synthetic-facts.ts';

const PAIRS = pairsOf(9);
/** Chunks of 1,000 facts, as the command line posts them. */
const CHUNKS_PER_PAIR = 3;
const CHUNK = 1000;

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

async function run(): Promise<Measure[]> {
  const needed = (PAIRS + 1) * CHUNKS_PER_PAIR * CHUNK;
  const facts = allFacts(peopleOf(0, needed / 8)).slice(0, needed);
  const loads = inChunks(facts, CHUNKS_PER_PAIR * CHUNK);
  const cost = await withBenchHouse(async (house) => {
    await post(house, inChunks(loads.at(-1)!, CHUNK));
    return ratioOfPairs(
      (pair) => cpuOfWorkerd(() => post(house, inChunks(loads[pair]!, CHUNK))),
      (pair) => cpuOfInserts(loads[pair]!),
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
