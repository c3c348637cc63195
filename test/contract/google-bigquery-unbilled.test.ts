/**
 * A project without billing: no DML, no streaming, and everything expires after 60 days unless it
 * is renewed.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { type BigQueryPlace, bigQueryPlace } from './bigquery-place.ts';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from './tables.ts';

const BEGAN = Date.UTC(2026, 5, 1);

describe.skipIf(!sandboxIsHere)(
  `bigquery without billing${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    let place: BigQueryPlace;
    let day = 0;
    /** The double's clock and the house's move together. */
    const sleepFor = async (days: number) => {
      day += days;
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * DAY });
      await google.control('POST', '/__clock', { advanceMs: days * DAY });
    };
    const publish = (night: string) =>
      place.publish(run(BEGAN + day * DAY, { run_id: night }), [
        table(everyType, rowsOfEveryType, night),
        table(tiny, [['one'], [night]], night),
      ]);
    const daysLeft = async () =>
      [...(await place.tables()).values()].map(
        ({ expirationTime }) => (Number(expirationTime) - Date.now()) / DAY,
      );

    beforeAll(async () => {
      google = await startGoogleSandbox(['--sandbox']);
      place = await bigQueryPlace(google, 'house');
    });
    afterAll(() => {
      vi.useRealTimers();
      google?.close();
    });

    it('publishes with load jobs alone', async () => {
      const before = await place.mark();
      await publish('first');
      const asked = (await place.writes(before)).map(
        ({ method, path }) => `${method} ${path.split('/').at(-1)}`,
      );
      expect(new Set(asked)).toEqual(
        new Set(['POST tables', 'PATCH every_type', 'PATCH tiny', 'POST jobs']),
      );
      expect(await daysLeft()).toHaveLength(7);
    });

    it('writes nothing for the same run on the same day', async () => {
      const before = await place.mark();
      await publish('first');
      expect(await place.writes(before)).toEqual([]);
    });

    it('moves every expiry ahead at night, so that a house lives for years', async () => {
      for (let night = 1; night <= 9; night += 1) {
        await sleepFor(20);
        await publish(`night ${night}`);
        const left = await daysLeft();
        expect(Math.min(...left)).toBeGreaterThan(58);
        expect(Math.max(...left)).toBeLessThan(60);
      }
      expect((await place.seen('tiny')).map(({ word }) => word)).toEqual(['one', 'night 9']);
    });

    it('says that it is stale without letting it expire', async () => {
      await sleepFor(30);
      await place.markStale({ house_id: 'acme', since: Date.now(), reason: 'a check failed' });
      const current = (await place.tables()).get('current_run')!;
      expect((Number(current.expirationTime) - Date.now()) / DAY).toBeGreaterThan(58);
    });

    it('begins anew where the house slept until everything had expired', async () => {
      await sleepFor(70);
      expect((await place.tables()).size).toBe(0);
      await publish('awake');
      expect((await place.seen('tiny')).map(({ word }) => word)).toEqual(['one', 'awake']);
    });

    it('has sent nothing that such a project refuses', async () => {
      const refused = (await google.journal()).filter(({ errors }) => errors.length);
      // After the long sleep the first job ids are those of the first night: taken, and passed by.
      expect(refused.filter(({ status }) => status !== 409)).toEqual([]);
    });
  },
);
