/** The doors against forgers and against senders of nonsense, over real HTTP (V3, V4). */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../house.ts';
import type { Delivery } from '../signed.ts';
import { cal, stripe } from './hmac-doors.ts';
import { json, resend, type SignedDoor, sendgrid, strange } from './signed-doors.ts';

const RUNS = process.env.FULL ? 5000 : 160;
const doors = [resend, sendgrid, stripe, cal];

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ env: Object.assign({}, ...doors.map(({ env }) => env)) });
});
afterAll(() => house?.close());

const knock = async ({ name }: SignedDoor, delivery: Delivery): Promise<number> => {
  const answer = await fetch(new URL(`/webhooks/${name}`, house.url), delivery);
  await answer.arrayBuffer();
  return answer.status;
};
const count = async (table: string): Promise<number> =>
  (await house.db.prepare(`select count(*) as n from ${table}`).first<{ n: number }>())!.n;
const rows = async () => [
  await count('email_events'),
  await count('observations'),
  await count('dead_events'),
  await count('contacts'),
];
const decoded = (text: string) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));

describe.each(doors)('the door $name', (door) => {
  it('accepts no request that differs from the one signed, and keeps no row of it', async () => {
    const before = await rows();
    const forged = fc.tuple(fc.constantFrom(...door.mutations), fc.nat(1_000_000));
    const refusals = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(forged, { minLength: 20, maxLength: 20 }), async (forgeries) => {
        const asked = forgeries.map(([mutate, seed]) =>
          mutate(door.sign(`evt_${seed}`, door.body(`evt_${seed}`)), seed),
        );
        const statuses = await Promise.all(asked.map((each) => knock(door, each)));
        for (const status of statuses) refusals.add(status);
      }),
      { numRuns: RUNS / 20 },
    );
    expect([...refusals]).toEqual([401]);
    expect(await rows()).toEqual(before);
  });

  it('allows five minutes either way, and takes both secrets of a rotation', async () => {
    const ids: string[] = [];
    // The clock must not pass into the next second between signing and judging.
    const at = async (seconds: number, isOld = false) => {
      await new Promise((resolve) => setTimeout(resolve, 1020 - (Date.now() % 1000)));
      const id = `${door.name}_t${seconds}${isOld}`;
      ids.push(id);
      const options = { isOld, at: new Date(Date.now() + seconds * 1000) };
      return knock(door, door.sign(id, door.body(id), options));
    };
    const old = door.isTimed ? 401 : 200;
    expect([await at(-301), await at(-300), await at(300), await at(301)]).toEqual([
      old,
      200,
      200,
      old,
    ]);
    expect([await at(0, true), await at(0)]).toEqual([200, 200]);
    const taken = door.isTimed ? ids.filter((id) => !/t-?301/.test(id)) : ids;
    for (const id of taken) await house.until(door.landed(id), 1);
  });

  it('keeps every signed body that it cannot understand, with a reason (V4)', async () => {
    const before = (await rows()).toSpliced(2, 1);
    const parts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(door.malformed, { minLength: 10, maxLength: 10 }),
        async (batch) => {
          for (const body of batch)
            for (const part of door.parts(decoded(body))) parts.add(decoded(part));
          const statuses = await Promise.all(
            batch.map((body, i) => knock(door, door.sign(`evt_m${i}`, body))),
          );
          expect(new Set(statuses)).toEqual(new Set([200]));
        },
      ),
      { numRuns: RUNS / 20 },
    );
    const { results } = await house.db
      .prepare('select body, reason from dead_events where door = ?')
      .bind(door.name)
      .all<{ body: string; reason: string }>();
    expect(new Set(results.map(({ body }) => body))).toEqual(parts);
    expect(results.every(({ reason }) => reason.length > 5)).toBe(true);
    expect((await rows()).toSpliced(2, 1)).toEqual(before);
  });

  it('answers no body with a 5xx: a strange field, bytes that aren’t text, 10 MB', async () => {
    const oneStrange = fc.tuple(fc.constantFrom(...door.members), strange).map(([name, value]) => {
      const body = decoded(door.body('evt_s', { [name]: JSON.parse(json(value ?? null)) }));
      return door.sign(`evt_s${body.length}`, body);
    });
    const noText = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => ({
      ...door.sign('evt_bytes', ''),
      body: new Uint8Array([...bytes, 0xff]),
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(oneStrange, noText), { minLength: 10, maxLength: 10 }),
        async (batch) => {
          const statuses = await Promise.all(batch.map((each) => knock(door, each)));
          for (const status of statuses) expect([200, 401]).toContain(status);
        },
      ),
      { numRuns: RUNS / 20 },
    );
    // It is refused unread, so a client that is still writing may find the line closed before it
    // sees the 413.
    const members = { [door.members[0]!]: 'x'.repeat(10_000_000) };
    const large = door.sign('evt_large', door.body('large', members));
    expect([413, 'closed']).toContain(await knock(door, large).catch(() => 'closed'));
    const after = `after_${door.name}`;
    expect(await knock(door, door.sign(after, door.body(after)))).toBe(200);
    await house.until(door.landed(after), 1);
    expect(
      (
        await house.db
          .prepare(
            "select group_concat(reason) as r from dead_events where fault <> 'unknown_event'",
          )
          .first<{ r: string | null }>()
      )?.r,
    ).toBeNull();
  });
});
