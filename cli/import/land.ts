/** The facts of a file through the door, after the people whom they need, counted by outcome. */
import type { CsvFile } from '../../core/csv/import.ts';
import type { Fact } from '../../core/facts/fact.ts';
import type { RowContext } from '../../core/facts/row.ts';
import type { Outcome } from '../../warehouse/write/fact-outcomes.ts';
import type { HouseClient } from '../house/open.ts';
import { newPeople, noteUnknownPeople } from './people.ts';
import type { Scratch } from './scratch.ts';
import { type Purpose, send } from './send.ts';

export type Landed = { counts: Map<Outcome, number>; tied: number };

export type Landing = {
  scratch: Scratch;
  context: Omit<RowContext, 'origin'>;
  /** Whether people are made of the names and ids that the house does not know. */
  mayCreate: boolean;
  /** `dry`: nothing is written. */
  purpose: Purpose;
  onRows?: (count: number) => void;
};

/** Lands what is in the scratch. */
export async function land(
  house: Pick<HouseClient, 'call'>,
  { named }: CsvFile,
  { scratch, context, mayCreate, purpose, onRows }: Landing,
): Promise<Landed> {
  if (mayCreate) await noteUnknownPeople(house, scratch);
  if (scratch.people.count > 0 && purpose !== 'dry')
    for await (const _ of send(house, newPeople(scratch, named, context), purpose));
  const landed: Landed = { counts: new Map(), tied: 0 };
  let count = 0;
  for await (const { facts, tied } of send(house, scratch.facts, purpose)) {
    landed.tied += tied;
    for (const { fact, outcome: known } of facts) {
      const outcome = purpose === 'dry' ? dryOutcome(scratch, fact, known) : known;
      if (outcome === 'unknown_person')
        scratch.waiting.add((JSON.parse(fact) as Fact).contact!.value);
      landed.counts.set(outcome, (landed.counts.get(outcome) ?? 0) + 1);
    }
    count += facts.length;
    onRows?.(count);
  }
  return landed;
}

/**
 * The parts of a dry run do not see each other in the house: what an earlier part would have made
 * known is known here, and so are the people who would be made first.
 */
function dryOutcome({ seen, people }: Scratch, text: string, outcome: Outcome): Outcome {
  const fact = JSON.parse(text) as Fact;
  const [thing, delivery] =
    fact.kind === 'email_event'
      ? [fact.event_id, '']
      : [`${fact.kind} ${fact.thing_key}`, fact.observation_key];
  const isSeen = !seen.add(`${thing} ${delivery}`);
  const isKnown = !seen.add(thing);
  if (isSeen) return 'skipped';
  if (outcome === 'new' && isKnown) return 'updated';
  return outcome === 'unknown_person' && people.has(fact.contact!.value) ? 'new' : outcome;
}
