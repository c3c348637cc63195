/** What a call of Aircall is as a fact, whichever way it was seen (A1, A2, F1). */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../core/faults.ts';
import aircall from '../../workers/ingest/doors/aircall/index.ts';
import type { DoorEvent } from '../../workers/ingest/doors/door.ts';
import { readEvent } from '../../workers/ingest/doors/read.ts';
import { type FakeCall, fakeAccount, fakeCall } from '../fakes/aircall.ts';

const AT = Date.UTC(2026, 10, 20, 12) / 1000;
const NOW = (AT + 600) * 1000;
const env = {
  DEFAULT_COUNTRY: 'GB',
  AIRCALL_ACCOUNTS: JSON.stringify(
    ['main', 'sales2'].map((name) => ({ ...fakeAccount(name), calls: undefined })),
  ),
};
const polled = (more: Partial<FakeCall> = {}, account = 'main'): DoorEvent => ({
  id: 'e',
  account,
  body: JSON.stringify({ seen_at: NOW, is_change: false, call: fakeCall(1, AT, more) }),
});
const factOf = async (event: DoorEvent) => (await readEvent(aircall, event, NOW, env))[0];
const statedOf = async (more: Partial<FakeCall>) => {
  const fact = await factOf(polled(more));
  return fact?.kind === 'call' ? fact.stated : undefined;
};

describe('a call', () => {
  it('states its instants, its caller, and that it was recorded', async () => {
    expect(await factOf(polled())).toMatchObject({
      kind: 'call',
      provider: 'aircall',
      account: 'main',
      medium: 'phone',
      contact: { kind: 'phone', value: '+442079460018' },
      waits_for_contact: true,
      observed_at: NOW,
      stated: {
        started_at: AT * 1000,
        completed_at: (AT + 90) * 1000,
        duration_s: 90,
        recorded: 1,
        recording_url: 'https://assets.aircall.io/calls/1/recording',
        direction: 'outbound',
        agent: 'Ana Silva',
        agent_id: 'ana-silva',
      },
    });
  });

  it('states nothing of what is not so yet', async () => {
    const running = { ended_at: null, duration: 0, recording: null, asset: null, user: null };
    expect(await statedOf(running)).toEqual({ started_at: AT * 1000, direction: 'outbound' });
  });

  it('shows why it was missed, its voicemail, comments and tags', async () => {
    const missed = {
      recording: null,
      voicemail: 'https://media.example/v',
      asset: 'https://assets.aircall.io/calls/1/voicemail',
      missed_call_reason: 'no_available_agent',
      comments: [{ content: 'call back on Monday ' }, { content: null }],
      tags: [{ name: 'trial' }, { name: 'urgent' }],
    };
    const stated = await statedOf(missed);
    expect(stated).not.toHaveProperty('recorded');
    expect(stated?.notes).toBe(
      'Missed: no available agent\nVoicemail: https://assets.aircall.io/calls/1/voicemail\n' +
        'call back on Monday\nTags: trial, urgent',
    );
  });

  it.each([
    [{ name: 'Ana Silva' }, 'ana-silva'],
    [{ first_name: 'Ana', last_name: 'Silva' }, 'ana-silva'],
    [{ name: null, first_name: null, last_name: 'Silva' }, 'silva'],
    ['deleted', undefined],
    [null, undefined],
  ])('reads the user %j', async (user, agent_id) => {
    expect((await statedOf({ user }))?.agent_id).toBe(agent_id);
  });

  it.each([
    ['+44 20 7946 0018', '+442079460018'],
    ['0044 20 7946 0018', '+442079460018'],
    ['020 7946 0018', '+442079460018'],
    ['+1 (212) 555-0123', '+12125550123'],
  ])('knows %s', async (raw_digits, value) => {
    expect((await factOf(polled({ raw_digits })))?.contact).toEqual({ kind: 'phone', value });
  });

  it.each(['anonymous', '', '+44 000', '1001'])('is nobody’s with the number "%s"', async (raw) => {
    const event = polled({ raw_digits: raw });
    expect(await factOf(event)).toBeUndefined();
    expect(aircall.typeOf!(event)).toBe('call with a hidden or invalid number');
  });

  it('of the same id on two accounts is two calls', async () => {
    const [main, sales2] = [await factOf(polled()), await factOf(polled({}, 'sales2'))];
    expect(main).toHaveProperty('thing_key');
    expect(Reflect.get(main!, 'thing_key')).not.toBe(Reflect.get(sales2!, 'thing_key'));
  });

  it.each<[string, object]>([
    ['id', { id: null }],
    ['direction', { direction: 'sideways' }],
    ['started_at', { started_at: AT * 1000 }],
    ['duration', { duration: -1 }],
    ['duration', { duration: 90_000 }],
  ])('that cannot be read names its %s', async (field, more) => {
    await expect(factOf(polled(more))).rejects.toThrow(field);
  });
});

describe('a webhook', () => {
  const send = (body: unknown) =>
    aircall.webhook!.verify(
      new Request('https://house.test/webhooks/aircall', {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
      { ...env, AIRCALL_ACCOUNTS: tokens } as never,
    );
  const tokens = ['main', 'sales2'].map((name) => ({
    ...fakeAccount(name),
    webhook_token: name === 'main' ? ['old', 'new'] : [`${name}-webhook`],
  }));
  const told = (more: object = {}) => ({
    resource: 'call',
    event: 'call.ended',
    timestamp: AT + 120,
    token: 'sales2-webhook',
    data: { ...fakeCall(1, AT), sid: undefined, call_uuid: 'CA1' },
    ...more,
  });

  it('is of the account of its token, and the same thing as the polled call', async () => {
    const { events } = await send(told());
    expect(events).toMatchObject([{ account: 'sales2' }]);
    expect(events[0]!.body).not.toContain('sales2-webhook');
    const fact = await factOf(events[0]!);
    expect(fact).toMatchObject({ observed_at: (AT + 120) * 1000, account: 'sales2' });
    const same = await factOf(polled({}, 'sales2'));
    expect(Reflect.get(fact!, 'thing_key')).toBe(Reflect.get(same!, 'thing_key'));
  });

  it('gives one event one id, however often it comes', async () => {
    const [first] = (await send(told())).events;
    expect((await send(told())).events).toEqual([first]);
    expect((await send(told({ timestamp: AT + 121 }))).events[0]!.id).not.toBe(first!.id);
  });

  it('takes each of several tokens, so that they can be rotated', async () => {
    for (const token of ['old', 'new'])
      expect((await send(told({ token }))).events).toMatchObject([{ account: 'main' }]);
  });

  it.each<[string, unknown]>([
    ['another token', told({ token: 'sales2-webhoo' })],
    ['an empty token', told({ token: '' })],
    ['no token', told({ token: undefined })],
    ['a list for a token', told({ token: ['sales2-webhook'] })],
    ['a list', []],
    ['no JSON', '{"token": "sales2-webhook"'],
    ['null', 'null'],
  ])('with %s is refused', async (_, body) => {
    await expect(send(body)).rejects.toMatchObject({
      code: 'bad_signature',
    } satisfies Partial<Fault>);
  });

  it('about something else holds no fact and is counted by its name', async () => {
    const [event] = (await send(told({ event: 'user.created', timestamp: 'x' }))).events;
    expect(await factOf(event!)).toBeUndefined();
    expect(aircall.typeOf!(event!)).toBe('user.created');
  });

  it.each<[string, object]>([
    ['event', { event: 7 }],
    ['timestamp', { timestamp: null }],
    ['observed_at', { timestamp: AT + 5 * 86_400 }],
    ['direction', { data: { id: 1 } }],
  ])('whose %s cannot be read waits in quarantine', async (field, more) => {
    const [event] = (await send(told(more))).events;
    await expect(factOf(event!)).rejects.toThrow(field);
  });
});

it.each([
  ['no JSON', 'main'],
  ['no account', '[]'],
  ['no api_token', '[{"name": "main", "api_id": "secret-id"}]'],
  [
    'a name twice',
    JSON.stringify([1, 2].map(() => ({ ...fakeAccount('main'), calls: undefined }))),
  ],
])('AIRCALL_ACCOUNTS with %s is refused, and no secret told', async (_, AIRCALL_ACCOUNTS) => {
  const reading = readEvent(aircall, polled(), NOW, { ...env, AIRCALL_ACCOUNTS });
  await expect(reading).rejects.toThrow('AIRCALL_ACCOUNTS');
  await expect(reading).rejects.not.toThrow('secret-id');
});
