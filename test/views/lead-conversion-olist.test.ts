/**
 * A real company's leads and deals against a plain count over its files (R7): one deal precedes its
 * lead, 797 have no revenue.
 */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { at, SqliteHouse } from './sqlite-house.ts';

const folder = new URL(`${process.env.SHARED ?? '../../../shared'}/data/olist/`, import.meta.url);
const rows = (name: string) =>
  readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

it.skipIf(!existsSync(folder))(
  'lead_conversion equals a plain count (skipped without the data)',
  () => {
    const leads = rows('marketing_qualified_leads.csv').map(([id, day, origin]) => {
      const [month, date, year] = day!.split('/').map(Number);
      return { id: id!, added: Date.UTC(year!, month! - 1, date!), channel: origin || 'unknown' };
    });
    const deals = new Map(
      rows('closed_deals.csv').map((row) => [
        row[0]!,
        { won: at(row[4]!.replace(' ', 'T')), cents: Math.round(Number(row.at(-1)) * 100) },
      ]),
    );
    expect([...deals.values()].filter(({ cents }) => cents === 0)).toHaveLength(797);
    const house = new SqliteHouse({ currency: 'BRL', from: '2017-01-01', to: '2019-01-31' });
    house.insert(
      'contacts',
      leads.map(({ id, added, channel }, i) => ({
        contact_id: i + 1,
        contact_key: id,
        channel_origin: channel,
        lead_added_at: added,
      })),
    );
    house.insert(
      'purchases',
      leads.flatMap(({ id }, i) => {
        const deal = deals.get(id);
        return deal
          ? [
              {
                contact_id: i + 1,
                purchase_key: id,
                provider: 'import',
                purchased_at: deal.won,
                product_name: 'deal',
                kind: 'one_off',
                amount_minor: deal.cents,
                currency: 'BRL',
                status: 'enrolled',
              },
            ]
          : [];
      }),
    );
    const as_of = at('2019-01-01');
    const counted = new Map<string, { leads: number; conversions: number; revenue: number }>();
    for (const { id, channel } of leads) {
      const sum = counted.get(channel) ?? { leads: 0, conversions: 0, revenue: 0 };
      const deal = deals.get(id);
      counted.set(channel, {
        leads: sum.leads + 1,
        conversions: sum.conversions + (deal ? 1 : 0),
        revenue: sum.revenue + (deal?.cents ?? 0),
      });
    }
    const published = house.query(
      `select value, leads, conversions, revenue from lead_conversion
       where dimension = 'channel' and period = 'all'`,
      { as_of },
    );
    expect(new Map(published.map(({ value, ...sums }) => [value, sums]))).toEqual(counted);
    expect(published.reduce((sum, row) => sum + Number(row.leads), 0)).toBe(8000);
    expect(published.reduce((sum, row) => sum + Number(row.conversions), 0)).toBe(842);
    expect(house.query('select * from check_purchase_before_lead', { as_of })).toHaveLength(1);
    expect(house.query('select * from check_lead_conversion_leads', { as_of })).toEqual([]);
    expect(
      house.query(
        `select sum(conversions) as n from lead_conversion
         where dimension = 'all' and period <> 'all'`,
        { as_of },
      ),
    ).toEqual([{ n: 842 }]);
    const total = [...deals.values()].reduce((sum, { cents }) => sum + cents, 0);
    expect(
      house.query(
        `select distinct sum(revenue) as revenue from attribution_summary
         where conversion_type = 'first_purchase' group by model, lookback, dimension`,
        { as_of },
      ),
    ).toEqual([{ revenue: total }]);
  },
);
