/** One fact that waits, whole: what it waits for, and what it says (F1). */
import { END_OF_TIME } from '../../core/instant.ts';
import { render } from '../../sql/render.ts';

export type WaitingFact = {
  waiting_key: string;
  kind: string;
  /** The field that nobody has stated, or `contact` or `lead`: nobody has this `address` yet. */
  waits_for: string;
  address: string | null;
  observed_at: number;
  landed_at: number;
  /** As they were delivered; of a thing that is not whole, every delivery about it. */
  facts: unknown[];
};

/** The fact that `list waiting` shows under this key, or null. */
export async function readWaitingFact(
  db: D1Database,
  waiting_key: string,
): Promise<WaitingFact | null> {
  const [listed, deliveries] = await db.batch<unknown>([
    db.prepare(LISTED).bind(waiting_key),
    db.prepare(DELIVERIES).bind(waiting_key),
  ]);
  const [first] = listed!.results as Omit<WaitingFact, 'facts'>[];
  if (!first) return null;
  const facts = (deliveries!.results as { fact: string }[]).map(({ fact }) => JSON.parse(fact));
  return { ...first, facts };
}

const LISTED = render(
  `select waiting_key, kind, waits_for, address, observed_at, landed_at
   from int_waiting_facts where waiting_key = ?1`,
  { as_of: END_OF_TIME },
);

const DELIVERIES = `
  select fact from waiting_facts where delivery = ?1
  union all
  select json_object('kind', kind, 'provider', provider, 'thing_key', thing_key,
      'observation_key', observation_key, 'observed_at', observed_at, 'stated', json(stated))
  from observations
  where kind = substr(?1, 1, instr(?1, ' ') - 1) and thing_key = substr(?1, instr(?1, ' ') + 1)`;
