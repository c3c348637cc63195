/**
 * A file of ad spend through the import door: once, however often it comes, and corrected by a
 * later one (F1).
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { houseConfig } from '../../core/config.ts';
import { render } from '../../sql/render.ts';
import { rebuild } from '../../warehouse/derive/rebuild.ts';
import type { TestHouse } from '../house.ts';
import { importFile, openEmptyHouse } from '../season/empty-house.ts';

const AS_OF = Date.UTC(2026, 5, 30);
const HEAD = 'channel,campaign,day,amount,currency';
let house: TestHouse;

beforeAll(async () => {
  house = await openEmptyHouse(AS_OF);
});
afterAll(() => house?.close());

const take = (header: string, ...lines: string[]): Promise<number> =>
  importFile(house, AS_OF, { kind: 'ad-spend', text: [header, ...lines].join('\n') });

async function spends(): Promise<unknown[][]> {
  const sql =
    'select spent_day, channel, campaign, amount, currency from fct_ad_spend order by 1, 2';
  return (await house.db.prepare(render(sql, { as_of: AS_OF })).raw()) as unknown[][];
}

it('lands once', async () => {
  const lines = ['google,spring,2026-06-01,12.50,EUR', 'meta,,2026-06-02,3,EUR'];
  expect(await take(HEAD, ...lines)).toBe(2);
  expect(await take(HEAD, ...lines)).toBe(0);
  expect(await take(HEAD, ...lines.toReversed())).toBe(0);
  expect(await spends()).toEqual([
    ['2026-06-01', 'google', 'spring', 1250, 'EUR'],
    ['2026-06-02', 'meta', 'none', 300, 'EUR'],
  ]);
});

it('takes the later of two amounts, whichever comes first', async () => {
  const head = `${HEAD},observed_at`;
  await take(head, 'google,spring,2026-06-01,15,EUR,2026-06-20');
  await take(head, 'google,spring,2026-06-01,14,EUR,2026-06-10');
  expect((await spends())[0]).toEqual(['2026-06-01', 'google', 'spring', 1500, 'EUR']);
});

it('is made again by a rebuild', async () => {
  const landed = await spends();
  await house.db.prepare('delete from ad_spend').run();
  await rebuild(house.db, houseConfig(await house.runtime.getBindings('signalhouse-engine')));
  expect(await spends()).toEqual(landed);
});
