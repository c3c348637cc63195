/**
 * A night in a whole house: what it publishes, that the same night again writes nothing, and that a
 * late fact does.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import type { Manifest } from '../../platform/files/manifest.ts';
import { marts } from '../../sql/views/index.ts';
import {
  type GoogleSandbox,
  PROJECT,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from '../contract/google-sandbox.ts';
import { openTestHouse, type TestHouse } from '../house.ts';
import { type Night, publish } from '../night.ts';

const AS_OF = '2026-06-01T00:00:00Z';
const PERSON = { name: 'Ada Lovelace', email: 'ada@example.org', phone: '+61400111222' };
const OFFER = '=IMPORTXML("https://example.org","//a")';

let house: TestHouse;
let google: GoogleSandbox | undefined;
let spreadsheet = '';

async function seed(): Promise<void> {
  const at = Date.UTC(2026, 4, 20);
  const { name, email, phone } = PERSON;
  await house.db.batch([
    house.db
      .prepare(
        `insert into contacts (contact_id, contact_key, full_name, channel_origin, lead_type,
           offer, lead_added_at, lead_added_day)
         values (1, 'key1', ?, 'paid', 'whatsapp', ?, ?, '2026-05-20')`,
      )
      .bind(name, OFFER, at),
    house.db
      .prepare(
        "insert into identities (kind, value, contact_id) values ('email', ?, 1), ('phone', ?, 1)",
      )
      .bind(email, phone),
    house.db
      .prepare(
        `insert into calls (contact_id, call_key, provider, class, direction, started_at,
           started_day, duration_s, agent_id)
         values (1, 'call1', 'aircall', 'voicemail', 'outbound', ?, '2026-05-20', 5, 'sam')`,
      )
      .bind(at + 600_000),
    purchase('purchase1', at + DAY, 12_345),
  ]);
}

const purchase = (key: string, at: number, minor: number) =>
  house.db
    .prepare(
      `insert into purchases (contact_id, purchase_key, provider, purchased_at, purchased_day,
         product_name, kind, amount_minor, currency, status)
       values (1, ?, 'manual', ?, '2026-05-21', 'Course', 'one_off', ?, 'USD', 'enrolled')`,
    )
    .bind(key, at, minor);

const night = (to: string[], as_of = AS_OF): Promise<Night> => publish(house, to, as_of);

const loadsOf = ({ loads }: Night, destination: string) =>
  loads.filter((load) => load.destination === destination);

beforeAll(async () => {
  google = sandboxIsHere ? await startGoogleSandbox() : undefined;
  if (google) {
    await google.control('POST', '/__datasets', {
      project: PROJECT,
      dataset: 'house',
      location: 'EU',
    });
    const made = await google.control<{ spreadsheetId: string }>('POST', '/__spreadsheets', {
      title: 'House',
    });
    spreadsheet = made.spreadsheetId;
  }
  house = await openTestHouse({
    env: google
      ? {
          GOOGLE_SERVICE_ACCOUNT_JSON: google.keyJson,
          GOOGLE_API_ROOT: google.root,
          SHEETS_SPREADSHEET: spreadsheet,
          BIGQUERY_PROJECT: PROJECT,
          BIGQUERY_DATASET: 'house',
        }
      : {},
    outside: async (request) => {
      if (!google || !request.url.startsWith(google.root))
        throw new Error(`a request to ${request.url} left the house`);
      const body = request.method === 'GET' ? undefined : await request.arrayBuffer();
      return fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body,
      } as never) as never;
    },
  });
  await seed();
});
afterAll(async () => {
  await house?.close();
  google?.close();
});

describe('files', () => {
  it('carry every mart, and a manifest that says what they are', async () => {
    const progress = await night(['files']);
    expect(progress.error).toBeUndefined();
    expect(progress.status).toBe('complete');
    const manifest = (await (await house.call('/exports/latest')).json()) as Manifest;
    expect(manifest.marts.map(({ name }) => name)).toEqual(marts.map(({ name }) => name));
    expect(manifest.marts.find(({ name }) => name === 'fct_purchase')?.rows).toBe(1);
    const csv = await (
      await house.call(`/exports/files/${manifest.run_id}/fct_purchase.csv`)
    ).text();
    expect(csv).toContain('123.45');
    expect((await house.call('/exports/sheets')).status).toBe(404);
  });

  it('are not written again by the same night (G5)', async () => {
    const bucket = await house.runtime.getR2Bucket('STORAGE', 'signalhouse-export');
    const before = (await bucket.list({ prefix: 'exports/' })).objects.map(({ key, uploaded }) => [
      key,
      uploaded,
    ]);
    const progress = await night(['files']);
    expect(new Set(loadsOf(progress, 'files').map(({ attempt }) => attempt))).toEqual(new Set([1]));
    expect(
      (await bucket.list({ prefix: 'exports/' })).objects.map(({ key, uploaded }) => [
        key,
        uploaded,
      ]),
    ).toEqual(before);
  });

  it('are of no instant to come, and of none before the calendar', async () => {
    for (const as_of of ['2130-01-01', '2009-12-30']) {
      const refused = await house.call('/exports', {
        method: 'POST',
        body: JSON.stringify({ to: ['files'], as_of }),
      });
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({
        error: 'bad_input',
        message: expect.stringContaining('as_of'),
      });
    }
  });

  it('need the token', async () => {
    expect((await fetch(new URL('/exports/latest', house.url))).status).toBe(401);
  });
});

describe.skipIf(!sandboxIsHere)(
  `sheets and bigquery${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    const writes = async (after: number) =>
      (await google!.journal(after)).filter(
        ({ method, path }) => method !== 'GET' && !path.endsWith('/token'),
      );
    const mark = async () => (await google!.journal()).at(-1)?.n ?? 0;

    it('are filled by one night', async () => {
      const progress = await night(['sheets', 'bigquery']);
      expect(progress.error).toBeUndefined();
      expect(loadsOf(progress, 'bigquery')).toHaveLength(marts.length);
      expect(loadsOf(progress, 'sheets').every(({ status }) => status === 'closed')).toBe(true);
      const { tabs } = (await (await house.call('/exports/sheets')).json()) as { tabs: object };
      expect(Object.keys(tabs).sort()).toEqual(
        loadsOf(progress, 'sheets')
          .map(({ mart }) => mart)
          .sort(),
      );
    });

    it('are left alone by the same night', async () => {
      const before = await mark();
      expect((await night(['sheets', 'bigquery'])).status).toBe('complete');
      expect(await writes(before)).toEqual([]);
    });

    it('are given a late fact of the same instant', async () => {
      const before = await mark();
      await purchase('late', Date.UTC(2026, 4, 22), 500).run();
      expect((await night(['sheets', 'bigquery'])).status).toBe('complete');
      expect((await writes(before)).length).toBeGreaterThan(1);
    });

    it('were signed in to once each: CACHE keeps the tokens, by names without a key', async () => {
      const asked = (await google!.journal()).filter(({ path }) => path === '/token');
      expect(asked).toHaveLength(2);
      const cache = await house.runtime.getKVNamespace('CACHE', 'signalhouse-export');
      const kept = (await cache.list()).keys
        .map(({ name }) => name)
        .filter((name) => name.startsWith('google'));
      expect(kept).toHaveLength(2);
      expect(kept.join()).toMatch(/^google_token_[0-9a-f]{40},google_token_[0-9a-f]{40}$/);
    });

    it('accepted every request, and none carried a name, an email or a phone', async () => {
      // 308 is how Google takes a piece of an upload.
      const refused = (await google!.journal()).filter(
        ({ status, errors }) => ![200, 308].includes(status!) || errors.length > 0,
      );
      expect(refused).toEqual([]);
      const sent = google!.bodies.join('\n');
      for (const secret of Object.values(PERSON)) expect(sent).not.toContain(secret);
      expect(sent).toContain('IMPORTXML');
    });
  },
);
