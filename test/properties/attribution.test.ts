/**
 * Touches, credits, paths and sums of credits of drawn houses as the oracle has them, row for row.
 */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import {
  conversionsOf,
  factsOf,
  known,
  lookbacks,
  parts,
  type Role,
  roles,
  rulesAndShapley,
  type Touch,
  touchesOf,
  weights,
} from '../views/attribution-oracle.ts';
import { drawnHouse } from '../views/drawn-house.ts';
import { randomAsOf as as_of } from '../views/random-house.ts';

const HOUSES = process.env.FULL ? 200 : 20;
/** The summary of every so many houses, since it takes the longest. */
const SUMMED = process.env.FULL ? 4 : 7;

const rowsOf = (rows: (string | number | null)[][]): string[] =>
  rows.map((row) => row.join(' | ')).sort();

it.each(Array.from({ length: HOUSES }, (_, n) => n + 2))(
  'says of house %i what the rules say',
  (n) => {
    const { house } = drawnHouse(n);
    const facts = factsOf((sql) => house.query(sql, { as_of }) as never, as_of);
    const ask = (sql: string) =>
      rowsOf(house.query(sql, { as_of }).map((row) => Object.values(row)));
    const touches = new Map<string, (string | number)[]>();
    const credits: (string | number)[][] = [];
    const paths = new Map<string, [converting: number, lost: number, revenue: number]>();
    const goes = (type: string, path: Touch[], did: [number, number, number]) => {
      const key = `${path.map(({ channel }) => channel).join(' > ') || 'unattributed'} | ${type}`;
      paths.set(
        key,
        (paths.get(key) ?? [0, 0, 0]).map((sum, i) => sum + did[i]!) as [number, number, number],
      );
    };
    for (const contact of facts.contacts) {
      const all = touchesOf(facts, contact);
      const conversions = conversionsOf(facts, contact);
      for (const { type, key, at, after, revenue, currency } of conversions)
        for (const [lookback, reach] of lookbacks) {
          const near = all.filter(
            (t) => t.at <= at && t.at > after && at - t.at <= reach && (t.call ?? '') !== key,
          );
          const path = known(near);
          if (lookback === '30d')
            goes(type, path, [1, 0, currency === facts.currency ? revenue : 0]);
          const learnt = facts.effects.filter(
            (e) => e.conversion_type === type && e.lookback === lookback,
          );
          const id = [contact.contact_key, type, key];
          const effectOf = (channel: string): number =>
            learnt.find((e) => e.channel === channel)?.effect_ppb ?? 0;
          const told = path.length
            ? path
            : [{ key: 'unattributed', at, channel: 'unattributed', campaign: 'unattributed' }];
          const places = roles(path, contact.lead_added_at);
          for (const [i, { key: touch, channel, campaign }] of told.entries()) {
            const names = (Object.keys(places) as Role[]).filter((role) => places[role] === i);
            const role = path.length ? names.join(', ') || 'between' : 'none';
            const place = path.length && i + 1;
            touches.set([...id, touch].join(), [
              ...id,
              touch,
              place,
              path.length,
              role,
              channel,
              campaign,
              lookback,
            ]);
          }
          for (const model of [...rulesAndShapley, ...(learnt.length ? ['markov_1'] : [])]) {
            const shares = parts(
              1e9,
              path.length ? weights(model, path, contact.lead_added_at, effectOf) : [1],
            );
            const values = parts(revenue, shares);
            for (const [i, { key: touch, channel, campaign }] of told.entries())
              if (shares[i])
                credits.push([
                  ...id,
                  touch,
                  model,
                  lookback,
                  channel,
                  campaign,
                  shares[i]!,
                  values[i]!,
                  currency,
                ]);
          }
        }
      const booked = conversions.filter(({ type }) => type === 'booking').map(({ at }) => at);
      const bought = facts.purchases.filter(
        (row) => row.contact_id === contact.contact_id && row.kind !== 'refund',
      );
      const opened: [string, number][] = [
        ['booking', Math.max(-1, ...booked)],
        [
          bought.length ? 'repeat_purchase' : 'first_purchase',
          Math.max(-1, ...bought.map((row) => row.purchased_at)),
        ],
      ];
      for (const [type, after] of opened) {
        const since = known(all.filter((touch) => touch.at > after));
        if (since.length)
          goes(
            type,
            since.filter(({ at }) => since.at(-1)!.at - at <= 30 * DAY),
            [0, 1, 0],
          );
      }
    }
    const touch = `select contact_key, conversion_type, conversion_key, touch_key,
      position, path_length, role, channel, campaign, lookback
    from attribution_touch`;
    expect(ask(touch)).toEqual(rowsOf([...touches.values()]));
    const credit = `select contact_key, conversion_type, conversion_key, touch_key,
      model, lookback, channel, campaign, share_ppb, value, currency
    from attribution_credit`;
    expect(ask(credit)).toEqual(rowsOf(credits));
    const path = `select path, conversion_type, converting, non_converting, revenue
    from attribution_paths`;
    expect(ask(path)).toEqual(rowsOf([...paths].map(([key, did]) => [key, ...did])));
    if (n % SUMMED) return;
    const sums = new Map<string, number[]>();
    for (const [, type, , , model, lookback, channel, campaign, share, value, currency] of credits)
      for (const named of [`channel | ${channel}`, `campaign | ${campaign}`]) {
        const key = [type, model, lookback, named, currency].join(' | ');
        const [shares, values] = sums.get(key) ?? [0, 0];
        sums.set(key, [shares! + Number(share), values! + Number(value)]);
      }
    const summary = `select conversion_type, model, lookback, dimension, value, currency,
      round(sum(conversions) * 1e9), sum(revenue)
    from attribution_summary where dimension in ('channel', 'campaign') and conversions > 0
    group by conversion_type, model, lookback, dimension, value, currency`;
    expect(ask(summary)).toEqual(rowsOf([...sums].map(([key, did]) => [key, ...did])));
  },
);
