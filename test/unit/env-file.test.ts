/** `.env` beside the project: what it sets, what wins over it, and what it cannot set. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { Call } from '../../cli/command.ts';
import { listSettings } from '../../cli/commands/settings.ts';
import { readEnvFile } from '../../cli/house/env-file.ts';
import { idleNames, parseSettings, settingsFor, settingsOf } from '../../cli/house/settings.ts';
import type { State } from '../../cli/house/state.ts';

const file = join(mkdtempSync(join(tmpdir(), 'signalhouse-env-')), '.env');
const secret = (text: string) => `whsec_${btoa(text.padEnd(24, '.'))}`;
const state = {
  house: {
    house_id: 'house_1',
    api_token: 'token',
    contact_key_secret: 'key',
    webhook_secrets: { resend: secret('of the house') },
  },
} as State;

afterEach(() => {
  vi.unstubAllEnvs();
  for (const name of ['DEFAULT_COUNTRY', 'RESEND_WEBHOOK_SECRET']) delete process.env[name];
});

it('sets what the environment does not, and names what changes nothing', () => {
  vi.stubEnv('SIGNALHOUSE_ENV', file);
  vi.stubEnv('BUSINESS_TIME_ZONE', 'Asia/Tokyo');
  writeFileSync(
    file,
    [
      'BUSINESS_TIME_ZONE=Europe/Berlin',
      'DEFAULT_COUNTRY=NZ # of phone numbers that name none',
      'NIGHT_HOUR=',
      `RESEND_WEBHOOK_SECRET="${secret('of Resend')}"`,
      'API_TOKEN=mine',
      'DEFAULT_COUNTRI=AU',
      'CLOUDFLARE_API_TOKEN=of wrangler',
    ].join('\n'),
  );
  readEnvFile();
  const settings = settingsOf(state);
  expect(settings).toMatchObject({
    BUSINESS_TIME_ZONE: 'Asia/Tokyo',
    DEFAULT_COUNTRY: 'NZ',
    RESEND_WEBHOOK_SECRET: secret('of Resend'),
    API_TOKEN: 'token',
  });
  expect(parseSettings(settings)).toMatchObject({ NIGHT_HOUR: 2 });
  expect(idleNames()).toEqual([
    '.env: API_TOKEN is not read; the house on this machine has its own in house.json',
    expect.stringMatching(/^\.env: no setting is called DEFAULT_COUNTRI.*DEFAULT_COUNTRY/),
  ]);
});

it('lists every setting and whether it is set, never its value', () => {
  vi.stubEnv('STRIPE_WEBHOOK_SECRET', secret('of Stripe'));
  const print = vi.fn();
  listSettings({ print } as unknown as Call);
  const [data, text] = print.mock.calls[0]!;
  const found = new Map(
    (data.settings as { name: string; is_set: boolean }[]).map(({ name, is_set }) => [
      name,
      is_set,
    ]),
  );
  expect(found.get('STRIPE_WEBHOOK_SECRET')).toBe(true);
  expect(found.get('CAL_WEBHOOK_SECRET')).toBe(false);
  expect(`${JSON.stringify(data)}${text}`).not.toContain(secret('of Stripe'));
});

it('hands each Worker only what it takes, and the secrets of the doors to ingest alone', () => {
  const settings = settingsOf(state);
  expect(settings.RESEND_WEBHOOK_SECRET).toBe(secret('of the house'));
  expect(Object.keys(settingsFor('engine', settings)).sort()).toEqual(['API_TOKEN', 'HOUSE_ID']);
  const holders = (['api', 'ingest', 'engine', 'export'] as const).filter(
    (worker) => 'RESEND_WEBHOOK_SECRET' in settingsFor(worker, settings),
  );
  expect(holders).toEqual(['ingest']);
});

it('refuses a malformed secret at the start, and takes one that is missing', () => {
  const settings = settingsOf(state);
  expect(() => parseSettings({ ...settings, RESEND_WEBHOOK_SECRET: 'whsec_short' })).toThrow(
    /^RESEND_WEBHOOK_SECRET: .*24 bytes/,
  );
  expect(() => parseSettings({ ...settings, RESEND_WEBHOOK_SECRET: '' })).not.toThrow();
});
