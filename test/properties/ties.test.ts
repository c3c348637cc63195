/**
 * Rows that say otherwise of one thing and instant are counted before they land, in one file or in
 * two (G6).
 */
import { expect, it } from 'vitest';
import type { Fact } from '../../core/facts/fact.ts';
import { outcomesOf } from '../../warehouse/write/fact-outcomes.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { config, openSmallHouse } from './small-house.ts';

const observed_at = Date.UTC(2026, 4, 1);
const spent = (amount_minor: number, at = observed_at): Fact => ({
  kind: 'ad_spend',
  provider: 'csv',
  thing_key: 'google may',
  observation_key: `${amount_minor} ${at}`,
  observed_at: at,
  stated: { spent_at: observed_at, channel: 'google', amount_minor, currency: 'USD' },
});

it('counts each row that only its key decides', async () => {
  const { db, close } = await openSmallHouse();
  const ask = (facts: Fact[]) => outcomesOf(db, facts, config);
  expect(await ask([spent(50), spent(50)])).toEqual({ outcomes: ['new', 'skipped'], tied: 0 });
  expect(await ask([spent(50), spent(60)])).toEqual({ outcomes: ['new', 'updated'], tied: 1 });
  await writeFacts(db, [spent(50)], config);
  expect(await ask([spent(50)])).toEqual({ outcomes: ['skipped'], tied: 0 });
  expect(await ask([spent(60)])).toEqual({ outcomes: ['updated'], tied: 1 });
  expect(await ask([spent(60, observed_at + 1)])).toEqual({ outcomes: ['updated'], tied: 0 });
  close();
});
