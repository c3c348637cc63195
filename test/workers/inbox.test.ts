/** The doors of a local house, which keeps every message in its inbox until it has landed (F3). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ env: { INBOX_LOCAL: '1' } });
});
afterAll(() => house?.close());

const post = (path: string, body: unknown): Promise<Response> =>
  house.call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

it('takes as many bytes as the database does, and says so of more', async () => {
  const contact = (n: number, notes: string) => ({
    kind: 'contact',
    provider: 'test',
    contact: { kind: 'email', value: `large${n}@x.test` },
    thing_key: `large${n}`,
    identities: [{ kind: 'email', value: `large${n}@x.test` }],
    observation_key: 'o',
    observed_at: Date.UTC(2026, 1, 1),
    stated: { notes },
  });
  const facts = (notes: string) => Array.from({ length: 1000 }, (_, n) => contact(n, notes));
  const room = 1_590_000 - JSON.stringify({ facts: facts('') }).length;
  const fits = await post('/import/facts', { facts: facts('x'.repeat(room / 1000)) });
  expect([fits.status, await fits.json()]).toMatchObject([200, { inserted: 1000 }]);
  const larger = await post('/import/facts', { facts: facts('x'.repeat(room / 1000 + 20)) });
  expect([larger.status, await larger.json()]).toMatchObject([413, { error: 'too_large' }]);
});

it('lands 19 of 20 messages of the inbox, and buries the one that cannot be written', async () => {
  const message = (n: number) => ({
    door: 'poison',
    facts: [
      {
        kind: 'contact',
        provider: 'test',
        contact: { kind: 'email', value: `poison${n}@x.test` },
        thing_key: `k${n}`,
        identities: [{ kind: 'email', value: `poison${n}@x.test` }],
        observation_key: `o${n}`,
        observed_at: n === 10 ? null : Date.UTC(2026, 1, 1),
        stated: { full_name: `Poison ${n}` },
      },
    ],
  });
  const insert = house.db.prepare('insert into inbox (body) values (?)');
  await house.db.batch(
    Array.from({ length: 20 }, (_, n) => insert.bind(JSON.stringify(message(n)))),
  );
  expect((await post('/import/inbox/offer', {})).status).toBe(200);
  await house.until("select count(*) from contacts where full_name like 'Poison %'", 19, 60_000);
  const dead = "select count(*) from dead_events where door = 'poison' and body like '%o10%'";
  await house.until(dead, 1, 60_000);
  await house.until('select count(*) from inbox', 0, 60_000);
});
