/**
 * What the doors do when something behind them fails, and what they refuse; real queue, real D1.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../core/facts/fact.ts';
import type { FactMessage } from '../../workers/fact-queue.ts';
import { openTestHouse, type TestHouse, TOKEN } from '../house.ts';
import { type Delivery, mailEvent, signed } from '../signed.ts';

let house: TestHouse;
const logged: string[] = [];
beforeAll(async () => {
  house = await openTestHouse({
    env: { ANALYTICS_LOCAL: '1' },
    onLog: (line) => logged.push(line),
  });
});
afterAll(() => house?.close());

const knock = (delivery: Delivery) => fetch(new URL('/webhooks/resend', house.url), delivery);
const count = async (sql: string) =>
  Object.values((await house.db.prepare(sql).first<Record<string, number>>())!)[0];
const producerOf = async () =>
  (await house.runtime.getQueueProducer(
    'FACT_QUEUE',
    'signalhouse-ingest',
  )) as unknown as Queue<FactMessage>;
/** Queues carry 128 KB; a longer message is refused by the real producer. */
const tooLongForQueue = { subject: 'x'.repeat(200_000) };

const contactFact = (n: number): Fact => ({
  kind: 'contact',
  provider: 'test',
  contact: { kind: 'email', value: `poison${n}@x.test` },
  thing_key: `k${n}`,
  identities: [{ kind: 'email', value: `poison${n}@x.test` }],
  observation_key: `o${n}`,
  observed_at: Date.UTC(2026, 1, 1),
  stated: { full_name: `Name ${n}` },
});

describe('the queue', () => {
  it('lands 99 of 100 messages and buries the one that cannot be written', async () => {
    const producer = await producerOf();
    const poison = { ...contactFact(50), observed_at: null } as unknown as Fact;
    await producer.sendBatch(
      Array.from({ length: 100 }, (_, n) => ({
        body: { door: 'test', facts: [n === 50 ? poison : contactFact(n)] },
      })),
    );
    await house.until("select count(*) from dead_events where door = 'test'", 1, 30_000);
    const dead = await house.db
      .prepare("select reason, body from dead_events where door = 'test'")
      .first<{ reason: string; body: string }>();
    expect(dead?.reason).toContain('every try');
    expect(JSON.parse(dead!.body)).toMatchObject({ facts: [{ observation_key: 'o50' }] });
    expect(await count("select count(*) from contacts where full_name like 'Name %'")).toBe(99);
    expect(logged).toContainEqual(expect.stringMatching(/ is in quarantine: D1_ERROR: NOT NULL/));
  });

  it('keeps what neither the tables nor quarantine take, and lands it afterwards', async () => {
    const producer = await producerOf();
    await house.db.exec('alter table observations rename to observations_away');
    await house.db.exec('alter table dead_events rename to dead_events_away');
    const facts = [{ ...contactFact(0), observation_key: 'patient' }];
    await producer.send({ door: 'patience', facts });
    const waits = async () => logged.some((line) => / waits for the database: D1_/.test(line));
    await waitFor(waits, Boolean, 30_000);
    await house.db.exec('alter table dead_events_away rename to dead_events');
    await house.db.exec('alter table observations_away rename to observations');
    const landed = "select count(*) from observations where observation_key = 'patient'";
    await house.until(landed, 1, 30_000);
    expect(await count("select count(*) from dead_events where door = 'patience'")).toBe(0);
  });

  it('is passed by where it refuses: the fact stands in the tables before the answer', async () => {
    const answer = await knock(
      signed('evt_long', mailEvent('email.sent', { email_id: 'long', ...tooLongForQueue })),
    );
    expect(answer.status).toBe(200);
    expect(await count("select count(*) from email_events where event_id = 'evt_long'")).toBe(1);
  });

  it('and the database both refusing give a 503; the delivery counts when sent again', async () => {
    const delivery = signed(
      'evt_both',
      mailEvent('email.sent', { email_id: 'both', ...tooLongForQueue }),
    );
    await house.db.exec('alter table email_events rename to email_events_away');
    const refused = await knock(delivery);
    await house.db.exec('alter table email_events_away rename to email_events');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(await refused.json()).toMatchObject({ error: 'storage_busy' });
    expect((await knock(delivery)).status).toBe(200);
    expect(await count("select count(*) from email_events where event_id = 'evt_both'")).toBe(1);
  });

  it('never answers a bare 500 where quarantine itself cannot be written', async () => {
    await house.db.exec('alter table dead_events rename to dead_events_away');
    const refused = await knock(signed('evt_bad', '{"type":'));
    await house.db.exec('alter table dead_events_away rename to dead_events');
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ error: 'storage_busy' });
  });
});

describe('quarantine', () => {
  const replay = async () => (await house.call('/import/dead-events', { method: 'POST' })).json();

  it('needs the token', async () => {
    expect(
      (await fetch(new URL('/import/dead-events', house.url), { method: 'POST' })).status,
    ).toBe(401);
  });

  it('is taken in once the house can read it; what it still cannot read says why', async () => {
    await house.db.exec('delete from dead_events');
    const body = mailEvent('email.opened', { email_id: 'late' });
    const delivery = signed('evt_late', body);
    await knock(signed('evt_never', mailEvent('email.levitated')));
    // A type that the house did not know then, as its first bytes had said.
    await knock(signed('evt_late', mailEvent('email.glimpsed', { email_id: 'late' })));
    await house.db
      .prepare("update dead_events set body = ? where delivery_id = 'evt_late'")
      .bind(body)
      .run();
    expect(await replay()).toMatchObject({
      replayed: 1,
      waiting: [{ reason: expect.stringContaining('email.levitated') }],
    });
    expect(
      await count(
        `select count(*) from dead_events
         where replayed_at is not null and delivery_id = 'evt_late'`,
      ),
    ).toBe(1);
    expect(await replay()).toMatchObject({ replayed: 0, waiting: [{}] });
    await knock(delivery);
    await knock(signed('evt_after', mailEvent('email.clicked', { email_id: 'late' })));
    await house.until("select count(*) from email_events where event_id = 'evt_after'", 1);
    expect(
      await count(
        "select count(*) from email_events where message_id = 'late' and event_type = 'opened'",
      ),
    ).toBe(1);
  });
});

const importing = (body: unknown, headers: Record<string, string> = {}) =>
  house.call('/import/facts', { method: 'POST', body: JSON.stringify(body), headers });

describe('POST /import/facts', () => {
  it('asks for the token', async () => {
    for (const authorization of ['', 'Bearer ', `Bearer ${TOKEN}x`, TOKEN]) {
      const answer = await importing({ facts: [] }, { authorization });
      expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([
        401,
        'bad_token',
      ]);
    }
  });

  it('takes at most 1,000 facts, and names what is malformed', async () => {
    const many = await importing({ facts: Array.from({ length: 1001 }, (_, n) => contactFact(n)) });
    expect([many.status, await many.json()]).toMatchObject([
      400,
      { error: 'bad_input', message: expect.stringMatching(/^facts: .*1000/) },
    ]);
    const wrong = await importing({
      facts: [contactFact(1), { ...contactFact(2), observed_at: 'soon' }],
    });
    expect([wrong.status, await wrong.json()]).toMatchObject([
      400,
      { message: expect.stringMatching(/^facts\.1\.observed_at: /) },
    ]);
    expect((await house.call('/import/facts', { method: 'POST', body: 'no JSON' })).status).toBe(
      400,
    );
    expect(await count("select count(*) from observations where observation_key = 'o1000'")).toBe(
      0,
    );
  });

  it('writes a thousand, once', async () => {
    const body = {
      facts: Array.from({ length: 1000 }, (_, n) => ({
        ...contactFact(n),
        provider: 'file',
        observation_key: `f${n}`,
      })),
    };
    expect(await (await importing(body)).json()).toMatchObject({
      inserted: 1000,
      duplicates: 0,
      new_contacts: 901,
    });
    expect(await (await importing(body)).json()).toMatchObject({
      inserted: 0,
      duplicates: 1000,
      new_contacts: 0,
    });
  });

  it('does not mix with a sample, and says how to open an empty house', async () => {
    await house.db.exec('update house set is_sample = 1');
    const answer = await importing({ facts: [contactFact(2000)] });
    await house.db.exec('update house set is_sample = 0');
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { error: 'sample_house', message: expect.stringContaining('npm start -- --empty') },
    ]);
  });
});

describe('a reply', () => {
  const uuid = '0b5c7f7a-9d53-4c1e-8a54-3f0c0e4b9a11';
  const send = (id: string, email_id: string, created_at: string) =>
    knock(
      signed(id, mailEvent('email.sent', { email_id, created_at, to: ['rae@x.test'] }, created_at)),
    );
  const reply = (id: string, data: object) =>
    knock(
      signed(
        id,
        JSON.stringify({
          type: 'email.received',
          created_at: '2026-03-04T00:00:00Z',
          data: { from: 'Rae <rae@x.test>', to: ['hi@house.test'], ...data },
        }),
      ),
    );
  const messageOf = (id: string) => `select message_id from email_events where event_id = '${id}'`;

  it('goes to the message of its header, its plus-address, or the latest to them', async () => {
    await send('s0', 'zeroth', '2026-02-28T00:00:00Z');
    await send('s1', uuid, '2026-03-01T00:00:00Z');
    await send('s2', 'second', '2026-03-02T00:00:00Z');
    await send('s3', 'later', '2026-03-05T00:00:00Z');
    await house.until(
      "select count(*) from email_events where event_id in ('s0', 's1', 's2', 's3')",
      4,
    );
    const headers = [{ name: 'In-Reply-To', value: `<${uuid}@house.test>` }];
    await reply('r1', { headers, to: ['hi+second@house.test'] });
    await reply('r2', { to: ['hi+zeroth@house.test'] });
    await reply('r3', {});
    await reply('r4', { headers: { 'in-reply-to': '<somebody-elses@mail.test>' } });
    await house.until(messageOf('r1'), uuid);
    await house.until(messageOf('r2'), 'zeroth');
    await house.until(messageOf('r3'), 'second');
    await house.until(messageOf('r4'), 'second');
  });
});

describe('the live pulse', () => {
  type Kept = { indexes: string[]; blobs: string[]; doubles: number[] };
  async function points(): Promise<Kept[]> {
    const cache = (await house.runtime.getKVNamespace(
      'CACHE',
      'signalhouse-ingest',
    )) as unknown as KVNamespace;
    const { keys } = await cache.list({ prefix: 'analytics/' });
    const texts = await Promise.all(keys.map(({ name }) => cache.get(name)));
    return texts.flatMap((text) => JSON.parse(text!) as Kept[]);
  }

  it('has a point per live fact, none for an import or redelivery, and no names', async () => {
    const before = (await points()).length;
    const delivery = signed(
      'pulse',
      mailEvent('email.sent', { email_id: 'pulse', to: ['pia.person@x.test'] }),
    );
    await knock(delivery);
    await house.until("select count(*) from email_events where event_id = 'pulse'", 1);
    await knock(delivery);
    await knock(
      signed('pulse2', mailEvent('email.opened', { email_id: 'pulse', to: ['pia.person@x.test'] })),
    );
    await house.until("select count(*) from email_events where event_id = 'pulse2'", 1);
    const kept = await waitFor(points, (all) => all.length >= before + 2);
    expect(kept).toHaveLength(before + 2);
    expect(JSON.stringify(kept)).not.toMatch(/@|x\.test|Name \d|pia|rae/i);
    expect(kept.filter(({ blobs }) => blobs[4] === 'file')).toEqual([]);
  });
});

async function waitFor<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  timeoutMs = 3_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (holds(value) || Date.now() > deadline) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
