/**
 * The sign-in and the pacing against Google's double: tokens that end or are refused, and a quota
 * that counts.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HOUR } from '../../core/durations.ts';
import {
  BIGQUERY_SCOPE,
  type GoogleAccount,
  googleClient,
  SHEETS_SCOPE,
} from '../../platform/google/account.ts';
import { Requests } from '../../platform/google/requests.ts';
import {
  type GoogleSandbox,
  PROJECT,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';

describe.skipIf(!sandboxIsHere)(
  `signing in to Google${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    let sheet: string;
    let dataset: string;
    const account = (): GoogleAccount => ({ key_json: google.keyJson, api_root: google.root });
    const statuses = async (after: number) =>
      (await google.journal(after)).map(
        ({ path, status }) => `${path === '/token' ? 'token' : 'request'} ${status}`,
      );
    const mark = async () => (await google.journal()).at(-1)?.n ?? 0;
    /** Requests whose pauses take no time here and move the double's clock. */
    const requests = (options = {}) => {
      let ahead = 0;
      const sleep = async (ms: number) => {
        ahead += ms;
        await google.control('POST', '/__clock', { advanceMs: Math.ceil(ms) });
      };
      return new Requests({ now: () => Date.now() + ahead, sleep, ...options });
    };

    /** Some hours pass, here and at Google's: no token is good any more. */
    const later = async (hours: number) => {
      vi.setSystemTime(Date.now() + hours * HOUR);
      await google.control('POST', '/__clock', { advanceMs: hours * HOUR });
    };

    beforeAll(async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
      google = await startGoogleSandbox(['--sheets-quota', '60']);
      const made = await google.control<{ spreadsheetId: string }>('POST', '/__spreadsheets', {
        title: 'Numbers',
      });
      sheet = `${google.root}/v4/spreadsheets/${made.spreadsheetId}?fields=spreadsheetId`;
      await google.control('POST', '/__datasets', { project: PROJECT, dataset: 'house' });
      dataset = `${google.root}/bigquery/v2/projects/${PROJECT}/datasets/house`;
    });
    afterAll(() => {
      google?.close();
      vi.useRealTimers();
    });

    it('asks for one scope at a time, the one that the place takes', async () => {
      await googleClient(account(), SHEETS_SCOPE).request({ url: sheet });
      await googleClient(account(), BIGQUERY_SCOPE).request({ url: dataset });
      const scopes = google.bodies
        .map((body) => new URLSearchParams(body).get('assertion'))
        .flatMap((text) =>
          text ? [JSON.parse(Buffer.from(text.split('.')[1]!, 'base64url').toString()).scope] : [],
        );
      expect(scopes).toEqual([SHEETS_SCOPE, BIGQUERY_SCOPE]);
    });

    it('gets over a token that ended while a publish was under way', async () => {
      const client = googleClient(account(), SHEETS_SCOPE);
      await client.request({ url: sheet });
      await later(1);
      const before = await mark();
      await client.request({ url: sheet });
      expect(await statuses(before)).toEqual(['token 200', 'request 200']);
    });

    it('signs in anew after a 401, once', async () => {
      const client = googleClient(account(), SHEETS_SCOPE);
      await google.control('POST', '/__faults', [
        { match: { path: '/v4/**' }, nth: 1, kind: 'status:401' },
      ]);
      const before = await mark();
      await client.request({ url: sheet });
      expect(await statuses(before)).toEqual(['request 401', 'token 200', 'request 200']);
      await google.control('POST', '/__faults', [
        { match: { path: '/v4/**' }, every: true, kind: 'status:401' },
      ]);
      const refused = requests().read('the spreadsheet', () => client.request({ url: sheet }));
      await expect(refused).rejects.toMatchObject({
        code: 'destination_refused',
        message: expect.stringMatching(/make a new key/),
      });
      await google.control('POST', '/__faults', []);
    });

    it.each(['status:503', 'status:500', 'drop-before', 'drop-after'])(
      'is tried again after %s',
      async (kind) => {
        await later(2);
        const client = googleClient(account(), SHEETS_SCOPE);
        await google.control('POST', '/__faults', [{ match: { path: '/token' }, nth: 1, kind }]);
        const before = await mark();
        const once = requests({ random: () => 0 }).once('the spreadsheet', () =>
          client.request({ url: sheet }),
        );
        await expect(once).resolves.toMatchObject({ status: 200 });
        const asked = await statuses(before);
        expect(asked.filter((status) => status.startsWith('request'))).toEqual(['request 200']);
        expect(asked.filter((status) => status.startsWith('token'))).toHaveLength(2);
        await google.control('POST', '/__faults', []);
      },
    );

    it('that is refused stops with what to do', async () => {
      await later(2);
      const client = googleClient(account(), SHEETS_SCOPE);
      await google.control('POST', '/__faults', [
        { match: { path: '/token' }, every: true, kind: 'status:400' },
      ]);
      await expect(
        requests().once('the spreadsheet', () => client.request({ url: sheet })),
      ).rejects.toMatchObject({
        code: 'destination_refused',
        message: expect.stringMatching(/^the spreadsheet: .+; .+make a new key for exporter@/),
      });
      await google.control('POST', '/__faults', []);
    });
  },
);

describe.skipIf(!sandboxIsHere)(
  `a quota of 60 a minute${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    beforeAll(async () => {
      google = await startGoogleSandbox(['--sheets-quota', '60']);
    });
    afterAll(() => google?.close());

    it('is never passed by 130 reads and as many writes', async () => {
      const { spreadsheetId } = await google.control<{ spreadsheetId: string }>(
        'POST',
        '/__spreadsheets',
        {},
      );
      let ahead = 0;
      const sleep = async (ms: number) => {
        ahead += ms;
        await google.control('POST', '/__clock', { advanceMs: Math.ceil(ms) });
      };
      const requests = new Requests({ now: () => Date.now() + ahead, sleep });
      const client = googleClient(
        { key_json: google.keyJson, api_root: google.root },
        SHEETS_SCOPE,
      );
      const url = `${google.root}/v4/spreadsheets/${spreadsheetId}`;
      const body = {
        requests: [
          { updateSpreadsheetProperties: { properties: { title: 'T' }, fields: 'title' } },
        ],
      };
      for (let i = 0; i < 130; i += 1) {
        await requests.read('the spreadsheet', () =>
          client.request({ url: `${url}?fields=spreadsheetId` }),
        );
        await requests.write('the spreadsheet', () =>
          client.request({ url: `${url}:batchUpdate`, method: 'POST', data: body }),
        );
      }
      const answers = (await google.journal())
        .filter(({ path }) => path !== '/token')
        .map(({ status }) => status);
      expect(answers).toHaveLength(260);
      expect(new Set(answers)).toEqual(new Set([200]));
    });

    it('that somebody else has used up is waited for', async () => {
      const { spreadsheetId } = await google.control<{ spreadsheetId: string }>(
        'POST',
        '/__spreadsheets',
        {},
      );
      const client = googleClient(
        { key_json: google.keyJson, api_root: google.root },
        SHEETS_SCOPE,
      );
      const url = `${google.root}/v4/spreadsheets/${spreadsheetId}?fields=spreadsheetId`;
      await google.control('POST', '/__clock', { advanceMs: 60_001 });
      const answers = await Promise.allSettled(
        Array.from({ length: 70 }, () => client.request({ url })),
      );
      expect(answers.some(({ status }) => status === 'rejected')).toBe(true);
      const pauses: number[] = [];
      const sleep = async (ms: number) => {
        pauses.push(ms);
        await google.control('POST', '/__clock', { advanceMs: Math.ceil(ms) });
      };
      await new Requests({ sleep }).read('the spreadsheet', () => client.request({ url }));
      expect(pauses.length).toBeGreaterThan(3);
    });
  },
);
