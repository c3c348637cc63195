/** The live pulse (F7): from the local record, or from a strict stand-in of the SQL API. */
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, HOUR } from '../../core/durations.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { writePoints } from '../../platform/analytics-engine.ts';
import { pointsByHour, readPulse } from '../../platform/live-pulse.ts';
import { comparePulse, lastPulseCheck } from '../../warehouse/nights/pulse-checks.ts';
import { noteArrivals } from '../../warehouse/write/arrivals.ts';
import { livePulse } from '../../web/sections/sources.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';

const URL = 'https://api.cloudflare.com/client/v4/accounts/acc/analytics_engine/sql';
const COLUMNS = ['provider', 'last_minute', 'last_hour', 'last_day', 'landing_hour', 'points'];
const HOUR_AT = Date.UTC(2026, 5, 1, 9);

/** Takes one SELECT over the dataset with functions that Analytics Engine has, and a good token. */
const cloudflare = setupServer(
  http.post(URL, async ({ request }) => {
    if (request.headers.get('authorization') !== 'Bearer good')
      return HttpResponse.json({ errors: [{ code: 10000 }] }, { status: 403 });
    const sql = await request.text();
    const aliases = [...sql.matchAll(/ AS (\w+)/g)].map(([, name]) => name!);
    const functions = [...sql.matchAll(/(\w+)\(/g)].map(([, name]) => name!);
    const isKnown = functions.every((name) =>
      ['sum', 'sumIf', 'NOW', 'toStartOfHour'].includes(name),
    );
    const clauses = [
      /^SELECT [^;]*? FROM signalhouse WHERE timestamp > NOW\(\) - INTERVAL '\d+' DAY/,
      / GROUP BY \w+(?: ORDER BY \w+ DESC)? FORMAT JSON$/,
    ];
    const isSelect = clauses.every((clause) => clause.test(sql.replace(/\s+/g, ' ')));
    if (!isKnown || !isSelect) return new HttpResponse('syntax error', { status: 422 });
    if (!aliases.every((name) => COLUMNS.includes(name)))
      return new HttpResponse('unknown column', { status: 422 });
    const data = sql.includes('landing_hour')
      ? [{ landing_hour: '2026-06-01 09:00:00', points: '3' }]
      : [{ provider: 'resend', last_minute: 0, last_hour: '2', last_day: 12 }];
    return HttpResponse.json({ meta: [], data, rows: data.length });
  }),
);
beforeAll(() => cloudflare.listen({ onUnhandledFrame: 'error' }));
afterAll(() => cloudflare.close());

const env = (settings: object) => ({ CACHE: kept, ANALYTICS: {}, ...settings }) as never;
const online = { CLOUDFLARE_ACCOUNT_ID: 'acc', CLOUDFLARE_ANALYTICS_TOKEN: 'good' };

/** Two keys a page, as KV lists them. */
const keys = new Map<string, unknown>();
const kept = {
  async put(name: string, _: string, { metadata }: { metadata: unknown }) {
    keys.set(name, metadata);
  },
  async list({ cursor = '0' }: { cursor?: string }) {
    const all = [...keys].map(([name, metadata]) => ({ name, metadata }));
    const from = Number(cursor);
    return {
      keys: all.slice(from, from + 2),
      list_complete: from + 2 >= all.length,
      cursor: from + 2,
    };
  },
};

it('counts by provider with the SQL API', async () => {
  expect(await readPulse(env(online))).toEqual({
    counts: [{ provider: 'resend', minute: 0, hour: 2, day: 12 }],
  });
  expect(await pointsByHour(env(online))).toEqual(new Map([[HOUR_AT, 3]]));
});

it('says what is missing, and never keeps a page from being shown', async () => {
  expect(await readPulse(env({}))).toEqual({
    unavailable: expect.stringMatching(/^Set CLOUDFLARE_ACCOUNT_ID/),
  });
  expect(await readPulse(env({ ...online, CLOUDFLARE_ANALYTICS_TOKEN: 'bad' }))).toEqual({
    unavailable: expect.stringContaining('Account Analytics, Read'),
  });
  const elsewhere = { ...online, CLOUDFLARE_ACCOUNT_ID: 'other' };
  expect(await readPulse(env(elsewhere))).toEqual({ unavailable: 'It did not answer.' });
  expect(String(livePulse({ unavailable: 'It did not answer.' }))).toContain('did not answer');
});

it('counts what the local house kept, page by page', async () => {
  const fact = { kind: 'contact', provider: 'api', stated: {} } as unknown as Fact;
  const local = { ANALYTICS_LOCAL: '1', CONTACT_KEY_SECRET: 's' };
  const engine = { writeDataPoint() {} };
  for (const facts of [[fact, fact], [fact], [{ ...fact, provider: 'resend' }]])
    await writePoints(env({ ...local, ANALYTICS: engine }), facts);
  keys.set(`analytics/${Date.now() - 2 * HOUR}-x`, { api: 5 });
  keys.set(`analytics/${Date.now() - 2 * DAY}-x`, { api: 7 });
  expect(await readPulse(env(local))).toEqual({
    counts: [
      { provider: 'api', minute: 3, hour: 3, day: 8 },
      { provider: 'resend', minute: 1, hour: 1, day: 1 },
    ],
  });
});

it('is compared with the facts that landed in each of the last 24 hours', async () => {
  const { db, close } = sqliteD1();
  const arrival = { door: 'resend', account: '', facts: 3, lag_ms: 1 };
  await noteArrivals(db, [arrival, { ...arrival, door: 'import' }], HOUR_AT + 5);
  await noteArrivals(db, [{ ...arrival, facts: 2 }], HOUR_AT - HOUR);
  const now = HOUR_AT + 3 * HOUR;
  const check = await comparePulse(db, await pointsByHour(env(online)), now);
  expect(check).toEqual({ checked_at: now, facts: 5, points: 3, hours_differing: 1 });
  expect(await lastPulseCheck(db)).toEqual(check);
  close();
});
