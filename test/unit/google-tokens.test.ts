/**
 * Tokens: one is signed for only when none is good any more, and nothing kept of them reveals the
 * key.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MINUTE } from '../../core/durations.ts';
import { ADDRESS, googleEdge, json, keyFile } from './google-edge.ts';

const SCOPE = 'https://www.googleapis.com/auth/spreadsheets';
const URL = 'https://sheets.googleapis.com/v4/spreadsheets/abc';
const NOON = Date.UTC(2026, 10, 21, 12);

/** KV as a Worker has it. */
function keyValueStore() {
  const entries = new Map<string, { value: string; expirationTtl: number }>();
  return {
    entries,
    get: async (key: string) => entries.get(key)?.value ?? null,
    put: async (key: string, value: string, { expirationTtl }: { expirationTtl: number }) => {
      if (expirationTtl < 60) throw new Error('KV takes 60 seconds or more');
      entries.set(key, { value, expirationTtl });
    },
    delete: async (key: string) => {
      entries.delete(key);
    },
  };
}

/** `googleClient` of a Worker that has just been started: it knows no token. */
async function newIsolate() {
  vi.resetModules();
  return (await import('../../platform/google/account.ts')).googleClient;
}

describe('a token', () => {
  let googleClient: Awaited<ReturnType<typeof newIsolate>>;
  const account = (edge: { fetch: typeof fetch }, more: object = {}) => ({
    key_json: keyFile(),
    fetch: edge.fetch,
    ...more,
  });
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    googleClient = await newIsolate();
  });

  afterEach(() => vi.useRealTimers());

  it('is asked for with the least scope, for an hour, and sent with the request', async () => {
    const edge = googleEdge(() => json(200, {}));
    await googleClient(account(edge), SCOPE).request({ url: URL });
    expect(edge.tokens).toEqual([
      {
        iss: ADDRESS,
        scope: SCOPE,
        aud: 'https://oauth2.googleapis.com/token',
        iat: NOON / 1000,
        exp: NOON / 1000 + 3600,
      },
    ]);
    expect(edge.seen[0]!.authorization).toBe('Bearer token1');
  });

  it('serves every client of the isolate, and many requests at once', async () => {
    const edge = googleEdge(() => json(200, {}));
    const client = googleClient(account(edge), SCOPE);
    await Promise.all([1, 2, 3].map(() => client.request({ url: URL })));
    await googleClient(account(edge), SCOPE).request({ url: URL });
    expect(edge.tokens).toHaveLength(1);
    await googleClient(account(edge), 'https://www.googleapis.com/auth/bigquery').request({
      url: URL,
    });
    expect(edge.tokens).toHaveLength(2);
  });

  it('is renewed five minutes before it ends', async () => {
    const edge = googleEdge(() => json(200, {}));
    const client = googleClient(account(edge), SCOPE);
    await client.request({ url: URL });
    vi.setSystemTime(NOON + 54 * MINUTE);
    await client.request({ url: URL });
    expect(edge.tokens).toHaveLength(1);
    vi.setSystemTime(NOON + 55 * MINUTE);
    await client.request({ url: URL });
    expect(edge.tokens).toHaveLength(2);
  });

  it('is kept for the next invocation under a name that reveals nothing', async () => {
    const edge = googleEdge(() => json(200, {}));
    const tokens = keyValueStore();
    await googleClient(account(edge, { tokens }), SCOPE).request({ url: URL });
    googleClient = await newIsolate();
    await googleClient(account(edge, { tokens }), SCOPE).request({ url: URL });
    expect(edge.tokens).toHaveLength(1);
    const [[name, entry]] = [...tokens.entries] as [
      [string, { value: string; expirationTtl: number }],
    ];
    expect(name).toMatch(/^google_token_[0-9a-f]{40}$/);
    expect(entry.expirationTtl).toBe(3299);
    expect(Object.keys(JSON.parse(entry.value))).toEqual([
      'access_token',
      'token_type',
      'expiry_date',
    ]);
  });

  it('that Google refuses is dropped, from the store too, and the request sent again', async () => {
    const tokens = keyValueStore();
    const edge = googleEdge(({ authorization }) =>
      json(authorization === 'Bearer token1' ? 401 : 200, {}),
    );
    const client = googleClient(account(edge, { tokens }), SCOPE);
    await expect(client.request({ url: URL })).resolves.toMatchObject({ status: 200 });
    expect(edge.seen.map(({ authorization }) => authorization)).toEqual([
      'Bearer token1',
      'Bearer token2',
    ]);
    expect([...tokens.entries.values()].map(({ value }) => JSON.parse(value).access_token)).toEqual(
      ['token2'],
    );
  });

  it('is not asked for again and again where Google takes none', async () => {
    const edge = googleEdge(() => json(401, {}));
    await expect(googleClient(account(edge), SCOPE).request({ url: URL })).rejects.toMatchObject({
      status: 401,
    });
    expect(edge.tokens).toHaveLength(2);
    expect(edge.seen).toHaveLength(2);
  });

  it('is had without the store where the store fails', async () => {
    const broken = () => Promise.reject(new Error('KV is away'));
    const edge = googleEdge(() => json(200, {}));
    const tokens = { get: broken, put: broken, delete: broken };
    await googleClient(account(edge, { tokens }), SCOPE).request({ url: URL });
    expect(edge.tokens).toHaveLength(1);
  });

  it('is had without the store where the store holds something else', async () => {
    const edge = googleEdge(() => json(200, {}));
    const tokens = { ...keyValueStore(), get: async () => 'not a token' };
    await googleClient(account(edge, { tokens }), SCOPE).request({ url: URL });
    expect(edge.seen[0]!.authorization).toBe('Bearer token1');
  });

  it('whose answer breaks off is asked for again', async () => {
    const broken = () =>
      new Response(
        new ReadableStream({ start: (controller) => controller.error(new Error('terminated')) }),
      );
    const edge = googleEdge(() => json(200, {}));
    let asked = 0;
    const send: typeof fetch = (input, init) =>
      String(input).endsWith('/token') && asked++ === 0
        ? Promise.resolve(broken())
        : edge.fetch(input, init);
    const client = googleClient({ ...account(edge), fetch: send }, SCOPE);
    const { Requests } = await import('../../platform/google/requests.ts');
    const once = new Requests({ sleep: async () => {} }).once('the sheet', () =>
      client.request({ url: URL }),
    );
    await expect(once).resolves.toMatchObject({ status: 200 });
  });

  it('does not wait for ever: a request ends after the time that it may take', async () => {
    const edge = googleEdge(() => new Promise<never>(() => {}));
    const hanging: typeof fetch = (input, init) =>
      Promise.race([
        edge.fetch(input, init),
        new Promise<never>((_, reject) =>
          init?.signal?.addEventListener('abort', () => reject(init.signal!.reason)),
        ),
      ]);
    const client = googleClient({ ...account(edge), fetch: hanging, timeout_ms: 40 }, SCOPE);
    await expect(client.request({ url: URL })).rejects.toThrow(/time/i);
  });
});
