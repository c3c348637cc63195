/**
 * Gate 14: the first HTML of the dashboard: its bytes, and the CPU of a request against that of a
 * Worker that asks D1 for one number. BENCH_CONTACTS scales the house. Counted, timed.
 */
import { gzipSync } from 'node:zlib';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { refreshMarts } from '../warehouse/stored/refresh-marts.ts';
import { loadHouse } from './copies.ts';
import { openDashboard } from './dashboard.ts';
import { withBenchHouse } from './house.ts';
import { contactsOf, cpuOfWorkerd, type Gate, type Measure, ratioOfPairs } from './measure.ts';

const CONTACTS = contactsOf(2000, 340);
/** As many requests of each side of a pair as make both some hundred milliseconds long. */
const PAGES = 60;
const SELECTS = 600;

const SELECT_ONE = `export default {
  async fetch(request, env) {
    return Response.json(await env.DB.prepare('select 1 as one').first());
  },
}`;

function openSelectOne(): Miniflare {
  // The script that shields the workerd of a house takes settings of its own.
  delete process.env.MINIFLARE_WORKERD_PATH;
  return new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      modules: true,
      script: SELECT_ONE,
      compatibilityDate: '2026-10-01',
      d1Databases: ['DB'],
    }),
  );
}

async function times(count: number, ask: () => Promise<unknown>): Promise<number> {
  const cost = await cpuOfWorkerd(async () => {
    for (let i = 0; i < count; i++) await ask();
  });
  return cost / count;
}

async function run(): Promise<Measure[]> {
  return withBenchHouse(async (house) => {
    await loadHouse(house, CONTACTS);
    await refreshMarts(house.db, house.config);
    const page = await openDashboard(house);
    const html = await page();
    const other = openSelectOne();
    try {
      const url = await other.ready;
      const selectOne = async () => (await fetch(url)).json();
      await times(PAGES, page);
      await times(SELECTS, selectOne);
      const ratio = await ratioOfPairs(
        () => times(PAGES, page),
        () => times(SELECTS, selectOne),
      );
      return [
        {
          gate: 14,
          measure: `first HTML of the dashboard, gzip kB, ${CONTACTS} contacts`,
          value: gzipSync(html).length / 1000,
          reference: `counted; ${(Buffer.byteLength(html) / 1000).toFixed(0)} kB before gzip`,
          limit: 50,
          moonshot: 25,
          better: 'less',
        },
        {
          gate: 14,
          measure: `CPU of the dashboard, ${CONTACTS} contacts`,
          ...ratio,
          reference: 'a Worker that answers `select 1` from its D1',
          limit: 60,
          moonshot: 20,
          better: 'less',
        },
      ];
    } finally {
      await other.dispose();
    }
  });
}

export const gate: Gate = { name: '14', run };
