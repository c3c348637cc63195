/**
 * The live pulse: one Analytics Engine data point per fact of a live door (F7). Nobody is named in
 * it.
 * Home of F7.
 */

import { configParser } from '../core/config.ts';
import { addressText } from '../core/facts/address.ts';
import type { Fact } from '../core/facts/fact.ts';
import { contactKey } from '../core/hash.ts';
import { publicText } from '../core/personal.ts';
import { contactKeySettings, localSettings } from '../core/settings.ts';

export type Pulse = { ANALYTICS: AnalyticsEngineDataset; CACHE: KVNamespace };
export type Point = { indexes: [string]; blobs: string[]; doubles: number[] };

/** Positions are append-only: blob1 is the first name, double1 the first number. */
export const blobNames = [
  'event',
  'campaign',
  'contact_key',
  'channel',
  'source',
  'version',
  'step',
] as const;
export const doubleNames = ['count', 'lead_score', 'value'] as const;

const MAX_BLOB_BYTES = 16_384;
const MAX_INDEX_BYTES = 96;
/** Where the house on this machine keeps its points: the instant of writing follows (UTC ms). */
export const KEPT_POINTS = 'analytics/';
const KEEP_LOCALLY_S = 2 * 24 * 3600;

const parseConfig = configParser({ ...contactKeySettings, ...localSettings });

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** The data point of one fact; amounts are in minor units. */
export function pointOf(fact: Fact, secret: string): Point {
  const key = fact.contact ? contactKey(secret, addressText(fact.contact)) : '';
  const stated: Record<string, string | number | null> =
    fact.kind === 'email_event' ? {} : fact.stated;
  const message = fact.kind === 'email_event' ? fact.message : undefined;
  const blobs: Record<(typeof blobNames)[number], unknown> = {
    event:
      fact.kind === 'email_event' ? fact.event_type : (stated.outcome ?? stated.class ?? fact.kind),
    campaign: message?.campaign_id ?? stated.campaign_id,
    contact_key: key,
    channel: message ? 'email' : (stated.channel ?? stated.channel_origin ?? fact.kind),
    source: fact.provider,
    version: message?.sequence_version,
    step: message?.step_number,
  };
  const doubles = {
    count: 1,
    lead_score: Number(stated.stated_lead_score ?? 0),
    value: Number(stated.amount_minor ?? 0),
  };
  return {
    indexes: [key],
    blobs: blobNames.map((name) => publicText(String(blobs[name] ?? ''), secret).slice(0, 200)),
    doubles: doubleNames.map((name) => doubles[name]),
  };
}

/**
 * Throws a RangeError that names the exceeded limit; Analytics Engine itself would drop the point
 * silently.
 */
export function checkPoint({ indexes, blobs, doubles }: Point): void {
  if (indexes.length !== 1 || bytes(indexes[0]) > MAX_INDEX_BYTES)
    throw new RangeError('one index of at most 96 bytes');
  if (blobs.length > 20) throw new RangeError('at most 20 blobs');
  if (blobs.reduce((sum, blob) => sum + bytes(blob), 0) > MAX_BLOB_BYTES)
    throw new RangeError('at most 16 KB of blobs');
  if (doubles.length > 20 || !doubles.every(Number.isFinite))
    throw new RangeError('at most 20 finite doubles');
}

/**
 * Writes a point per fact. Locally, where the binding does nothing, the points are also kept in KV
 * for two days.
 */
export async function writePoints(env: Pulse, facts: Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const { CONTACT_KEY_SECRET, ANALYTICS_LOCAL } = parseConfig(env);
  const points = facts.map((fact) => pointOf(fact, CONTACT_KEY_SECRET));
  for (const point of points) {
    checkPoint(point);
    env.ANALYTICS.writeDataPoint(point);
  }
  if (ANALYTICS_LOCAL)
    await env.CACHE.put(
      `${KEPT_POINTS}${Date.now()}-${crypto.randomUUID()}`,
      JSON.stringify(points),
      { expirationTtl: KEEP_LOCALLY_S, metadata: countsByProvider(points) },
    );
}

/** How many points each provider has. The live pulse reads it from the listing of the keys. */
function countsByProvider(points: Point[]): Record<string, number> {
  const providers = Map.groupBy(points, ({ blobs }) => blobs[blobNames.indexOf('source')] ?? '');
  return Object.fromEntries([...providers].map(([name, its]) => [name, its.length]));
}
