/**
 * A scratch house for a gate: real workerd with real D1, opened, its clock pinned, gone when
 * closed.
 */

import { type FactsConfig, factsConfig } from '../core/config.ts';
import type { Fact } from '../core/facts/fact.ts';
import { openTestHouse, type TestHouse } from '../test/house.ts';
import { ensureHouse } from '../warehouse/house.ts';
import { writeFacts } from '../warehouse/write/facts.ts';
import { AS_OF, allFacts, peopleOf } from './synthetic-facts.ts';

export type BenchHouse = TestHouse & { config: FactsConfig };

const vars = { NOW: String(AS_OF), BUSINESS_TIME_ZONE: 'UTC' };

export async function openBenchHouse(env: Record<string, string> = {}): Promise<BenchHouse> {
  const house = await openTestHouse({ env: { ...vars, ...env } });
  const config = factsConfig({
    CONTACT_KEY_SECRET: 'test-contact-key-secret',
    HOUSE_ID: 'test-house',
    ...vars,
    ...env,
  });
  await ensureHouse(house.db, config);
  return { ...house, config };
}

/** Runs `work` on a house that is closed whatever happens. */
export async function withBenchHouse<T>(
  work: (house: BenchHouse) => Promise<T>,
  env?: Record<string, string>,
): Promise<T> {
  const house = await openBenchHouse(env);
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

export function inChunks<T>(values: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size),
  );
}

/** Writes facts in the writer's own chunks; what is derived is left to the caller. */
export async function loadFacts(house: BenchHouse, facts: Fact[]): Promise<void> {
  for (const chunk of inChunks(facts, 1000)) await writeFacts(house.db, chunk, house.config);
}

/** People whose facts are made and written at a time. */
const PEOPLE_PER_LOAD = 2500;

/** Writes the facts of made-up people; what is derived is left to the caller. */
export async function loadPeople(house: BenchHouse, from: number, to: number): Promise<void> {
  for (let next = from; next < to; next += PEOPLE_PER_LOAD)
    await loadFacts(house, allFacts(peopleOf(next, Math.min(to, next + PEOPLE_PER_LOAD))));
}
