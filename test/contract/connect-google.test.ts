/** `connect google`: the key, what is still to be set, and the command itself. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Check } from '../../cli/connect/check.ts';
import type { To } from '../../cli/connect/checks.ts';
import { MINUTE } from '../../core/durations.ts';
import { keyFile } from '../unit/google-edge.ts';
import { connecting, failing, row } from './connecting.ts';
import { sandboxIsHere, startGoogleSandbox, WHY_SKIPPED } from './google-sandbox.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe.skipIf(!sandboxIsHere)(`connect google${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`, () => {
  const { google, spreadsheet, check, note, endsWell } = connecting();
  const state = mkdtempSync(join(tmpdir(), 'signalhouse-connect-'));
  afterAll(() => rmSync(state, { recursive: true, force: true }));

  describe('a key', () => {
    it.each([
      ['is an OAuth client', '{"installed":{"client_secret":"x"}}', /service account/],
      ['is a path to nothing', '/nowhere/key.json', /path to the key file/],
    ])('that %s is refused before Google is asked', async (_, text, fix) => {
      const before = (await google().journal()).length;
      const wrong = failing(
        await check({ GOOGLE_SERVICE_ACCOUNT_JSON: text, SHEETS_SPREADSHEET: 'abcdefghijkl' }),
      );
      expect(wrong).toMatchObject([{ check: 'key', fix: expect.stringMatching(fix) }]);
      expect(await google().journal()).toHaveLength(before);
    });

    it('that was revoked is refused at the sign-in', async () => {
      // Of the same account, and not the key that Google knows.
      const wrong = failing(
        await check({
          GOOGLE_SERVICE_ACCOUNT_JSON: keyFile(),
          SHEETS_SPREADSHEET: await spreadsheet(),
        }),
      );
      expect(wrong).toMatchObject([
        { check: 'sign-in', fix: expect.stringMatching(/make a new key/) },
      ]);
    });

    it.each([
      [-90, /clock is 90 minutes behind/],
      [+45, /clock is 45 minutes ahead of/],
    ])(
      'on a machine whose clock is off by %i minutes is told from a revoked one',
      async (minutes, found) => {
        // A place that has given no token yet: one that is good is kept.
        const fresh = await startGoogleSandbox();
        const settings = {
          GOOGLE_SERVICE_ACCOUNT_JSON: fresh.keyJson,
          GOOGLE_API_ROOT: fresh.root,
        };
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * MINUTE });
        const rows = await check({ ...settings, SHEETS_SPREADSHEET: 'abcdefghijkl' });
        vi.useRealTimers();
        fresh.close();
        expect(failing(rows)).toMatchObject([
          { check: 'sign-in', found: expect.stringMatching(found) },
        ]);
      },
    );
  });

  describe('no place', () => {
    it.each<[object, To[], string, RegExp]>([
      [{}, ['sheets', 'bigquery'], 'place', /one is enough/],
      [{}, ['sheets'], 'spreadsheet', /SHEETS_SPREADSHEET/],
      [{}, ['bigquery'], 'dataset', /Data Editor/],
      [{ BIGQUERY_DATASET: 'house' }, ['sheets', 'bigquery'], 'dataset', /set both/],
    ])('(%j, %j) says which to set, once the key is right', async (settings, to, name, fix) => {
      const rows = await check(settings, undefined, to);
      expect(row(rows, 'sign-in').ok).toBe(true);
      expect(failing(rows)).toMatchObject([{ check: name, fix: expect.stringMatching(fix) }]);
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
            env: {
              PATH: process.env.PATH,
              SIGNALHOUSE_STATE: state,
              SIGNALHOUSE_ENV: process.env.SIGNALHOUSE_ENV,
              GOOGLE_API_ROOT: google().root,
              ...env,
            },
          },
        );
        let [stdout, stderr] = ['', ''];
        child.stdout.on('data', (text) => (stdout += text));
        child.stderr.on('data', (text) => (stderr += text));
        child.on('close', (code) => {
          note(stdout);
          note(stderr);
          resolve({ code, stdout, stderr });
        });
      });

    it('with nothing set explains the five minutes', async () => {
      const { code, stdout } = await run({});
      expect(code).toBe(3);
      expect(stdout).toMatch(/Five minutes[\s\S]+docs\/google\.md[\s\S]+✗ key/);
    });

    it('exits with 0, names what to run next, and puts the address on its own line', async () => {
      const key = join(state, 'key.json');
      writeFileSync(key, google().keyJson);
      const { code, stdout } = await run({
        GOOGLE_SERVICE_ACCOUNT_JSON: key,
        SHEETS_SPREADSHEET: await spreadsheet(),
      });
      expect(code).toBe(0);
      expect(stdout.split('\n')).toContain('exporter@acme-data.iam.gserviceaccount.com');
      expect(stdout).toMatch(/✓ writable[\s\S]+export --to sheets/);
    });

    it('ends with 3 and rows as JSON where something is not', async () => {
      const settings = {
        GOOGLE_SERVICE_ACCOUNT_JSON: google().keyJson,
        SHEETS_SPREADSHEET: await spreadsheet({ access: 'none' }),
      };
      const { code, stdout, stderr } = await run(settings, '--json', '--to', 'sheets');
      expect(code).toBe(3);
      expect(JSON.parse(stdout).map((one: Check) => Object.keys(one).join())).toEqual(
        Array.from({ length: 3 }, () => 'check,ok,found,fix'),
      );
      expect(JSON.parse(stderr)).toMatchObject({ error: 'config' });
    });

    it('repeats no part of what is no key', async () => {
      const encoded = Buffer.from(google().keyJson.repeat(3)).toString('base64');
      for (const [key, part] of [
        [state, state],
        [encoded, encoded.slice(40, 60)],
      ] as const) {
        const { code, stdout, stderr } = await run(
          { GOOGLE_SERVICE_ACCOUNT_JSON: key },
          '--to',
          'sheets',
        );
        expect(code).toBe(3);
        expect(stdout).toMatch(/✗ key/);
        expect(stdout + stderr).not.toContain(part);
      }
    });

    it('takes google, and one place', async () => {
      expect((await run({}, '--to', 'paper')).code).toBe(2);
    });
  });

  endsWell();
});
