/**
 * The dashboard's table of channels by model: parts of a hundred per model, and money only where it
 * is known.
 */
import { expect, it } from 'vitest';
import type { ChannelCredit } from '../../core/pages/dashboard.ts';
import { attribution } from '../../web/sections/attribution.ts';

const credit = (
  model: string,
  value: string,
  conversions: number,
  more: Partial<ChannelCredit> = {},
): ChannelCredit => ({
  model,
  value,
  conversions,
  currency: 'USD',
  is_house_currency: 1,
  revenue: 0,
  spend: null,
  repaid: 0,
  bought: 0,
  ...more,
});
const told = async (credits: ChannelCredit[]): Promise<string[][]> => {
  const html = String(await attribution(credits));
  const cells = (row: string) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) =>
      cell!.replace(/<[^>]+>/g, ''),
    );
  return [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => cells(row!));
};

// Of four purchases google opens three and closes one; it cost 30 dollars in the month of two of
// them, which brought 90.
const credits = [
  credit('first', 'google', 3),
  credit('first', 'email', 1),
  credit('last', 'google', 1),
  credit('last', 'email', 2),
  credit('last', 'email', 1, { currency: 'EUR', is_house_currency: 0, revenue: 500 }),
  credit('linear', 'google', 2, { revenue: 10_000, spend: 3_000, repaid: 9_000, bought: 1.5 }),
  credit('linear', 'email', 2, { revenue: 7_000 }),
  credit('first', 'billboard', 0, { spend: 800 }),
  credit('linear', 'billboard', 0, { spend: 800 }),
];

it('shows every model that the house has, and how far apart they stand', async () => {
  const rows = await told(credits);
  expect(rows.slice(0, 3)).toEqual([
    ['Channel', 'First touch', 'Last touch', 'Linear', 'Rank spread'],
    ['Email', '25', '75', '50', '1'],
    ['Google', '75', '25', '50', '1'],
  ]);
});

it('shows what a channel brought and cost, and a dash where it is unknown', async () => {
  const rows = await told(credits);
  expect(rows.slice(3).map((row) => [row[0], ...row.slice(-4)])).toEqual([
    ['Channel', 'Revenue (linear)', 'Spend', 'ROAS (linear)', 'CPA (linear)'],
    ['Email', '$70', '–', '–', '–'],
    ['Google', '$100', '$30', '3', '$20'],
    ['Billboard', '$0', '$8', '0', '–'],
  ]);
});

it('says so where nobody has bought, whatever it cost', async () => {
  expect(String(await attribution([]))).toContain('No purchase has been recorded yet.');
  expect(String(await attribution([credit('first', 'google', 0, { spend: 900 })]))).toContain(
    'No purchase',
  );
});
