/** The requests of a publish: paced, repeated where that is safe, and never beyond the budget. */
import { describe, expect, it, vi } from 'vitest';
import { MINUTE } from '../../core/durations.ts';
import { googleClient } from '../../platform/google/account.ts';
import { SignInError } from '../../platform/google/refusal.ts';
import { type RequestOptions, Requests } from '../../platform/google/requests.ts';
import { googleEdge, json, keyFile } from './google-edge.ts';

/** Errors as Google's own client throws them. */
const answered = async (status: number, headers: Record<string, string> = {}) =>
  failed(() => json(status, {}, headers));
const noAnswer = () =>
  failed(() => {
    throw new Error('socket hang up');
  });
async function failed(answer: () => Response): Promise<Error> {
  const client = googleClient(
    { key_json: keyFile(), fetch: googleEdge(answer).fetch },
    'https://scope',
  );
  return client.request({ url: 'https://sheets.googleapis.com/v4/spreadsheets/abc' }).then(
    () => new Error('it was answered'),
    (error) => error,
  );
}

/** Time that passes only while somebody sleeps. */
function setup(options: RequestOptions = {}) {
  let time = 0;
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    time += ms;
  };
  const requests = new Requests({ now: () => time, sleep, random: () => 1, ...options });
  return { requests, slept, now: () => time };
}

/** A request that fails with each of `errors` in turn, then answers. */
function failing(...errors: (Error | Promise<Error>)[]) {
  let calls = 0;
  const send = async () => {
    const error = await errors[calls++];
    if (error) throw error;
    return 'done';
  };
  return { send, calls: () => calls };
}

describe('a request', () => {
  it('is repeated with pauses that grow', async () => {
    const { requests, slept } = setup();
    const { send } = failing(answered(500), answered(503), noAnswer(), answered(429));
    await expect(requests.read('the sheet', send)).resolves.toBe('done');
    expect(slept).toEqual([1000, 2000, 4000, 8000]);
  });

  it('waits at random for half of the pause or more, so that two houses part', async () => {
    const { requests, slept } = setup({ random: () => 0 });
    await requests.read('the sheet', failing(answered(500)).send);
    expect(slept).toEqual([500]);
  });

  it.each([
    ['seconds', '17', 17_000],
    ['a date', new Date(Date.now() + 20_000).toUTCString(), 19_000],
  ])('waits as long as Google asks, in %s', async (_, value, least) => {
    const { requests, slept } = setup();
    await requests.read('the sheet', failing(answered(429, { 'retry-after': value })).send);
    expect(slept[0]).toBeGreaterThan(least - 1500);
    expect(slept[0]).toBeLessThanOrEqual(least + 1500);
  });

  it.each([400, 401, 403, 404, 409, 501])('is not repeated after %i', async (status) => {
    const { requests } = setup();
    const { send, calls } = failing(answered(status));
    await expect(requests.write('the sheet', send)).rejects.toMatchObject({
      code: 'destination_refused',
      details: { status },
    });
    expect(calls()).toBe(1);
  });

  it('takes from one budget for the whole publish, of times', async () => {
    const { requests } = setup({ retries: 3 });
    await requests.read('the sheet', failing(answered(500), answered(500)).send);
    const { send, calls } = failing(answered(500), answered(500), answered(500));
    await expect(requests.read('the sheet', send)).rejects.toMatchObject({
      code: 'destination_busy',
    });
    expect(calls()).toBe(2);
  });

  it('takes from one budget for the whole publish, of time', async () => {
    const { requests, now } = setup({ patience_ms: 10 * MINUTE });
    const always = async () => {
      throw await answered(503);
    };
    await expect(requests.read('the sheet', always)).rejects.toMatchObject({
      code: 'destination_busy',
    });
    expect(now()).toBeLessThanOrEqual(10 * MINUTE);
    expect(now()).toBeGreaterThan(9 * MINUTE);
  });

  it('does not wait where Google asks for more than there is', async () => {
    const { requests, slept } = setup({ patience_ms: MINUTE });
    const { send } = failing(answered(429, { 'retry-after': '3600' }));
    await expect(requests.read('the sheet', send)).rejects.toMatchObject({
      code: 'destination_busy',
    });
    expect(slept).toEqual([]);
  });

  it('stays within 55 a minute, reads and writes apart', async () => {
    const { requests, now } = setup();
    const times: number[] = [];
    const note = async () => times.push(now());
    for (let i = 0; i < 200; i += 1) await requests.read('the sheet', note);
    for (const from of times)
      expect(times.filter((t) => t >= from && t < from + MINUTE).length).toBeLessThanOrEqual(55);
    const before = now();
    await requests.write('the sheet', note);
    expect(now()).toBe(before);
  });

  it('stays within 55 a minute also when many are sent at once', async () => {
    vi.useFakeTimers({ now: 0 });
    const requests = new Requests();
    const times: number[] = [];
    const all = Array.from({ length: 120 }, () =>
      requests.read('the sheet', async () => times.push(Date.now())),
    );
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    await Promise.all(all);
    vi.useRealTimers();
    for (const from of times)
      expect(times.filter((t) => t >= from && t < from + MINUTE).length).toBeLessThanOrEqual(55);
  });

  it('goes by a larger quota where the API has one', async () => {
    const { requests, slept } = setup({ per_minute: 6000 });
    for (let i = 0; i < 200; i += 1) await requests.read('the dataset', async () => i);
    expect(slept).toEqual([]);
  });
});

describe('a request that must not be sent twice', () => {
  it('is repeated where Google surely did nothing', async () => {
    const { requests } = setup();
    const refused = new SignInError({ kind: 'busy', status: 503, message: 'away' }, 'a@b');
    await expect(requests.once('the sheet', failing(answered(429), refused).send)).resolves.toBe(
      'done',
    );
  });

  it.each([
    ['nothing', noAnswer()],
    ['500', answered(500)],
    ['503', answered(503)],
  ])('is handed back as ambiguous after %s', async (_, error) => {
    const { requests } = setup();
    const { send, calls } = failing(error);
    await expect(requests.once('the sheet', send)).rejects.toMatchObject({
      code: 'destination_busy',
      details: { ambiguous: true },
    });
    expect(calls()).toBe(1);
  });

  it.each([
    ['a 429 that lasts', answered(429), 'destination_busy'],
    ['a refusal', answered(400), 'destination_refused'],
  ])('is not ambiguous after %s', async (_, error, code) => {
    const { requests } = setup({ retries: 0 });
    const thrown = await requests.once('the sheet', failing(error).send).catch((fault) => fault);
    expect(thrown).toMatchObject({ code });
    expect(thrown.details.ambiguous).toBeUndefined();
  });
});
