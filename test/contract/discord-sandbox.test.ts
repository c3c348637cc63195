/**
 * A seeded fortnight of Discord, polled within the minute in which anything happens: what the house
 * then says of every message is what the double's own truth says (A5, A6, R6, V11).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import { DAY, MINUTE } from '../../core/durations.ts';
import { render } from '../../sql/render.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import discord from '../../workers/ingest/doors/discord/index.ts';
import { instantOf } from '../../workers/ingest/doors/discord/snowflake.ts';
import type { Env } from '../../workers/ingest/env.ts';
import { runPoll } from '../../workers/ingest/polls/run.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';
import {
  type CallsSandbox,
  callsSandboxIsHere,
  SEED,
  startCallsSandbox,
  WHY_SKIPPED,
} from './calls-sandbox.ts';

const LEADS = process.env.FULL ? 200 : 70;
/** How long after an instant at which something happens the house asks. */
const STEP = MINUTE;
const UNTIL = Date.parse('2026-11-28T12:00:00Z');
const ONE = '1400000000000000101';
const TWO = '1400000000000000102';

type Message = {
  channel: 'one' | 'two';
  messageId: string;
  outcome: string | null;
  decidedAt: string | null;
  firstKnownReactionAt: string | null;
  caller?: string | null;
  year?: number;
};
type Lead = {
  id: string;
  phone: string;
  source: 'discord' | 'csv';
  leadAddedAt: string;
  yearLevel: number | null;
  booked: boolean;
  trialFollowUp: string | null;
  messages: Message[];
  unsure?: string[];
};
type Journal = { entries: { id: string; warnings: string[]; errors: string[] }[] };
type Truth = { leads: Lead[]; chatter: string[] };

describe.skipIf(!callsSandboxIsHere)(callsSandboxIsHere ? 'Discord' : WHY_SKIPPED, () => {
  let sandbox: CallsSandbox;
  let truth: Truth;
  const house = sqliteD1();
  const folder = mkdtempSync(join(tmpdir(), 'signalhouse-discord-'));
  const envAt = (at: number): Env =>
    ({
      DB: house.db,
      CACHE: {},
      ANALYTICS: { writeDataPoint() {} },
      FACT_QUEUE: { send: () => Promise.reject(new Error('the queue is away')) },
      HOUSE_ID: 'test-house',
      API_TOKEN: 'test-token',
      CONTACT_KEY_SECRET: 'test-contact-key-secret',
      DEFAULT_COUNTRY: 'GB',
      DISCORD_BOT_TOKEN: 'test-bot-token',
      DISCORD_API_ROOT: sandbox.url,
      DISCORD_CHANNELS: JSON.stringify([
        { id: ONE, kind: 'leads' },
        { id: TWO, kind: 'updates' },
      ]),
      NOW: String(at),
    }) as unknown as Env;
  const rows = async (sql: string) =>
    (await house.db.prepare(render(sql, { as_of: UNTIL })).all<Record<string, unknown>>()).results;

  beforeAll(async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    sandbox = await startCallsSandbox(['--discord-limit', '0/1', '--discord-global', '0']);
    const options = {
      url: sandbox.url,
      leads: LEADS,
      seed: 7,
      until: new Date(UNTIL).toISOString(),
      clock: 'start',
      out: join(folder, 'truth.json'),
      csv: join(folder, 'leads.csv'),
    };
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
    execFileSync(process.execPath, [SEED, ...flags], { stdio: 'ignore' });
    truth = JSON.parse(readFileSync(options.out, 'utf8')) as Truth;
    await ensureHouse(house.db, factsConfig(envAt(UNTIL)));
    await replay();
  }, 300_000);
  afterAll(() => {
    sandbox?.close();
    house.close();
    rmSync(folder, { recursive: true });
    vi.restoreAllMocks();
  });

  /** Every instant at which a message can look different, and just before its 24 hours end. */
  function instants(): number[] {
    const ids = truth.leads.flatMap(({ messages }) => messages.map(({ messageId }) => messageId));
    const told = truth.leads.flatMap(({ messages }) =>
      messages.flatMap(({ decidedAt, firstKnownReactionAt }) =>
        [decidedAt, firstKnownReactionAt].flatMap((text) => (text ? [Date.parse(text)] : [])),
      ),
    );
    const posted = [...ids, ...truth.chatter].map(instantOf);
    const ends = posted.flatMap((at) => [at + 4 * MINUTE, at + DAY - STEP - 1]);
    const minutes = [...told, ...posted, ...ends].map((at) => Math.ceil((at + 1) / STEP) * STEP);
    return [...new Set([...minutes, UNTIL])].filter((at) => at <= UNTIL).sort((a, b) => a - b);
  }

  /** Steps both clocks; now and then a run is killed before its place is kept, and repeated. */
  async function replay(): Promise<void> {
    const prepare = house.db.prepare.bind(house.db);
    for (const [n, at] of instants().entries()) {
      await sandbox.control('POST', '/__clock', { set: at });
      if (n % 5 === 0) {
        house.db.prepare = (sql: string) => {
          if (/into "?polls/.test(sql)) throw new Error('killed');
          return prepare(sql);
        };
        await runPoll(envAt(at), discord).catch(() => {});
        house.db.prepare = prepare;
      }
      for (const { failure } of await runPoll(envAt(at), discord))
        if (failure) throw new Error(failure);
    }
  }

  it('agrees on every lead: caller, year level, outcome, first seen, booking', async () => {
    const found = await rows(`
      select identity.value as phone, year_level, assigned_to, lead.lead_added_at,
        attempt.class, attempt.attempted_at, int_bookings.booked_at, bucket
      from int_contacts as lead
      join (select contact_id as id, value from identities) as identity
        on identity.id = lead.contact_id
      join (select contact_id as id, assigned_to from stg_contacts) as stated
        on stated.id = lead.contact_id
      join int_speed_to_lead on int_speed_to_lead.contact_id = lead.contact_id
      left join (select contact_id as id, class, attempted_at from int_call_attempts) as attempt
        on attempt.id = lead.contact_id
      left join int_bookings on int_bookings.contact_id = lead.contact_id`);
    const byPhone = new Map(found.map((row) => [row.phone, row]));
    const wanted = truth.leads.filter(({ source }) => source === 'discord');
    expect(byPhone.size).toBe(found.length);
    expect([...byPhone.keys()].sort()).toEqual(wanted.map(({ phone }) => phone).sort());
    for (const { id, phone, leadAddedAt, yearLevel, booked, messages, unsure } of wanted) {
      const row = byPhone.get(phone)!;
      const [message] = messages as [Message];
      const skipped = row.bucket === 'deliberately_skipped' ? 'no_call' : null;
      expect({ id, outcome: row.class ?? skipped }).toEqual({ id, outcome: message.outcome });
      expect(row).toMatchObject({
        lead_added_at: Date.parse(leadAddedAt),
        year_level: String(yearLevel),
        assigned_to: message.caller,
      });
      expect(row.booked_at !== null).toBe(booked);
      if (row.attempted_at === null || unsure) continue;
      const late = Number(row.attempted_at) - Date.parse(message.decidedAt!);
      expect({ id, isWithinOnePoll: late >= 0 && late <= STEP }).toEqual({
        id,
        isWithinOnePoll: true,
      });
    }
  });

  it('agrees on the follow-up of every free trial, and makes no attempt of it', async () => {
    const { results } = await house.db
      .prepare(
        `select value as phone, trial_followup_status as status from contacts
         join identities on identities.contact_id = contacts.contact_id
         where trial_followup_status is not null`,
      )
      .all();
    const wanted = truth.leads.flatMap(({ phone, trialFollowUp }) =>
      trialFollowUp ? [`${phone} ${trialFollowUp}`] : [],
    );
    expect(results.map(({ phone, status }) => `${phone} ${status}`).sort()).toEqual(wanted.sort());
  });

  it('leaves chatter alone, and asks Discord as it wants to be asked', async () => {
    expect((await house.db.prepare('select reason from dead_events').all()).results).toEqual([]);
    const journal = await sandbox.control<Journal>('GET', '/__journal');
    const entries = journal.entries.filter(({ id }) => id === 'discord.list_messages');
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.flatMap(({ warnings, errors }) => [...warnings, ...errors])).toEqual([]);
  });
});
