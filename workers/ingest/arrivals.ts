/** Which sources a batch of messages came from, and how late its facts were. */
import type { Fact } from '../../core/facts/fact.ts';
import { percentile } from '../../core/statistics/percentile.ts';
import type { Arrival } from '../../warehouse/write/arrivals.ts';
import type { FactMessage } from '../fact-queue.ts';

const MEDIAN = 0.5;

const instantOf = (fact: Fact): number =>
  fact.kind === 'email_event' ? fact.occurred_at : fact.observed_at;

/** One arrival for each source of `messages`; `landed` are those of their facts that were new. */
export function arrivalsOf(messages: FactMessage[], landed: Fact[], now: number): Arrival[] {
  const isNew = new Set(landed);
  const sources = messages.flatMap(({ door, facts }) =>
    facts.map((fact) => ({ door: String(door ?? 'queue'), account: fact.account ?? '', fact })),
  );
  const bySource = Map.groupBy(sources, ({ door, account }) => `${door} ${account}`);
  return [...bySource.values()].map((given) => {
    const lags = given.flatMap(({ fact }) =>
      isNew.has(fact) ? Math.max(0, now - instantOf(fact)) : [],
    );
    const lag_ms = lags.length > 0 ? percentile(lags, MEDIAN) : null;
    return { door: given[0]!.door, account: given[0]!.account, facts: lags.length, lag_ms };
  });
}
