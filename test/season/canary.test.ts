/** 200 people who came through every door are found nowhere outside the house: V13. */
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import type { Manifest } from '../../platform/files/manifest.ts';
import { daily } from '../../sql/views/marts/activity/daily.ts';
import { fctCallAttempt } from '../../sql/views/marts/calls/fct_call_attempt.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { martRows } from '../../warehouse/read/mart-rows.ts';
import {
  type GoogleSandbox,
  PROJECT,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from '../contract/google-sandbox.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';
import { publish } from '../night.ts';
import { CANARY, deliverPeople, importPeople, PHONE, people, postPeople } from './canary-people.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const everyone = people(200);
const [imported, posted, delivered] = [
  everyone.slice(0, 160),
  everyone.slice(160, 180),
  everyone.slice(180),
] as const;

let house: TestHouse;
let google: GoogleSandbox | undefined;
const log: string[] = [];

/**
 * The first canary that a text holds, with what stands around it: a word of theirs, or a phone
 * however it is written.
 */
function found(text: string): string | null {
  const plain = text.toLowerCase();
  const word = plain.indexOf(CANARY);
  if (word >= 0) return plain.slice(Math.max(0, word - 60), word + 40);
  return PHONE.exec(plain.replace(/[\s().-]+/g, ''))?.[0] ?? null;
}

const count = async (query: string): Promise<number> =>
  (await house.db.prepare(query).first<{ n: number }>())!.n;

beforeAll(async () => {
  google = sandboxIsHere ? await startGoogleSandbox() : undefined;
  let spreadsheet = '';
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
  const place = google && {
    GOOGLE_SERVICE_ACCOUNT_JSON: google.keyJson,
    GOOGLE_API_ROOT: google.root,
    SHEETS_SPREADSHEET: spreadsheet,
    BIGQUERY_PROJECT: PROJECT,
    BIGQUERY_DATASET: 'house',
  };
  house = await openTestHouse({
    env: { ...place, NOW: String(NOW), ANALYTICS_LOCAL: '1' },
    onLog: (line) => log.push(line),
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
  const secrets = {
    API_TOKEN: TOKEN,
    RESEND_WEBHOOK_SECRET: RESEND_SECRET,
    NOW,
    HOUSE_ID: 'test-house',
  };
  await ensureHouse(
    house.db,
    factsConfig({ ...secrets, CONTACT_KEY_SECRET: 'test-contact-key-secret' }),
  );
  await importPeople(house, NOW, imported);
  await postPeople(house, posted);
  await deliverPeople(house.url, delivered);
  await house.until('select count(*) from contacts', everyone.length, 60_000);
  await house.until(
    "select count(*) from email_events where event_type = 'replied'",
    delivered.length,
    60_000,
  );
}, 180_000);
afterAll(async () => {
  await house?.close();
  google?.close();
});

describe(`200 people${sandboxIsHere ? '' : `, to files only (${WHY_SKIPPED})`}`, () => {
  it('are in the house, in every column that they were written into', async () => {
    for (const column of [
      'full_name',
      'company',
      'notes',
      'next_action',
      'attributes',
      'tags',
      'assigned_to',
    ])
      expect(
        await count(`select count(*) as n from contacts where ${column} like '%${CANARY}%'`),
        column,
      ).toBe(180);
    expect(await count(`select count(*) as n from calls where notes like '%${CANARY}%'`)).toBe(500);
    expect(await count(`select count(*) as n from dead_events where body like '%${CANARY}%'`)).toBe(
      1,
    );
  });

  it.each([daily.contract, fctCallAttempt.contract])(
    'are rendered alike in one part and in many: $name',
    async (contract) => {
      const parts = async (cells?: number) => {
        const found: unknown[][] = [];
        for await (const part of martRows(house.db, { as_of: NOW }, contract, null, cells))
          found.push(part);
        return found;
      };
      const lines = (rows: unknown[][]) =>
        rows
          .flat()
          .map((row) => JSON.stringify(row))
          .sort();
      const many = await parts(500);
      expect(many.length).toBeGreaterThan(5);
      const one = await parts();
      expect(one).toHaveLength(1);
      expect(lines(many)).toEqual(lines(one));
    },
  );

  it('are published as facts', async () => {
    const progress = await publish(house, google ? ['files', 'sheets', 'bigquery'] : ['files']);
    expect(progress.error?.message).toBeUndefined();
    const { marts } = (await (await house.call('/exports/latest')).json()) as Manifest;
    const rows = Object.fromEntries(marts.map((mart) => [mart.name, mart.rows]));
    expect(rows).toMatchObject({
      dim_contact: 200,
      danger_list: 30,
      fct_call_attempt: 500,
      fct_purchase: 90,
    });
  }, 180_000);

  it('are in no published file', async () => {
    const manifest = (await (await house.call('/exports/latest')).json()) as Manifest;
    expect(found(JSON.stringify(manifest))).toBeNull();
    for (const { name } of manifest.marts) {
      const file = async (kind: string) =>
        house.call(`/exports/files/${manifest.run_id}/${name}.${kind}`);
      expect(found(await (await file('csv')).text()), name).toBeNull();
      const rows = await parquetReadObjects({ file: await (await file('parquet')).arrayBuffer() });
      const plain = (_: string, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value;
      expect(found(JSON.stringify(rows, plain)), name).toBeNull();
    }
  });

  it('leave nothing of a night behind in the bucket', async () => {
    const bucket = await house.runtime.getR2Bucket('STORAGE', 'signalhouse-export');
    expect((await bucket.list({ prefix: 'nights/' })).objects).toEqual([]);
  });

  it.skipIf(!sandboxIsHere)('are in no body sent to Sheets or BigQuery', () => {
    expect(google!.bodies.length).toBeGreaterThan(20);
    for (const body of google!.bodies) expect(found(body)).toBeNull();
  });

  it('are in no point of the live pulse', async () => {
    const cache = await house.runtime.getKVNamespace('CACHE', 'signalhouse-ingest');
    const { keys } = await cache.list({ prefix: 'analytics/' });
    expect(keys.length).toBeGreaterThan(0);
    const points = await Promise.all(keys.map(({ name }) => cache.get(name)));
    expect(found(points.join('\n'))).toBeNull();
  });

  it('are withheld where an address stood in a published column, and counted', async () => {
    const counted = await count(
      "select failing as n from check_results where check_id = 'check_withheld_texts'",
    );
    expect(counted).toBeGreaterThan(500);
    const { run_id } = (await (await house.call('/exports/latest')).json()) as Manifest;
    const quality = await (await house.call(`/exports/files/${run_id}/data_quality.csv`)).text();
    expect(quality).toContain(`check_withheld_texts,warn,${counted}`);
  });

  it('are shown to no stranger, and written to no log', async () => {
    const [who] = everyone;
    const strangers: [string, RequestInit][] = [
      [`/api/contacts/${who!.email}`, {}],
      [`/people/${who!.email}`, {}],
      [`/people?search=${who!.name}`, {}],
      [`/exports/${who!.email}`, {}],
      ['/api/contacts', { method: 'POST', body: JSON.stringify(who) }],
      ['/import/facts', { method: 'POST', body: JSON.stringify({ facts: [who] }) }],
      ['/webhooks/resend', { method: 'POST', body: JSON.stringify(who) }],
    ];
    for (const [path, init] of strangers) {
      const answer = await fetch(new URL(path, house.url), init);
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(found(await answer.text()), path).toBeNull();
    }
    const sent = { method: 'POST', headers: { 'content-type': 'application/json' } };
    await house.call('/api/contacts', {
      ...sent,
      body: JSON.stringify({ email: who!.name, tier: who!.phone }),
    });
    await house.call('/import/facts', {
      ...sent,
      body: JSON.stringify({ facts: [{ kind: 'contact', provider: who!.email }] }),
    });
    await house.call('/exports', {
      method: 'POST',
      body: JSON.stringify({ to: [who!.email], as_of: who!.name }),
    });
    expect(found(log.join('\n'))).toBeNull();
  });
});
