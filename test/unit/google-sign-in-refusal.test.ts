/**
 * A sign-in that Google refuses becomes a fault that names what is wrong with the key or the clock.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { googleClient } from '../../platform/google/account.ts';
import { googleFault } from '../../platform/google/faults.ts';
import { ADDRESS, json, keyFile } from './google-edge.ts';

const SHEET = 'https://sheets.googleapis.com/v4/spreadsheets/abc';

describe('a sign-in that is refused', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T12:10:00Z') }));
  afterEach(() => vi.useRealTimers());
  const signIn = (status: number, error: string, error_description: string, headers = {}) =>
    googleClient(
      {
        key_json: keyFile({ client_email: `${error_description.length}.${ADDRESS}` }),
        fetch: async () => json(status, { error, error_description }, headers),
      },
      'https://scope',
    )
      .request({ url: SHEET })
      .catch((thrown) => googleFault(thrown, 'the place'));
  const reasonable =
    'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. ' +
    'Check your iat and exp values in the JWT claim.';

  it.each([
    [
      'a deleted key',
      'invalid_grant',
      'Invalid JWT Signature.',
      'key_revoked',
      /make a new key for .+@acme-data/,
    ],
    [
      'a deleted account',
      'invalid_grant',
      'Invalid grant: account not found',
      'account_gone',
      /make another service account/,
    ],
    [
      'a disabled account',
      'invalid_grant',
      'Account has been disabled.',
      'account_gone',
      /enable it/,
    ],
  ])('for %s says so', async (_, error, description, kind, fix) => {
    const fault = await signIn(400, error, description);
    expect(fault).toMatchObject({ code: 'destination_refused', details: { refusal: kind } });
    expect((fault as Error).message).toMatch(fix);
  });

  it.each([
    ['Sat, 21 Nov 2026 12:00:00 GMT', /clock is 10 minutes ahead of Google's/],
    ['Sat, 21 Nov 2026 13:10:00 GMT', /clock is 60 minutes behind Google's/],
  ])('for a wrong clock says by how much: Google has %s', async (date, words) => {
    const fault = await signIn(400, 'invalid_grant', reasonable, { date });
    expect(fault).toMatchObject({ details: { refusal: 'clock_wrong' } });
    expect((fault as Error).message).toMatch(words);
  });

  it('for a busy Google may be tried again', async () => {
    expect(await signIn(503, 'internal_failure', 'try later')).toMatchObject({
      code: 'destination_busy',
    });
  });
});
