/**
 * However a call is seen, by webhook and by poll, in any order and any number of times, it becomes
 * the same row, and that of its last state (A1, G6).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MINUTE } from '../../core/durations.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import aircall from '../../workers/ingest/doors/aircall/index.ts';
import type { DoorEvent } from '../../workers/ingest/doors/door.ts';
import { readEvent } from '../../workers/ingest/doors/read.ts';
import { fakeAccount, fakeCall } from '../fakes/aircall.ts';
import { config, now, openSmallHouse } from './small-house.ts';

const START = now - 60 * MINUTE;
const { calls: _, ...account } = fakeAccount('main');
const env = { DEFAULT_COUNTRY: 'GB', AIRCALL_ACCOUNTS: JSON.stringify([account]) };

/** A call as it looks from an instant on: it runs, ends, is tagged, rewritten, recorded. */
const s = START / 1000;
const running = { ended_at: null, duration: 0, recording: null, asset: null, user: null };
const ended = { ended_at: s + 60, duration: 61, recording: null, asset: null };
const rewritten = { ended_at: s + 60, duration: 60, started_at: s + 1, cost: '0.3' };
const states: [at: number, event: string, more: object][] = [
  [START, 'call.created', running],
  [START + MINUTE, 'call.ended', ended],
  [START + 3 * MINUTE, 'call.tagged', { ...ended, tags: [{ name: 'trial' }] }],
  [START + 4 * MINUTE, 'call.untagged', ended],
  [START + 9 * MINUTE, 'call.commented', { ...rewritten, recording: null, asset: null }],
  [START + 30 * MINUTE, 'call.comm_assets_generated', { ...rewritten, user: null }],
];

const told = ([at, event, more]: (typeof states)[number]): DoorEvent => ({
  id: event,
  account: 'main',
  body: JSON.stringify({ event, timestamp: at / 1000, data: fakeCall(1, s, more) }),
});

/** A poll while the call is in this state; `isChange`: the round had seen it otherwise. */
const polled = (state: number, later: number, is_change: boolean): DoorEvent => {
  const [from, , more] = states[state]!;
  const until = states[state + 1]?.[0] ?? now;
  const seen_at = from + Math.floor((until - from) * later);
  const call = fakeCall(1, s, more);
  return { id: 'poll', account: 'main', body: JSON.stringify({ seen_at, is_change, call }) };
};

const someState = fc.nat(states.length - 1);
const sighting = fc.oneof(
  someState.map((state) => told(states[state]!)),
  fc
    .tuple(someState, fc.double({ min: 0.01, max: 0.99, noNaN: true }))
    .map(([state, later]) => polled(state, later, true)),
);

it('becomes the row of its last state, in any order and however often', async () => {
  const contact = { kind: 'phone' as const, value: '+442079460018' };
  const lead = {
    kind: 'contact' as const,
    provider: 'csv',
    contact,
    identities: [contact],
    thing_key: 'lead',
    observation_key: 'lead',
    observed_at: START,
    stated: { full_name: 'Ana' },
  };
  const last = polled(states.length - 1, 0.999, true);
  const several = fc
    .array(sighting, { maxLength: 8 })
    .chain((some) => fc.shuffledSubarray([...some, ...some, last], { minLength: 1 }))
    .filter((some) => some.includes(last));
  await fc.assert(
    fc.asyncProperty(several, fc.boolean(), async (events, isKnown) => {
      const house = await openSmallHouse();
      if (isKnown) await writeFacts(house.db, [lead], config);
      for (const event of events)
        await writeFacts(house.db, await readEvent(aircall, event, now, env), config);
      if (!isKnown) await writeFacts(house.db, [lead], config);
      const { results } = await house.db
        .prepare('select started_at, completed_at, duration_s, class, recorded from calls')
        .all();
      house.close();
      expect(results).toEqual([
        {
          started_at: START + 1000,
          completed_at: START + MINUTE,
          duration_s: 60,
          class: 'done',
          recorded: 1,
        },
      ]);
    }),
    { numRuns: process.env.FULL ? 2000 : 40 },
  );
});
