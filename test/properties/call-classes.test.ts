/**
 * What a row about a call becomes: its class, its instants, and whether it was an attempt and
 * reached anybody (A2, A5, F6).
 */
import { expect, it } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import { parseRow } from '../../core/facts/parse.ts';
import { render } from '../../sql/render.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { sqliteD1 } from './sqlite-d1.ts';

const NOW = Date.UTC(2026, 2, 30);
const config = factsConfig({
  CONTACT_KEY_SECRET: 'k',
  HOUSE_ID: 'test',
  HOUSE_CURRENCY: 'USD',
  NOW: String(NOW),
});
const context = {
  origin: { provider: 'csv' },
  now: NOW,
  zone: 'UTC',
  defaultCountry: 'US',
  currency: 'USD',
};
const clock = (instant: number | null) =>
  instant === null ? '-' : new Date(instant).toISOString().slice(8, 16);
const at = (text: string) => `2026-03-${text}:00Z`;
type Row = Record<string, string | number>;

/**
 * `class booked started completed` as stored, then the attempt and the completed call that the
 * views make of it.
 */
async function becomes(kind: 'calls' | 'interactions', ...rows: Row[]): Promise<string> {
  const { db, close } = sqliteD1();
  await ensureHouse(db, config);
  const lead = { email: 'ana@example.com', lead_added_at: '2026-03-01' };
  for (const [told, row] of [
    ['contacts', lead] as const,
    ...rows.map((row) => [kind, row] as const),
  ]) {
    const parsed = parseRow(told, { contact: 'ana@example.com', ...row }, context);
    if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
    await writeFacts(db, parsed.facts, config);
  }
  const [call] = (
    await db.prepare('select * from calls').all<Record<string, number> & { class: string }>()
  ).results;
  const of = async (view: string) =>
    (await db.prepare(render(`select * from ${view}`, { as_of: NOW })).all()).results;
  const attempts = await of('fct_call_attempt');
  const attempt =
    attempts.map(({ is_connected }) => (is_connected ? 'connected' : 'attempt'))[0] ?? 'none';
  const completed = (await of('int_completed_calls')).length > 0 ? ' completed' : '';
  close();
  const { class: name, booked_at, started_at, completed_at } = call!;
  const instants = [booked_at, started_at, completed_at].map((instant) => clock(instant!));
  return `${name} ${instants.join(' ')} ${attempt}${completed}`;
}

const dial = { source: 'aircall', started_at: at('02T10:00') };
const booking = { booked_at: at('02T10:00'), scheduled_at: at('04T10:00') };
const dm = { external_id: 'message', source: 'discord' };
const seen = (hour: number, mark: string) => ({
  ...dm,
  class: mark,
  started_at: at(`02T${hour}:00`),
});

it.each<[string, string, ...Row[]]>([
  [
    'a minute with a recording',
    'done - 02T10:00 - connected',
    { ...dial, duration_s: 60, recorded: 'yes' },
  ],
  ['a minute without one', 'voicemail - 02T10:00 - attempt', { ...dial, duration_s: 60 }],
  [
    'less than a minute',
    'voicemail - 02T10:00 - attempt',
    { ...dial, duration_s: 59, recorded: 'yes' },
  ],
  [
    'a link to a recording',
    'done - 02T10:00 - connected',
    { ...dial, duration_s: 60, recording_url: 'https://a.b/c' },
  ],
  ['a booking', 'booked 02T10:00 - - none', booking],
  [
    'a booking that was dialled, in vain',
    'booked 02T10:00 04T10:00 - attempt',
    { ...booking, started_at: at('04T10:00') },
  ],
  [
    'a call logged as completed starts its length before (A2)',
    'connected - 02T10:00 02T10:20 connected completed',
    { completed_at: at('02T10:20'), duration_s: 1200 },
  ],
  [
    'a booked Aircall call, completed',
    'voicemail 02T10:00 - 04T10:30 none completed',
    { ...booking, source: 'aircall', completed_at: at('04T10:30') },
  ],
  [
    'the strongest of what Discord saw, first seen (A5)',
    'booked 02T10:00 02T10:00 - connected',
    seen(11, 'booked'),
    seen(10, 'voicemail'),
  ],
  ['a skip', 'no_call - 02T10:00 - none', seen(10, 'no_call')],
])('a call: %s', async (_, expected, ...rows) => {
  expect(await becomes('calls', ...rows)).toBe(expected);
  expect(await becomes('calls', ...rows.toReversed())).toBe(expected);
});

it.each([
  ['booked', 'booked 02T10:00 02T10:00 - connected'],
  ['replied', 'connected - 02T10:00 - connected'],
  ['converted', 'connected - 02T10:00 - connected'],
  ['no_response', 'voicemail - 02T10:00 - attempt'],
  ['', 'voicemail - 02T10:00 - attempt'],
])('a call logged as an interaction with outcome %j', async (outcome, expected) => {
  expect(
    await becomes('interactions', { channel: 'call', occurred_at: at('02T10:00'), outcome }),
  ).toBe(expected);
});
