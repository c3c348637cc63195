/** Facts through the import door, and what became of each of them. */
import type { Fact } from '../../core/facts/fact.ts';
import type { Outcome, Outcomes } from '../../warehouse/write/fact-outcomes.ts';
import type { HouseClient } from '../house/open.ts';
import { partsOf } from './parts.ts';

export type Landed = { outcomes: Outcome[]; tied: number };

/**
 * The parts of a dry run do not see each other in the house: what an earlier part would have made
 * known is known here.
 */
function rememberDry(): (fact: Fact, outcome: Outcome) => Outcome {
  const seen = new Set<string>();
  return (fact, outcome) => {
    const [thing, delivery] =
      fact.kind === 'email_event'
        ? [fact.event_id, '']
        : [`${fact.kind} ${fact.thing_key}`, fact.observation_key];
    const whole = `${thing} ${delivery}`;
    const now = seen.has(whole)
      ? 'skipped'
      : outcome === 'new' && seen.has(thing)
        ? 'updated'
        : outcome;
    seen.add(thing).add(whole);
    return now;
  };
}

/**
 * Posts the facts in parts; with `isDry` nothing is written. An empty file asks the house too,
 * which may refuse any import.
 */
export async function send(
  house: Pick<HouseClient, 'call'>,
  facts: Fact[],
  isDry: boolean,
  say: (line: string) => void,
): Promise<Landed> {
  const landed: Landed = { outcomes: [], tied: 0 };
  const remembered = rememberDry();
  for (const part of partsOf(facts)) {
    const answer = await house.call(`/import/facts${isDry ? '?dry_run=1' : ''}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ facts: part }),
    });
    const { outcomes, tied } = (await answer.json()) as Outcomes;
    landed.tied += tied;
    landed.outcomes.push(
      ...outcomes.map((outcome, i) => (isDry ? remembered(part[i]!, outcome) : outcome)),
    );
    say(`${landed.outcomes.length} of ${facts.length} rows ${isDry ? 'read' : 'landed'}`);
  }
  return landed;
}
