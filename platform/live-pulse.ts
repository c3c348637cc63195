/**
 * Reads the live pulse: from the points that the house on this machine keeps in KV, or from
 * Analytics Engine's SQL API. Nothing that is reported is computed from it (F7).
 */
import { z } from 'zod';
import { configParser } from '../core/config.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../core/durations.ts';
import type { Pulse, PulseCount } from '../core/pages/dashboard.ts';
import { localSettings, pulseSettings } from '../core/settings.ts';
import { blobNames, KEPT_POINTS } from './analytics-engine.ts';

/** The name of the dataset in `wrangler.jsonc`. */
const DATASET = 'signalhouse';
const ACCOUNTS = 'https://api.cloudflare.com/client/v4/accounts';
/** A page waits no longer for it. */
const TIMEOUT_MS = 3 * SECOND;

export type PulseEnv = { CACHE: KVNamespace };

const parseConfig = configParser({ ...localSettings, ...pulseSettings });

const PROVIDER = `blob${blobNames.indexOf('source') + 1}`;

const COUNTS = `
SELECT ${PROVIDER} AS provider,
  sumIf(_sample_interval, timestamp > NOW() - INTERVAL '1' MINUTE) AS last_minute,
  sumIf(_sample_interval, timestamp > NOW() - INTERVAL '1' HOUR) AS last_hour,
  sum(_sample_interval) AS last_day
FROM ${DATASET}
WHERE timestamp > NOW() - INTERVAL '1' DAY
GROUP BY provider
ORDER BY last_day DESC
FORMAT JSON`;

const count = z.coerce.number();
const countRows = z.object({
  data: z.array(
    z.object({ provider: z.string(), last_minute: count, last_hour: count, last_day: count }),
  ),
});

/** Facts of the last minute, hour and day by provider. It never throws: a page goes without. */
export async function readPulse(env: PulseEnv): Promise<Pulse> {
  try {
    if (parseConfig(env).ANALYTICS_LOCAL) return { counts: localCounts(await keptPoints(env)) };
    const { data } = countRows.parse(await ask(env, COUNTS));
    return {
      counts: data.map(({ provider, last_minute, last_hour, last_day }) => ({
        provider,
        minute: last_minute,
        hour: last_hour,
        day: last_day,
      })),
    };
  } catch (error) {
    return { unavailable: error instanceof PulseError ? error.message : 'It did not answer.' };
  }
}

const HOURS = `
SELECT toStartOfHour(timestamp) AS landing_hour, sum(_sample_interval) AS points
FROM ${DATASET}
WHERE timestamp > NOW() - INTERVAL '2' DAY
GROUP BY landing_hour
FORMAT JSON`;

const hourRows = z.object({ data: z.array(z.object({ landing_hour: z.string(), points: count })) });

/** Points of the last two days by the hour they were written in (UTC ms). Throws `PulseError`. */
export async function pointsByHour(env: PulseEnv): Promise<Map<number, number>> {
  if (parseConfig(env).ANALYTICS_LOCAL) {
    const byHour = new Map<number, number>();
    for (const { written_at, providers } of await keptPoints(env)) {
      const hour = written_at - (written_at % HOUR);
      const points = Object.values(providers).reduce((sum, n) => sum + n, 0);
      byHour.set(hour, (byHour.get(hour) ?? 0) + points);
    }
    return byHour;
  }
  const { data } = hourRows.parse(await ask(env, HOURS));
  return new Map(
    data.map(({ landing_hour, points }) => [
      Date.parse(`${landing_hour.replace(' ', 'T')}Z`),
      points,
    ]),
  );
}

/** Why there is no pulse, in words for people. */
export class PulseError extends Error {}

async function ask(env: PulseEnv, sql: string): Promise<unknown> {
  const { CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_ANALYTICS_TOKEN } = parseConfig(env);
  if (!CLOUDFLARE_ACCOUNT_ID || !CLOUDFLARE_ANALYTICS_TOKEN)
    throw new PulseError('Set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_ANALYTICS_TOKEN to see it.');
  const url = `${ACCOUNTS}/${CLOUDFLARE_ACCOUNT_ID}/analytics_engine/sql`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${CLOUDFLARE_ANALYTICS_TOKEN}` },
    body: sql.trim(),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'manual',
  });
  if (answer.status === 401 || answer.status === 403)
    throw new PulseError(
      'Cloudflare refused CLOUDFLARE_ANALYTICS_TOKEN: it needs Account Analytics, Read.',
    );
  if (!answer.ok) throw new PulseError(`Analytics Engine answered ${answer.status}.`);
  return answer.json();
}

/** One batch of points, as the house on this machine keeps them. */
type Kept = { written_at: number; providers: Record<string, number> };

/** The listing alone says it: the counts stand in the metadata of the keys. */
async function keptPoints({ CACHE }: PulseEnv): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await CACHE.list<Kept['providers']>({
      prefix: KEPT_POINTS,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { name, metadata } of page.keys)
      kept.push({
        written_at: Number.parseInt(name.slice(KEPT_POINTS.length), 10),
        providers: metadata ?? {},
      });
    if (page.list_complete) return kept;
    cursor = page.cursor;
  }
}

function localCounts(kept: Kept[]): PulseCount[] {
  const now = Date.now();
  const counts = new Map<string, PulseCount>();
  for (const { written_at, providers } of kept) {
    const age = now - written_at;
    if (age > DAY) continue;
    for (const [provider, points] of Object.entries(providers)) {
      const one = counts.get(provider) ?? { provider, minute: 0, hour: 0, day: 0 };
      one.day += points;
      if (age <= HOUR) one.hour += points;
      if (age <= MINUTE) one.minute += points;
      counts.set(provider, one);
    }
  }
  return [...counts.values()].sort((a, b) => b.day - a.day);
}
