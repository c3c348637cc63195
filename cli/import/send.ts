/** Facts through the import door, and what became of each of them. */
import type { Outcome, Outcomes } from '../../warehouse/write/fact-outcomes.ts';
import type { HouseClient } from '../house/open.ts';
import { partsOf } from './parts.ts';

/** What the house says of each fact of one request; `tied` as there. */
export type Sent<Text> = { facts: (Text & { outcome: Outcome })[]; tied: number };

/** The import whose facts they are, or only a question that writes nothing. */
export type Purpose = { import_id: number } | 'dry';

/**
 * Posts the facts, each as its JSON, in parts. No facts ask the house too, which may refuse any
 * import.
 */
export async function* send<Text extends { fact: string }>(
  house: Pick<HouseClient, 'call'>,
  facts: Iterable<Text>,
  purpose: Purpose,
): AsyncGenerator<Sent<Text>> {
  for (const part of partsOf(facts)) {
    const query = purpose === 'dry' ? 'dry_run=1' : `import=${purpose.import_id}`;
    const answer = await house.call(`/import/facts?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"facts":[${part.map(({ fact }) => fact).join()}]}`,
    });
    const { outcomes, tied } = (await answer.json()) as Outcomes;
    yield { facts: part.map((text, i) => ({ ...text, outcome: outcomes[i]! })), tied };
  }
}
