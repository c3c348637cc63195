/** A real company's leads and deals through the import door, in either order (Show 2). */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookbacks, publishedModels } from '../../core/attribution/models.ts';
import { render } from '../../sql/render.ts';
import { checks } from '../../sql/views/index.ts';
import type { TestHouse } from '../house.ts';
import { importFile, openEmptyHouse } from '../season/empty-house.ts';
import { publishedMarts } from '../season/published-marts.ts';
import { countOlist, DEALS, exampleMap, LEADS, present } from './olist-files.ts';

const AS_OF = Date.UTC(2019, 0, 1);
const files = { contacts: LEADS, purchases: DEALS };

const importOlist = (house: TestHouse, kind: keyof typeof files) =>
  importFile(house, AS_OF, {
    kind,
    text: readFileSync(files[kind], 'utf8'),
    map: exampleMap(kind),
  });

describe.skipIf(!present)(
  "Olist's leads and deals (skipped where ../shared/data/olist is absent)",
  () => {
    let house: TestHouse;
    /** The same deals first, in the full run. */
    let other: TestHouse | undefined;
    const query = async (sql: string) =>
      (await house.db.prepare(render(sql, { as_of: AS_OF })).all()).results;

    beforeAll(async () => {
      house = await openEmptyHouse(AS_OF);
      if (process.env.FULL) other = await openEmptyHouse(AS_OF);
    });
    afterAll(() => Promise.all([house?.close(), other?.close()]));

    const expectWhole = async ({ db }: TestHouse) =>
      expect(
        await db
          .prepare(
            `select (select count(*) from contacts) as contacts,
               (select count(*) from purchases) as purchases`,
          )
          .first(),
      ).toEqual({ contacts: 8000, purchases: 842 });

    it('come in whole, and once', async () => {
      expect(await importOlist(house, 'contacts')).toBe(8000);
      expect(await importOlist(house, 'purchases')).toBe(842);
      expect(await importOlist(house, 'contacts')).toBe(0);
      expect(await importOlist(house, 'purchases')).toBe(0);
      await expectWhole(house);
    });

    it('give the channels that their origins say', async () => {
      const rows = await query('select channel, count(*) as n from dim_contact group by channel');
      expect(Object.fromEntries(rows.map(({ channel, n }) => [channel, n]))).toEqual({
        organic: 2296,
        paid: 1586,
        social: 1350,
        unknown: 1159,
        direct: 499,
        email: 493,
        referral: 284,
        other: 215,
        display: 118,
      });
    });

    it('convert as a plain count over the files says', async () => {
      const { counts, wonBefore, free } = countOlist();
      expect({ wonBefore, free }).toEqual({ wonBefore: 1, free: 797 });
      const rows = await query(
        `select dimension, value, period, leads, conversions, revenue, currency
         from lead_conversion where dimension in ('all', 'channel')`,
      );
      const published = rows.map(({ value, period, leads, conversions, revenue }) => [
        `${value} ${period}`,
        { leads, conversions, revenue },
      ]);
      expect(Object.fromEntries(published)).toEqual(counts);
      expect(new Set(rows.map(({ currency }) => currency))).toEqual(new Set(['BRL']));
      expect((await query('select count(*) as n from fct_purchase where amount = 0'))[0]).toEqual({
        n: 797,
      });
    });

    it('fail no check but the one that a deal before its lead breaks', async () => {
      const offending: Record<string, number> = {};
      for (const { name } of checks) {
        const { length } = await query(`select * from ${name}`);
        if (length > 0) offending[name] = length;
      }
      expect(offending).toEqual({ check_purchase_before_lead: 1 });
    });

    it('are credited to the cent by every model, lookback and dimension', async () => {
      const sums = await query(
        `select model, lookback, dimension, sum(revenue) as revenue from attribution_summary
         where conversion_type in ('first_purchase', 'repeat_purchase')
         group by model, lookback, dimension`,
      );
      // Nothing is learnt before the first night.
      const models = publishedModels.filter((model) => model !== 'markov_1');
      expect(sums).toHaveLength(models.length * lookbacks.length * 8);
      const { revenue } = countOlist();
      expect(new Set(sums.map((row) => row.revenue))).toEqual(new Set([revenue]));
    });

    it.runIf(process.env.FULL)(
      'publish the same with the deals first',
      async () => {
        // Deals whose leads are not known yet wait for them (F1).
        expect(await importOlist(other!, 'purchases')).toBe(0);
        expect(await importOlist(other!, 'contacts')).toBe(8000);
        await expectWhole(other!);
        const [first, second] = [
          await publishedMarts(house.db, AS_OF),
          await publishedMarts(other!.db, AS_OF),
        ];
        expect(first.fct_purchase!.split('\n')).toHaveLength(842);
        for (const [mart, rows] of Object.entries(first))
          expect(second[mart] === rows, mart).toBe(true);
      },
      240_000,
    );
  },
);
