/**
 * Gate 16: the wall time of short commands beside a running house, against a Node process that does
 * nothing. BENCH_CONTACTS scales the house. Timed.
 */
import { runNight } from '../cli/night.ts';
import type { Fact } from '../core/facts/fact.ts';
import { inChunks } from './house.ts';
import { contactsOf, type Gate, type Measure, ratioOfPairs } from './measure.ts';
import { command, nothing, withServedHouse } from './served-house.ts';
import { allFacts, emailOf, peopleOf } from './synthetic-facts.ts';

const CONTACTS = contactsOf(300, 300);

const COMMANDS = [
  ['status'],
  ['show', emailOf(0).value],
  ['sql', 'select count(*) from dim_contact'],
  ['--help'],
];

async function run(): Promise<Measure[]> {
  return withServedHouse(async (house) => {
    const post = (facts: Fact[]) =>
      house.call('/import/facts', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ facts }),
      });
    for (const facts of inChunks(allFacts(peopleOf(0, CONTACTS)), 1000)) await post(facts);
    await runNight(house, { to: ['files'], folder: house.state.out }, () => {});
    const measures: Measure[] = [];
    for (const args of COMMANDS) {
      // Once before, so that Node has compiled what does not change.
      await command(house, ...args);
      const ratio = await ratioOfPairs(
        async () => (await command(house, ...args)).wallMs,
        async () => (await nothing()).wallMs,
      );
      measures.push({
        gate: 16,
        measure: `signalhouse ${args[0]}, wall time`,
        ...ratio,
        reference: '`node -e 0`',
        limit: 12,
        moonshot: 5,
        better: 'less',
      });
    }
    return measures;
  });
}

export const gate: Gate = { name: '16', run };
