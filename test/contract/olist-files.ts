/**
 * The two files of Olist as plain rows, and a count over them that shares no code with the house.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const shared = process.env.SHARED ?? fileURLToPath(new URL('../shared', root));
const pathOf = (name: string) => resolve(shared, 'data/olist', name);

export const LEADS = pathOf('marketing_qualified_leads.csv');
export const DEALS = pathOf('closed_deals.csv');
export const present = existsSync(LEADS) && existsSync(DEALS);
export const exampleMap = (kind: string): unknown =>
  JSON.parse(readFileSync(new URL(`examples/olist/${kind}.map.json`, root), 'utf8'));

/**
 * Only the behaviour profile in the middle of a deal is ever quoted: what is read stands before it,
 * or last.
 */
const rows = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

const channels: Record<string, string> = {
  organic_search: 'organic',
  paid_search: 'paid',
  direct_traffic: 'direct',
  other_publicities: 'other',
  '': 'unknown',
};

export type Count = { leads: number; conversions: number; revenue: number };

/**
 * Leads, those with a deal, and the deals' reais in cents; by channel and month, keyed `channel
 * period`, `all` among both.
 */
export function countOlist() {
  const deals = new Map(
    rows(DEALS).map((row) => [
      row[0]!,
      { won: row[4]!, cents: Math.round(Number(row.at(-1)) * 100) },
    ]),
  );
  const counts: Record<string, Count> = {};
  let revenue = 0;
  let wonBefore = 0;
  for (const [id, day, origin] of rows(LEADS)) {
    const [month, date, year] = day!.split('/').map((part) => part.padStart(2, '0'));
    const deal = deals.get(id!);
    if (deal && deal.won < `${year}-${month}-${date}`) wonBefore++;
    revenue += deal?.cents ?? 0;
    for (const channel of ['all', channels[origin!] ?? origin!])
      for (const period of ['all', `${year}-${month}`]) {
        const key = `${channel} ${period}`;
        counts[key] ??= { leads: 0, conversions: 0, revenue: 0 };
        const count = counts[key];
        count.leads++;
        count.conversions += deal ? 1 : 0;
        count.revenue += deal?.cents ?? 0;
      }
  }
  const free = [...deals.values()].filter(({ cents }) => cents === 0).length;
  return { counts, revenue, wonBefore, free };
}
