/** Money spent on advertising, per channel, campaign and day; a later row may correct it. */
import { amountOf } from './amount.ts';
import type { Fact } from './fact.ts';
import { type Row, thingKey } from './row.ts';

export function adSpendFacts(row: Row): Fact[] {
  row.need('channel', 'day', 'amount');
  const amount = row.text('amount') ?? '';
  if (amount.startsWith('-'))
    row.errors.push({ field: 'amount', message: 'amount: what was spent is not negative' });
  const stated = { ...row.stated(), ...(amount ? amountOf(row, amount) : {}) };
  const observed_at = row.observedAt();
  if (row.errors.length > 0) return [];
  const { origin } = row.context;
  const first = [row.text('channel'), row.text('campaign'), row.number('day'), stated.currency];
  const thing_key = thingKey(origin, 'ad_spend', row.text('external_id'), first);
  return [
    {
      kind: 'ad_spend',
      ...origin,
      thing_key,
      observation_key: row.observation_key,
      observed_at,
      stated,
    },
  ];
}
