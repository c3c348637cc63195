/** Nights that are missed, refused or asked for twice, and checks that fail, in a whole house. */
import { generateKeyPairSync } from 'node:crypto';
import { Response as EdgeResponse } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import { HOUR } from '../../core/durations.ts';
import type { Manifest } from '../../platform/files/manifest.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';

const OPENED = Date.UTC(2026, 4, 1);
/** New York was five hours behind at night: its 02:00 is 06:00 UTC in summer. */
const ZONE = 'America/New_York';
const FIRST_NIGHT = Date.UTC(2026, 5, 1, 6);

const key = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const env = {
  BUSINESS_TIME_ZONE: ZONE,
  GOOGLE_API_ROOT: 'http://google.invalid',
  GOOGLE_SERVICE_ACCOUNT_JSON: JSON.stringify({
    client_email: 'a@b.iam.gserviceaccount.com',
    private_key: key.privateKey,
  }),
  SHEETS_SPREADSHEET: 'a-sheet-that-nobody-shared',
};

let house: TestHouse;
let asked = 0;
/** Google's answers wait for it. */
let held: Promise<void> = Promise.resolve();

/** Google signs the account in, and has not been told that it may see the spreadsheet. */
const google = async (request: { url: string }) => {
  asked += 1;
  await held;
  if (request.url.endsWith('/token'))
    return EdgeResponse.json({ access_token: 'token', expires_in: 3600, token_type: 'Bearer' });
  const message = 'The caller does not have permission';
  return EdgeResponse.json(
    { error: { code: 403, message, status: 'PERMISSION_DENIED' } },
    { status: 403 },
  );
};

type Night = {
  as_of: number;
  attempt: number;
  destinations: string;
  status: string;
  reason: string | null;
};
type State = {
  due: number | null;
  destinations: {
    name: string;
    as_of: number | null;
    is_behind: boolean;
    attempts: number;
    reason: string | null;
  }[];
};

const nights = async (): Promise<Night[]> =>
  (await house.db.prepare('select * from export_runs order by started_at, attempt').all<Night>())
    .results;
const ended = () =>
  house.until("select count(*) from export_runs where status = 'open'", 0, 60_000);
const state = async () => (await (await house.call('/exports/status')).json()) as State;
const manifest = async () => (await (await house.call('/exports/latest')).json()) as Manifest;

/** The cron, as Cloudflare fires it. */
async function hour(at: number): Promise<Night[]> {
  const worker = await house.runtime.getWorker('signalhouse-export');
  await worker.scheduled({ cron: '0 * * * *', scheduledTime: new Date(at) });
  await ended();
  return nights();
}

const contact = (id: number, contactKey: string) =>
  house.db
    .prepare(
      'insert into contacts (contact_id, contact_key, lead_added_at, lead_added_day) values (?, ' +
        `?, ?, '2026-05-20')`,
    )
    .bind(id, contactKey, Date.UTC(2026, 4, 20));

beforeAll(async () => {
  house = await openTestHouse({ env, outside: google as never });
  const secrets = {
    API_TOKEN: TOKEN,
    RESEND_WEBHOOK_SECRET: RESEND_SECRET,
    CONTACT_KEY_SECRET: 'secret',
    HOUSE_ID: 'h',
  };
  await ensureHouse(house.db, factsConfig({ ...secrets, ...env, NOW: OPENED }));
  await contact(1, 'key1').run();
});
afterAll(() => house?.close());

describe('the hourly cron', () => {
  it('publishes the night that is due; if a destination fails, the others publish', async () => {
    const [night, ...others] = await hour(FIRST_NIGHT + 3 * HOUR);
    expect(others).toEqual([]);
    expect(night).toMatchObject({
      as_of: FIRST_NIGHT,
      destinations: 'files,sheets',
      status: 'failed',
    });
    expect(night!.reason).toContain('sheets');
    expect((await manifest()).as_of).toBe(FIRST_NIGHT);
  });

  it('tries again only where the night is missing, and leaves it after six tries', async () => {
    expect((await hour(FIRST_NIGHT + 4 * HOUR)).at(-1)).toMatchObject({
      attempt: 2,
      destinations: 'sheets',
    });
    await house.db
      .prepare(
        `insert into export_runs
           (run_id, attempt, as_of, rules_version, destinations, status, reason, started_at)
         select run_id, attempt + value, as_of, rules_version, destinations, status, reason,
           started_at + value
         from export_runs, json_each('[1, 2, 3, 4]') where attempt = 2`,
      )
      .run();
    const before = asked;
    expect(await hour(FIRST_NIGHT + 10 * HOUR)).toHaveLength(6);
    expect(asked).toBe(before);
  });

  it('goes on with the next night', async () => {
    const next = FIRST_NIGHT + 24 * HOUR;
    expect((await hour(next - HOUR)).at(-1)!.as_of).toBe(FIRST_NIGHT);
    expect((await hour(next)).at(-1)).toMatchObject({
      as_of: next,
      destinations: 'files,sheets',
      attempt: 1,
    });
    expect((await manifest()).as_of).toBe(next);
  });

  it('shows in status what each destination shows, and why it lacks the due night', async () => {
    const { destinations } = await state();
    expect(destinations.find(({ name }) => name === 'sheets')).toMatchObject({
      as_of: null,
      is_behind: true,
      reason: expect.stringMatching(/^destination_refused: .*not shared/),
    });
    expect(destinations.find(({ name }) => name === 'files')).toMatchObject({
      as_of: FIRST_NIGHT + 24 * HOUR,
      reason: null,
    });
  });
});

describe('a check that fails', () => {
  const night = async (as_of: number) => {
    await house.call('/exports', {
      method: 'POST',
      body: JSON.stringify({ to: ['files'], as_of }),
    });
    await ended();
    return (await nights()).find((each) => each.as_of === as_of && each.status !== 'open');
  };
  const shown = FIRST_NIGHT + 24 * HOUR;
  const broken = FIRST_NIGHT + 48 * HOUR;

  it('stops the publish; the last good data stays, marked as stale with the reason', async () => {
    const good = await manifest();
    await contact(2, 'key1').run();
    await house.db
      .prepare(
        `insert into interactions
           (contact_id, interaction_key, provider, occurred_at, occurred_day, channel, direction)
         values (1, 'visit', 'manual', ?, '2026-05-21', 'web', 'inbound')`,
      )
      .bind(Date.UTC(2026, 4, 21))
      .run();
    expect(await night(broken)).toMatchObject({ status: 'failed' });
    const { stale, ...kept } = await manifest();
    expect(kept).toEqual(good);
    expect(stale).toMatchObject({ since: shown });
    expect(stale!.reason).toContain('a key names one contact');
    expect(stale!.reason).not.toContain('key1');
  });

  it('is said on the dashboard, which is live all the same', async () => {
    const opened = await fetch(new URL(`/?token=${TOKEN}`, house.url), { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    const page = await (await fetch(new URL('/', house.url), { headers: { cookie } })).text();
    expect(page).toContain('a key names one contact');
    expect(page).toContain('files shows 2 Jun 2026, 02:00');
  });

  it('is said once, and taken back by the next good night', async () => {
    const bucket = await house.runtime.getR2Bucket('STORAGE', 'signalhouse-export');
    const marked = (await bucket.head('exports/latest.json'))!.uploaded.getTime();
    await night(broken);
    expect((await bucket.head('exports/latest.json'))!.uploaded.getTime()).toBe(marked);
    await house.db.prepare('delete from contacts where contact_id = 2').run();
    await night(broken);
    expect(await manifest()).toMatchObject({ as_of: broken });
    expect((await manifest()).stale).toBeUndefined();
  });
});

describe('two nights asked for at once', () => {
  const ask = async (body: object) => {
    const answer = await house.call('/exports', { method: 'POST', body: JSON.stringify(body) });
    return {
      status: answer.status,
      ...((await answer.json()) as { instance: string; was_running: boolean }),
    };
  };

  it('are one: the second request gets the first; another instant must wait', async () => {
    let release = () => {};
    held = new Promise((done) => {
      release = done;
    });
    const before = asked;
    const first = ask({ to: ['sheets'] });
    while (asked === before) await new Promise((done) => setTimeout(done, 20));
    const second = await ask({ to: ['sheets'] });
    const other = await ask({ to: ['sheets'], as_of: FIRST_NIGHT + 49 * HOUR });
    const elsewhere = await ask({ to: ['files'] });
    release();
    expect(await first).toMatchObject({ status: 202, was_running: false });
    expect(second).toMatchObject({
      status: 202,
      was_running: true,
      instance: (await first).instance,
    });
    expect([other, elsewhere]).toMatchObject([{ status: 503 }, { status: 503 }]);
    await ended();
  });

  it('are told apart from one that broke off', async () => {
    const long_ago = Date.now() - 24 * HOUR;
    await house.db
      .prepare(
        `insert into export_runs
           (run_id, attempt, as_of, rules_version, destinations, status, started_at, alive_at)
         values ('lost', 1, 0, 'v', 'files', 'open', ?1, ?1)`,
      )
      .bind(long_ago)
      .run();
    expect(await ask({ to: ['files'], as_of: FIRST_NIGHT + 50 * HOUR })).toMatchObject({
      status: 202,
    });
    await ended();
    expect((await nights()).find(({ as_of }) => as_of === 0)).toMatchObject({ status: 'failed' });
  });
});
