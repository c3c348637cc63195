/** `connect google` against Google's double: every outcome that a first attempt can have, with its fix, and nothing left behind. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { googleChecks, type To } from '../../cli/connect/checks.ts';
import { houseLabel } from '../../platform/bigquery/labels.ts';
import type { Config } from '../../platform/config.ts';
import { BIGQUERY_SCOPE, googleClient, SHEETS_SCOPE } from '../../platform/google/account.ts';
import { sheetsDestination } from '../../platform/sheets/destination.ts';
import { apiError, json } from '../unit/google-edge.ts';
import { type GoogleSandbox, PROJECT, sandboxIsHere, startGoogleSandbox, WHY_SKIPPED } from './google-sandbox.ts';
import { run, table, tiny } from './tables.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HOUSE = 'acme';
type Row = { check: string; ok: boolean; found: string; fix: string | null };
type Edge = (url: string, method: string) => Response | undefined;

describe.skipIf(!sandboxIsHere)(`connect google${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`, () => {
  let google: GoogleSandbox;
  let unbilled: GoogleSandbox;
  const said: string[] = [];
  const state = mkdtempSync(join(tmpdir(), 'signalhouse-connect-'));

  beforeAll(async () => {
    google = await startGoogleSandbox();
    unbilled = await startGoogleSandbox(['--sandbox']);
    for (const place of [google, unbilled])
      await place.control('POST', '/__datasets', { project: PROJECT, dataset: 'house', location: 'europe-west3' });
  });
  afterAll(() => {
    google?.close();
    unbilled?.close();
    rmSync(state, { recursive: true, force: true });
  });

  const spreadsheet = async (given: object = {}): Promise<string> =>
    (await google.control<{ spreadsheetId: string }>('POST', '/__spreadsheets', { title: 'Numbers', ...given }))
      .spreadsheetId;

  /** Queries need an engine that is not always here: its answer to a dry run is Google's documented one. */
  const dryRun: Edge = (url, method) =>
    method === 'POST' && url.endsWith('/jobs')
      ? json(200, { kind: 'bigquery#job', status: { state: 'DONE' }, configuration: { dryRun: true } })
      : undefined;

  type More = { now?: () => number; to?: To[] };
  async function check(settings: Partial<Config>, edge: Edge = () => undefined, { to, ...more }: More = {}) {
    const send: typeof fetch = (input, init) => {
      const url = String(input);
      return Promise.resolve(
        edge(url, init?.method ?? 'GET') ?? dryRun(url, init?.method ?? 'GET') ?? fetch(input, init),
      );
    };
    const config = { GOOGLE_SERVICE_ACCOUNT_JSON: google.keyJson, GOOGLE_API_ROOT: google.root, ...settings } as Config;
    const rows = await googleChecks(config, to ?? ['sheets', 'bigquery'], HOUSE, { fetch: send, ...more });
    said.push(JSON.stringify(rows));
    return rows;
  }
  const failing = (rows: Row[]) => rows.filter(({ ok }) => !ok);
  const row = (rows: Row[], name: string) => rows.find((one) => one.check === name)!;

  describe('a spreadsheet', () => {
    it('that is new and shared is right, and stays as it was', async () => {
      const id = await spreadsheet();
      const before = await google.control('GET', `/__sheets/${id}`);
      const rows = await check({ SHEETS_SPREADSHEET: `https://docs.google.com/spreadsheets/d/${id}/edit#gid=0` });
      expect(failing(rows)).toEqual([]);
      expect(rows.map((one) => one.check)).toEqual([
        'key',
        'sign-in',
        'spreadsheet',
        'writable',
        'house',
        'tab names',
        'protection',
        'room',
      ]);
      expect(row(rows, 'house').found).toMatch(/no house/);
      expect(await google.control('GET', `/__sheets/${id}`)).toEqual(before);
    });

    it.each([
      ['is not there', async () => 'there-is-nothing-of-this-id', /no spreadsheet has this id/],
      ['is not shared', () => spreadsheet({ access: 'none' }), /add exporter@.+ as Editor/],
      [
        'is a document, by its address',
        async () => 'https://docs.google.com/document/d/1a2b3c4d5e6f/edit',
        /SHEETS_SPREADSHEET/,
      ],
      [
        'is a published copy',
        async () => 'https://docs.google.com/spreadsheets/d/e/2PACX-1vabc/pubhtml',
        /SHEETS_SPREADSHEET/,
      ],
      ['is no id at all', async () => 'my sheet', /SHEETS_SPREADSHEET/],
    ])('that %s is refused with the fix', async (_, make, fix) => {
      const wrong = failing(await check({ SHEETS_SPREADSHEET: await make() }));
      expect(wrong.map((one) => one.check)).toEqual(['spreadsheet']);
      expect(wrong[0]!.fix).toMatch(fix);
    });

    it('that may only be looked at is found out without a change', async () => {
      const id = await spreadsheet({ access: 'reader' });
      const wrong = failing(await check({ SHEETS_SPREADSHEET: id }));
      expect(wrong).toMatchObject([{ check: 'writable', fix: expect.stringMatching(/make exporter@.+ Editor/) }]);
    });

    it('that turns out to be a document is refused with the fix', async () => {
      const document = apiError(
        400,
        'FAILED_PRECONDITION',
        'This operation is not supported for this document',
        'failedPrecondition',
      );
      const rows = await check({ SHEETS_SPREADSHEET: await spreadsheet() }, (url) =>
        url.includes('/v4/') ? json(400, document) : undefined,
      );
      expect(failing(rows)).toMatchObject([
        { check: 'spreadsheet', fix: expect.stringMatching(/save the file as Google Sheets/) },
      ]);
    });

    it('of a project whose API is off is refused with the address that enables it', async () => {
      const link = 'https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=1';
      const off = apiError(403, 'PERMISSION_DENIED', 'It is disabled.', 'forbidden', [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED', metadata: {} },
        { '@type': 'type.googleapis.com/google.rpc.Help', links: [{ url: link }] },
      ]);
      const rows = await check({ SHEETS_SPREADSHEET: await spreadsheet() }, (url) =>
        url.includes('/v4/') ? json(403, off) : undefined,
      );
      expect(failing(rows)).toMatchObject([{ check: 'spreadsheet', fix: expect.stringContaining(link) }]);
    });

    const published = async (house_id: string) => {
      const id = await spreadsheet();
      await sheetsDestination({ key_json: google.keyJson, api_root: google.root }, id).publish(
        run(Date.UTC(2026, 10, 20), { house_id }),
        [table(tiny, [['one']], '1')],
      );
      return id;
    };

    it('that carries the runs of this house says for when they are true', async () => {
      const rows = await check({ SHEETS_SPREADSHEET: await published(HOUSE) });
      expect(failing(rows)).toEqual([]);
      expect(row(rows, 'house').found).toMatch(/this house's, true for 2026-11-20/);
    });

    it('that carries the runs of another house is refused with the fix', async () => {
      expect(failing(await check({ SHEETS_SPREADSHEET: await published('another') }))).toMatchObject([
        { check: 'house', fix: expect.stringMatching(/another spreadsheet/) },
      ]);
    });

    it('in which somebody protected our columns names the tab and the fix', async () => {
      const id = await published(HOUSE);
      const { tabs } = await google.control<{ tabs: { properties: { sheetId: number; title: string } }[] }>(
        'GET',
        `/__sheets/${id}`,
      );
      const { sheetId } = tabs.find(({ properties }) => properties.title === 'tiny')!.properties;
      await googleClient({ key_json: google.keyJson, api_root: google.root }, SHEETS_SCOPE).request({
        url: `${google.root}/v4/spreadsheets/${id}:batchUpdate`,
        method: 'POST',
        data: {
          requests: [
            { addProtectedRange: { protectedRange: { range: { sheetId }, editors: { users: ['ann@example.org'] } } } },
          ],
        },
      });
      expect(failing(await check({ SHEETS_SPREADSHEET: id }))).toMatchObject([
        {
          check: 'protection',
          found: expect.stringContaining('tiny'),
          fix: expect.stringMatching(/let exporter@.+ edit it/),
        },
      ]);
    });

    it('says which names are taken, and how much room is left', async () => {
      const id = await spreadsheet({
        tabs: [{ title: 'FUNNEL' }, { title: 'Mine', rowCount: 470_000, columnCount: 20 }],
      });
      const rows = await check({ SHEETS_SPREADSHEET: id });
      expect(failing(rows)).toEqual([]);
      expect(row(rows, 'tab names')).toMatchObject({
        found: expect.stringContaining('FUNNEL'),
        fix: expect.any(String),
      });
      expect(row(rows, 'room')).toMatchObject({
        found: expect.stringMatching(/^\d{3},\d{3} of/),
        fix: expect.any(String),
      });
    });
  });

  describe('a key', () => {
    it.each([
      ['is an OAuth client', '{"installed":{"client_secret":"x"}}', /service account/],
      ['is a path to nothing', '/nowhere/key.json', /path to the key file/],
    ])('that %s is refused before Google is asked', async (_, text, fix) => {
      const before = (await google.journal()).length;
      const wrong = failing(await check({ GOOGLE_SERVICE_ACCOUNT_JSON: text, SHEETS_SPREADSHEET: 'abcdefghijkl' }));
      expect(wrong).toMatchObject([{ check: 'key', fix: expect.stringMatching(fix) }]);
      expect(await google.journal()).toHaveLength(before);
    });

    it('that was revoked is refused at the sign-in', async () => {
      // The key of the other double: rightly signed, and not by the key that this one knows.
      const wrong = failing(
        await check({ GOOGLE_SERVICE_ACCOUNT_JSON: unbilled.keyJson, SHEETS_SPREADSHEET: await spreadsheet() }),
      );
      expect(wrong).toMatchObject([{ check: 'sign-in', fix: expect.stringMatching(/make a new key/) }]);
    });

    it.each([
      [-90, /clock is 90 minutes behind/],
      [+45, /clock is 45 minutes ahead of/],
    ])('on a machine whose clock is off by %i minutes is told from a revoked one', async (minutes, found) => {
      const now = () => Date.now() + minutes * 60_000;
      // A place that has given no token yet: one that is good is kept.
      const fresh = await startGoogleSandbox();
      const settings = { GOOGLE_SERVICE_ACCOUNT_JSON: fresh.keyJson, GOOGLE_API_ROOT: fresh.root };
      const rows = await check({ ...settings, SHEETS_SPREADSHEET: 'abcdefghijkl' }, undefined, { now });
      fresh.close();
      expect(failing(rows)).toMatchObject([{ check: 'sign-in', found: expect.stringMatching(found) }]);
    });
  });

  describe('no place', () => {
    it.each<[object, To[], string, RegExp]>([
      [{}, ['sheets', 'bigquery'], 'place', /one is enough/],
      [{}, ['sheets'], 'spreadsheet', /SHEETS_SPREADSHEET/],
      [{}, ['bigquery'], 'dataset', /Data Editor/],
      [{ BIGQUERY_DATASET: 'house' }, ['sheets', 'bigquery'], 'dataset', /set both/],
    ])('(%j, %j) says which to set, once the key is right', async (settings, to, name, fix) => {
      const rows = await check(settings, undefined, { to });
      expect(row(rows, 'sign-in').ok).toBe(true);
      expect(failing(rows)).toMatchObject([{ check: name, fix: expect.stringMatching(fix) }]);
    });
  });

  describe('a dataset', () => {
    const place = (dataset = 'house', project = PROJECT) => ({ BIGQUERY_PROJECT: project, BIGQUERY_DATASET: dataset });
    const denied = (message: string) =>
      json(403, apiError(403, 'PERMISSION_DENIED', `Access Denied: ${message}`, 'accessDenied'));

    it('that the account may fill is right, and stays as it was', async () => {
      const before = await google.control('GET', `/__bigquery/${PROJECT}`);
      const rows = await check(place());
      expect(failing(rows)).toEqual([]);
      expect(rows.map((one) => one.check).slice(2)).toEqual(['dataset', 'data editor', 'job user', 'expiry', 'tables']);
      expect(row(rows, 'dataset').found).toContain('europe-west3');
      expect(await google.control('GET', `/__bigquery/${PROJECT}`)).toEqual(before);
    });

    it('that is not there is refused with the fix', async () => {
      expect(failing(await check(place('nowhere')))).toMatchObject([
        { check: 'dataset', fix: expect.stringMatching(/make the dataset/) },
      ]);
    });

    it('of another project than the key says so', async () => {
      const key = JSON.stringify({ ...JSON.parse(google.keyJson), project_id: 'acme-data' });
      const rows = await check({ ...place('house', 'acme-dwh'), GOOGLE_SERVICE_ACCOUNT_JSON: key }, (url) =>
        url.includes('acme-dwh')
          ? denied(
              'Dataset acme-dwh:house: Permission bigquery.datasets.get denied on dataset acme-dwh:house (or it may not exist).',
            )
          : undefined,
      );
      const [wrong] = failing(rows);
      expect(wrong!.found).toMatch(/the key is of the project acme-data, BIGQUERY_PROJECT says acme-dwh/);
      expect(wrong!.fix).toMatch(/BIGQUERY_PROJECT.+grant exporter@/);
    });

    it('that the account may only look at is told from a project in which it may run no jobs', async () => {
      const editor = await check(place(), (_, method) =>
        method === 'PATCH'
          ? denied(
              'Table acme-data:house.x: Permission bigquery.tables.update denied on table acme-data:house.x (or it may not exist).',
            )
          : undefined,
      );
      expect(failing(editor)).toMatchObject([
        { check: 'data editor', fix: expect.stringMatching(/Data Editor on the dataset/) },
      ]);
      const jobs = await check(place(), (url, method) =>
        method === 'POST' && url.endsWith('/jobs')
          ? denied('Project acme-data: User does not have bigquery.jobs.create permission in project acme-data.')
          : undefined,
      );
      expect(failing(jobs)).toMatchObject([
        { check: 'job user', fix: expect.stringMatching(/Job User on the project/) },
      ]);
    });

    it('with tables of another house, or of a person under our names, is refused', async () => {
      await google.control('POST', '/__datasets', { project: PROJECT, dataset: 'shared' });
      const client = googleClient({ key_json: google.keyJson, api_root: google.root }, BIGQUERY_SCOPE);
      const url = `${google.root}/bigquery/v2/projects/${PROJECT}/datasets/shared/tables`;
      const make = (tableId: string, house?: string) => ({
        url,
        method: 'POST' as const,
        data: {
          tableReference: { projectId: PROJECT, datasetId: 'shared', tableId },
          schema: { fields: [{ name: 'x', type: 'STRING' }] },
          ...(house && { labels: { house: houseLabel(house) } }),
        },
      });
      await client.request(make('funnel__a', HOUSE));
      await client.request(make('a_table_of_mine'));
      expect(row(await check(place('shared')), 'tables')).toMatchObject({ ok: true, found: "this house's: 1" });
      await client.request(make('weekly_summary'));
      expect(failing(await check(place('shared')))).toMatchObject([
        {
          check: 'tables',
          found: expect.stringMatching(/your own: weekly_summary$/),
          fix: expect.stringMatching(/rename/),
        },
      ]);
      await client.request(make('theirs', 'another'));
      expect(failing(await check(place('shared')))).toMatchObject([
        { check: 'tables', found: expect.stringContaining('theirs'), fix: expect.stringMatching(/another dataset/) },
      ]);
    });

    it('without billing is right, and what that means is said', async () => {
      const settings = { GOOGLE_SERVICE_ACCOUNT_JSON: unbilled.keyJson, GOOGLE_API_ROOT: unbilled.root };
      const rows = await check({ ...place(), ...settings });
      expect(failing(rows)).toEqual([]);
      expect(row(rows, 'expiry')).toMatchObject({
        found: expect.stringMatching(/60 days.+without billing/),
        fix: expect.any(String),
      });
    });
  });

  describe('the command', () => {
    const run = (env: Record<string, string>, ...args: string[]) =>
      new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
        const child = spawn(
          process.execPath,
          ['--import', './cli/text-loader.mjs', 'cli/main.ts', 'connect', 'google', ...args],
          {
            cwd: ROOT,
            env: { PATH: process.env.PATH, SIGNALHOUSE_STATE: state, GOOGLE_API_ROOT: google.root, ...env },
          },
        );
        let [stdout, stderr] = ['', ''];
        child.stdout.on('data', (text) => (stdout += text));
        child.stderr.on('data', (text) => (stderr += text));
        child.on('close', (code) => {
          said.push(stdout, stderr);
          resolve({ code, stdout, stderr });
        });
      });

    it('with nothing set explains the five minutes', async () => {
      const { code, stdout } = await run({});
      expect(code).toBe(3);
      expect(stdout).toMatch(/Five minutes[\s\S]+docs\/google\.md[\s\S]+✗ key/);
    });

    it('ends with 0 and what to run where all is right, with the address on a line of its own', async () => {
      const key = join(state, 'key.json');
      writeFileSync(key, google.keyJson);
      const { code, stdout } = await run({ GOOGLE_SERVICE_ACCOUNT_JSON: key, SHEETS_SPREADSHEET: await spreadsheet() });
      expect(code).toBe(0);
      expect(stdout.split('\n')).toContain('exporter@acme-data.iam.gserviceaccount.com');
      expect(stdout).toMatch(/✓ writable[\s\S]+export --to sheets/);
    });

    it('ends with 3 and rows as JSON where something is not', async () => {
      const settings = {
        GOOGLE_SERVICE_ACCOUNT_JSON: google.keyJson,
        SHEETS_SPREADSHEET: await spreadsheet({ access: 'none' }),
      };
      const { code, stdout, stderr } = await run(settings, '--json', '--to', 'sheets');
      expect(code).toBe(3);
      expect(JSON.parse(stdout).map((one: Row) => Object.keys(one).join())).toEqual(
        Array.from({ length: 3 }, () => 'check,ok,found,fix'),
      );
      expect(JSON.parse(stderr)).toMatchObject({ error: 'config' });
    });

    it('repeats no part of what is no key', async () => {
      const encoded = Buffer.from(google.keyJson.repeat(3)).toString('base64');
      for (const [key, part] of [
        [state, state],
        [encoded, encoded.slice(40, 60)],
      ] as const) {
        const { code, stdout, stderr } = await run({ GOOGLE_SERVICE_ACCOUNT_JSON: key }, '--to', 'sheets');
        expect(code).toBe(3);
        expect(stdout).toMatch(/✗ key/);
        expect(stdout + stderr).not.toContain(part);
      }
    });

    it('takes google, and one place', async () => {
      expect((await run({}, '--to', 'paper')).code).toBe(2);
    });
  });

  it('has said no part of a key or token', () => {
    expect(said.length).toBeGreaterThan(20);
    const keys = [google, unbilled].map(({ keyJson }) =>
      JSON.parse(keyJson).private_key.replace(/-----[A-Z ]+-----|\s/g, ''),
    );
    const parts = keys.flatMap((key: string) => key.match(/.{16}/g)!);
    const all = said.join('\n').replaceAll('\\n', '');
    expect(parts.filter((part) => all.includes(part))).toEqual([]);
    expect(all).not.toMatch(/ya29|PRIVATE KEY|Bearer/);
  });

  it('has asked only what the published schemas allow', async () => {
    const entries = [...(await google.journal()), ...(await unbilled.journal())];
    expect(entries.flatMap(({ warnings }) => warnings)).toEqual([]);
    const asked = entries.filter(({ path }) => path !== '/token');
    expect(asked.filter(({ status }) => status === 400 || status === 501)).toEqual([]);
  });
});
