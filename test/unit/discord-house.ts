/** A house that asks a Discord of the test's own, minute by minute. */
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import { MINUTE } from '../../core/durations.ts';
import { render } from '../../sql/render.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import discord from '../../workers/ingest/doors/discord/index.ts';
import type { Env } from '../../workers/ingest/env.ts';
import { runPoll } from '../../workers/ingest/polls/run.ts';
import { DISCORD_TOKEN, fakeDiscord } from '../fakes/discord.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';

export const NOW = Date.UTC(2026, 5, 1, 9);
export const LEADS = '101';
export const UPDATES = '102';
export const PHONE = '+447700900123';
const LONG_AFTER = 9000;

const channels = [
  { id: LEADS, kind: 'leads', name: 'whatsapp', callers: { '7': 'Ana Silva' } },
  { id: UPDATES, kind: 'updates' },
];

export const minuteOf = (at: unknown): number => (Number(at) - NOW) / MINUTE;

/** An empty house and an empty Discord before each test of the file. */
export function discordHouse() {
  const server = setupServer();
  const test = {
    guild: fakeDiscord(LEADS, UPDATES),
    house: undefined as unknown as ReturnType<typeof sqliteD1>,

    envAt: (minute: number, more: object = {}): Env =>
      ({
        DB: test.house.db,
        CACHE: {},
        ANALYTICS: { writeDataPoint() {} },
        FACT_QUEUE: { send: () => Promise.reject(new Error('the queue is away')) },
        HOUSE_ID: 'test-house',
        API_TOKEN: 'test-token',
        CONTACT_KEY_SECRET: 'test-contact-key-secret',
        DEFAULT_COUNTRY: 'GB',
        DISCORD_BOT_TOKEN: DISCORD_TOKEN,
        DISCORD_CHANNELS: JSON.stringify(channels),
        NOW: String(NOW + minute * MINUTE),
        ...more,
      }) as unknown as Env,

    /** Polls both channels at so many minutes after NOW. */
    poll: (minute: number, more: object = {}) => runPoll(test.envAt(minute, more), discord),

    async rows(sql: string) {
      const query = render(sql, { as_of: NOW + LONG_AFTER * MINUTE });
      return (await test.house.db.prepare(query).all()).results;
    },

    /** Each attempt: whose it is, its class, its agent and its minute. */
    async attempts() {
      const found = await test.rows(`
        select value, class, agent_id, attempted_at from int_call_attempts
        join (select contact_id as id, value from identities) on id = contact_id
        order by attempted_at, value`);
      return found.map(({ value, class: name, agent_id, attempted_at }) => [
        value,
        name,
        agent_id,
        minuteOf(attempted_at),
      ]);
    },

    leads: () =>
      test.rows(`
        select value, lead_type, year_level, lead_added_at from int_contacts
        join (select contact_id as id, value from identities where kind = 'phone')
          on id = contact_id
        order by value`),
  };
  beforeAll(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    server.listen({ onUnhandledFrame: 'error' });
  });
  beforeEach(async () => {
    test.guild = fakeDiscord(LEADS, UPDATES);
    server.use(...test.guild.handlers);
    test.house = sqliteD1();
    await ensureHouse(test.house.db, factsConfig(test.envAt(0)));
  });
  afterEach(() => {
    server.resetHandlers();
    test.house.close();
  });
  afterAll(() => {
    server.close();
    vi.restoreAllMocks();
  });
  return test;
}
