/**
 * A key file is told apart from everything else that a person may paste, and never repeated in a
 * message.
 */
import { describe, expect, it } from 'vitest';
import { checkKey, serviceAccountKey } from '../../platform/google/key.ts';
import { ADDRESS, keyFile } from './google-edge.ts';

const secret = 'AIzaSyA-Secret-Of-Mine';
const mistakes: [string, string, RegExp][] = [
  ['an API key', secret, /API key/],
  ['the PEM alone', '-----BEGIN PRIVATE KEY-----\nMII-secret', /private key alone/],
  ['a path that leads nowhere', '/home/me/secret-key.json', /path to a file that does not exist/],
  ['half a file', '{"type": "service_account", "private_key": "secret', /not JSON/],
  ['a list', '["secret"]', /not JSON/],
  ['an OAuth client', '{"installed":{"client_secret":"secret"}}', /OAuth client/],
  ['a web client', '{"web":{"client_secret":"secret"}}', /OAuth client/],
  ['a person', '{"type":"authorized_user","refresh_token":"secret"}', /person's own sign-in/],
  [
    'another account',
    '{"type":"external_account","audience":"secret"}',
    /not a service account's key/,
  ],
  ['no address', keyFile({ client_email: undefined }), /no client_email/],
  ['no key', keyFile({ private_key: '' }), /no private_key/],
];

describe('a key', () => {
  it.each(mistakes)('that is %s is refused with the fix', (_, text, message) => {
    expect(() => serviceAccountKey(text)).toThrow(message);
    try {
      serviceAccountKey(text);
    } catch (error) {
      expect(error).toMatchObject({ code: 'config' });
      expect((error as Error).message).toMatch(/^GOOGLE_SERVICE_ACCOUNT_JSON .+: .+/);
      expect((error as Error).message).not.toMatch(/secret|Secret|MII/);
    }
  });

  it('says whose it is', () => {
    expect(serviceAccountKey(keyFile())).toMatchObject({ address: ADDRESS, project: 'acme-data' });
    expect(serviceAccountKey(keyFile({ project_id: undefined })).project).toBeNull();
  });

  it('is read also where a shell wrote its line breaks as two characters', async () => {
    const key = serviceAccountKey(keyFile());
    const again = serviceAccountKey(
      keyFile({ private_key: key.private_key.replaceAll('\n', '\\n') }),
    );
    expect(again.private_key).toBe(key.private_key);
    await expect(checkKey(again)).resolves.toBeUndefined();
  });

  it('that was cut is refused, without a word of it', async () => {
    const key = serviceAccountKey(keyFile());
    const cut = checkKey({ ...key, private_key: key.private_key.slice(0, 900) });
    await expect(cut).rejects.toMatchObject({
      code: 'config',
      message: expect.stringMatching(/cut or damaged/),
    });
    await expect(cut).rejects.not.toMatchObject({
      message: expect.stringContaining(key.private_key.slice(40, 60)),
    });
  });
});
