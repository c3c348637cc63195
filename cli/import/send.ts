/** Facts through the import door, and what became of each of them. */
import type { Outcome, Outcomes } from '../../warehouse/write/fact-outcomes.ts';
import type { HouseClient } from '../house/open.ts';
import { partsOf } from './parts.ts';

/** What the house says of each fact of one request; `tied` as there. */
export type Sent<Text> = { facts: (Text & { outcome: Outcome })[]; tied: number };

/**
 * Posts the facts, each as its JSON, in parts; with `isDry` nothing is written. No facts ask the
 * house too, which may refuse any import.
 */
export async function* send<Text extends { fact: string }>(
  house: Pick<HouseClient, 'call'>,
  facts: Iterable<Text>,
  isDry: boolean,
): AsyncGenerator<Sent<Text>> {
  for (const part of partsOf(facts)) {
    const answer = await house.call(`/import/facts${isDry ? '?dry_run=1' : ''}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"facts":[${part.map(({ fact }) => fact).join()}]}`,
    });
    const { outcomes, tied } = (await answer.json()) as Outcomes;
    yield { facts: part.map((text, i) => ({ ...text, outcome: outcomes[i]! })), tied };
  }
}
