/**
 * One house that holds every kind of fact, always the same: its marts show what a change of the
 * code changes.
 */
import type { Delivery } from '../../cli/sample/delivery.ts';
import { sampleSeason } from '../../cli/sample/season.ts';
import { factsConfig } from '../../core/config.ts';
import type { Fact } from '../../core/facts/fact.ts';
import type { RowKind } from '../../core/facts/fields.ts';
import { parseRow } from '../../core/facts/parse.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { storable } from '../../workers/ingest/doors/read.ts';
import { facts } from '../../workers/ingest/doors/resend/facts.ts';
import { drawnHistory } from '../properties/drawn-history.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';
import { random } from '../views/random-house.ts';
import { publishedMarts } from './published-marts.ts';

const NOW = Date.UTC(2026, 5, 30, 12);
const HISTORIES = 300;
const FACTS_PER_BATCH = 400;

const config = factsConfig({
  CONTACT_KEY_SECRET: 'k',
  HOUSE_ID: 'recorded',
  BUSINESS_TIME_ZONE: 'America/New_York',
  HOUSE_CURRENCY: 'USD',
  NOW: String(NOW),
});

const kinds: Record<string, RowKind> = {
  '/api/contacts': 'contacts',
  '/api/interactions': 'interactions',
  '/api/calls': 'calls',
  '/api/purchases': 'purchases',
  '/api/campaigns': 'campaigns',
  '/api/ad-spend': 'ad-spend',
};

/** What the doors make of one delivery of the season. */
function factsOf(delivery: Delivery): Fact[] {
  if (delivery.door === 'webhook') {
    const event = { id: delivery.svixId, body: JSON.stringify(delivery.payload) };
    return storable(facts(event, NOW, {}) as Fact[], NOW);
  }
  const [, campaign] = /^\/api\/campaigns\/([^/]+)\/contacts$/.exec(delivery.path) ?? [];
  const kind = campaign === undefined ? kinds[delivery.path] : 'enrolments';
  if (!kind) throw new Error(`no door at ${delivery.path}`);
  const row = campaign === undefined ? delivery.body : { ...delivery.body, campaign };
  const parsed = parseRow(kind, row, {
    origin: { provider: 'api' },
    now: NOW,
    receivedAt: NOW,
    zone: config.BUSINESS_TIME_ZONE,
    defaultCountry: 'US',
    currency: config.HOUSE_CURRENCY,
    observationKey: delivery.key,
  });
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  return parsed.facts;
}

/**
 * Mart → its rows as JSON text: the sample season and drawn histories, with corrections, refunds,
 * merges and waiting facts.
 */
export async function recordedMarts(): Promise<Record<string, string>> {
  const next = random(42);
  const drawn = Array.from({ length: HISTORIES }, (_, no) => drawnHistory(no, next)).flat();
  const facts = [...sampleSeason(NOW).flatMap(factsOf), ...drawn];
  const { db, close } = sqliteD1();
  await ensureHouse(db, config);
  for (let from = 0; from < facts.length; from += FACTS_PER_BATCH)
    await writeFacts(db, facts.slice(from, from + FACTS_PER_BATCH), config);
  const marts = await publishedMarts(db, NOW);
  close();
  return marts;
}
