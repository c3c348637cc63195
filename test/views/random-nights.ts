/**
 * What a random house holds beside its people: earlier nights, what they learnt of channels, and ad
 * spend.
 */
import { DAY, HOUR } from '../../core/durations.ts';
import { at } from './sqlite-house.ts';

/** The present of a random house, UTC ms. */
export const randomAsOf = at('2026-06-30T12:00:00');

export type Put = (table: string, ...rows: Record<string, string | number | null>[]) => void;

/**
 * Two nights before `randomAsOf` and one after: what they loaded, which checks they ran, what they
 * found to be otherwise.
 */
export function putNights(put: Put): void {
  [-2, -1, 1].forEach((days, n) => {
    const run = { run_id: `run${n}`, attempt: 1 };
    const as_of = randomAsOf + days * DAY;
    const times = { started_at: as_of, finished_at: as_of + HOUR };
    put('export_runs', {
      ...run,
      ...times,
      as_of,
      rules_version: 'v',
      destinations: 'files',
      status: 'closed',
    });
    put('export_loads', {
      ...run,
      ...times,
      load_id: `load${n}`,
      mart: 'daily',
      destination: 'files',
      status: 'closed',
      rows_source: 7,
      rows_destination: 7,
      checksum_source: 'c',
      checksum_destination: 'c',
      data_through: as_of,
    });
    put('check_results', {
      ...run,
      check_id: 'check_daily_sums',
      severity: 'block',
      failing: n,
      sample_keys: null,
    });
    put('restatements', {
      ...run,
      mart: 'daily',
      key: '2026-05-20',
      column_name: 'revenue',
      old_value: null,
      new_value: '7.00',
      published_as_of: as_of - DAY,
      load_before: 'load',
      load_after: `load${n}`,
      cause: 'late_fact',
    });
  });
}

/** What a night learnt of channels, some of them worth nothing; a repeat purchase has none yet. */
export function putModels(put: Put, more: () => number): void {
  for (const conversion_type of ['lead', 'booking', 'first_purchase'])
    for (const lookback of ['30d', '90d', 'all'])
      for (const channel of [
        'unattributed',
        'linkedin',
        'referral',
        'organic',
        'email',
        'call',
        'event',
      ])
        put('model_results', {
          as_of: randomAsOf - DAY,
          model: 'markov_1',
          conversion_type,
          lookback,
          channel,
          effect_ppb:
            channel === 'unattributed' || more() < 0.3 ? 0 : Math.floor(more() * 1_000_000_001),
        });
  for (const lookback of ['30d', 'all'])
    for (const channel of ['linkedin', 'email'])
      put('share_intervals', {
        as_of: randomAsOf - DAY,
        model: 'shapley',
        conversion_type: 'first_purchase',
        lookback,
        channel,
        month_start: '2026-04-01',
        currency: 'USD',
        share_lo: more() / 4,
        share_hi: 0.5 + more() / 4,
      });
}

/**
 * What was spent on channels that earn something and on one that does not, in two currencies, a
 * part of it after `randomAsOf`.
 */
export function putSpend(put: Put, more: () => number): void {
  for (const channel of ['linkedin', 'google', 'billboard'])
    for (let month = 1; month <= 7; month++)
      for (const currency of ['USD', 'AUD'])
        if (more() < 0.7)
          put('ad_spend', {
            spend_key: `${channel} ${month} ${currency}`,
            provider: 'csv',
            channel,
            currency,
            campaign_id: more() < 0.5 ? 'spring' : null,
            spent_at: at(`2026-0${month}-09`),
            amount_minor: Math.floor(more() * 50_000),
          });
}
