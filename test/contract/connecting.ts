/**
 * `connect google` on Google's double: a spreadsheet or dataset as people make them, and what the
 * checks say of it.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Check } from '../../cli/connect/check.ts';
import { type GoogleConfig, googleChecks, type To } from '../../cli/connect/checks.ts';
import { json } from '../unit/google-edge.ts';
import { type GoogleSandbox, PROJECT, startGoogleSandbox } from './google-sandbox.ts';

export const HOUSE = 'acme';
/** An answer of Google's that the double cannot give; undefined: the double's own. */
export type Edge = (url: string, method: string) => Response | undefined;

export const failing = (rows: Check[]): Check[] => rows.filter(({ ok }) => !ok);
export const row = (rows: Check[], name: string): Check =>
  rows.find(({ check }) => check === name)!;

/**
 * Queries need an engine that is not always here: its answer to a dry run is Google's documented
 * one.
 */
const dryRun: Edge = (url, method) =>
  method === 'POST' && url.endsWith('/jobs')
    ? json(200, {
        kind: 'bigquery#job',
        status: { state: 'DONE' },
        configuration: { dryRun: true },
      })
    : undefined;

/**
 * Call once in a `describe`: starts the double with a dataset `house`, and ends with what holds for
 * every test in it.
 */
export function connecting(flags: string[] = []) {
  let google: GoogleSandbox;
  const said: string[] = [];
  beforeAll(async () => {
    google = await startGoogleSandbox(flags);
    await google.control('POST', '/__datasets', {
      project: PROJECT,
      dataset: 'house',
      location: 'europe-west3',
    });
  });
  afterAll(() => google?.close());

  return {
    google: () => google,
    account: () => ({ key_json: google.keyJson, api_root: google.root }),
    /** Notes what the house said, for `endsWell`. */
    note: (text: string) => said.push(text),

    /** A spreadsheet that a person made and shared; its id. */
    async spreadsheet(given: object = {}): Promise<string> {
      const made = { title: 'Numbers', ...given };
      return (await google.control<{ spreadsheetId: string }>('POST', '/__spreadsheets', made))
        .spreadsheetId;
    },

    async check(
      settings: Partial<GoogleConfig>,
      edge: Edge = () => undefined,
      to: To[] = ['sheets', 'bigquery'],
    ): Promise<Check[]> {
      const send: typeof fetch = (input, init) => {
        const asked = [String(input), init?.method ?? 'GET'] as const;
        return Promise.resolve(edge(...asked) ?? dryRun(...asked) ?? fetch(input, init));
      };
      const config = {
        GOOGLE_SERVICE_ACCOUNT_JSON: google.keyJson,
        GOOGLE_API_ROOT: google.root,
        ...settings,
      };
      const rows = await googleChecks(config as GoogleConfig, to, HOUSE, { fetch: send });
      said.push(JSON.stringify(rows));
      return rows;
    },

    /** The last tests of the `describe`. */
    endsWell(): void {
      it('has said no part of a key or token', () => {
        expect(said.length).toBeGreaterThan(0);
        const key: string = JSON.parse(google.keyJson).private_key.replace(
          /-----[A-Z ]+-----|\s/g,
          '',
        );
        const all = said.join('\n').replaceAll('\\n', '');
        expect(key.match(/.{16}/g)!.filter((part) => all.includes(part))).toEqual([]);
        expect(all).not.toMatch(/ya29|PRIVATE KEY|Bearer/);
      });

      it('has asked only what the published schemas allow', async () => {
        const asked = (await google.journal()).filter(({ path }) => path !== '/token');
        expect(asked.flatMap(({ warnings }) => warnings)).toEqual([]);
        expect(asked.filter(({ status }) => status === 400 || status === 501)).toEqual([]);
      });
    },
  };
}
