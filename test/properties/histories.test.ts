/**
 * Many people's histories, told in order and told shuffled with repeats in batches of any size: the
 * same marts, byte for byte (G6).
 */
import { expect, it } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { publishedMarts } from '../season/published-marts.ts';
import { random } from '../views/random-house.ts';
import { AS_OF, drawnHistory } from './drawn-history.ts';
import { sqliteD1 } from './sqlite-d1.ts';

const HISTORIES = process.env.FULL ? 10_000 : 100;
const PER_HOUSE = Math.min(HISTORIES, 1000);
const REPEATED = 0.35;
const PATIENCE_MS = 600_000;

const config = factsConfig({
  CONTACT_KEY_SECRET: 'k',
  HOUSE_ID: 'test',
  BUSINESS_TIME_ZONE: 'America/New_York',
  HOUSE_CURRENCY: 'USD',
  NOW: String(AS_OF),
});

const campaign: Fact = {
  kind: 'campaign',
  provider: 'api',
  thing_key: 'spring',
  observation_key: 'spring',
  observed_at: AS_OF - 1,
  stated: { name: 'Spring', status: 'active' },
};

/** The marts of a house that was told the batches one after the other. */
async function martsOf(batches: Fact[][]): Promise<Record<string, string>> {
  const { db, close } = sqliteD1();
  await ensureHouse(db, config);
  for (const batch of batches) await writeFacts(db, batch, config);
  const marts = await publishedMarts(db, AS_OF);
  close();
  return marts;
}

function inBatches(facts: Fact[], sizeOf: () => number): Fact[][] {
  const batches: Fact[][] = [];
  for (let from = 0; from < facts.length; from += batches.at(-1)!.length)
    batches.push(facts.slice(from, from + sizeOf()));
  return batches;
}

function shuffled<T>(things: T[], next: () => number): T[] {
  const drawn = [...things];
  for (let i = drawn.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [drawn[i], drawn[j]] = [drawn[j]!, drawn[i]!];
  }
  return drawn;
}

it.each(Array.from({ length: HISTORIES / PER_HOUSE }, (_, n) => n))(
  `publishes the same of ${PER_HOUSE} histories in any order, house %i`,
  async (n) => {
    const next = random(n + 1);
    const told = Array.from({ length: PER_HOUSE }, (_, no) => drawnHistory(no, next)).flat();
    const facts = [campaign, ...told];
    const repeats = facts.filter(() => next() < REPEATED);
    const inOrder = await martsOf(inBatches(facts, () => 500));
    const inDisorder = await martsOf(
      inBatches(shuffled([...facts, ...repeats], next), () => 1 + Math.floor(next() * 300)),
    );
    for (const [mart, rows] of Object.entries(inOrder))
      expect.soft(inDisorder[mart]!.split('\n'), mart).toEqual(rows.split('\n'));
    expect(inOrder.fct_purchase).not.toBe('');
  },
  PATIENCE_MS,
);
