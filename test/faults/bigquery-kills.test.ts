/**
 * A publish to BigQuery killed before and after each of its requests, landing late, and racing
 * another (V10).
 */
import { expect, it } from 'vitest';
import { BigQueryPlace } from './bigquery-place.ts';
import { Views } from './bigquery-views.ts';
import {
  survivesEveryKill,
  survivesFailedLoads,
  survivesKillsOfGrowth,
  survivesKillsOfStale,
  survivesKillsOfTheFirst,
} from './kills.ts';
import { PAIR, PIECES, type Size, SMALL } from './nights.ts';
import {
  bearsWhatLandsLate,
  doesOnceWhatWasLost,
  settlesAlternation,
  settlesEveryRace,
} from './races.ts';
import { seedsOf } from './schedules.ts';
import { withGoogle } from './stand-in.ts';

/** How many requests lie between two kills; every one is killed in the full run. */
const STEP = process.env.FULL ? 1 : 11;

withGoogle('bigquery', (at) => {
  let made = 0;
  const place = (size: Size = PAIR) => {
    made += 1;
    return BigQueryPlace.make(at.google, at.edge, `place-${made}`, size);
  };

  it('shows readers one whole night after every request of a publish', async () => {
    const watched = await place(SMALL);
    watched.readers.views = new Views();
    for (let nights = 0; nights < 3; nights += 1) {
      const complaints: string[] = [];
      const line = await watched.line({
        after: async ({ n, path, writes }) => {
          if (writes)
            complaints.push(...(await watched.look()).map((said) => `${n} ${path}: ${said}`));
        },
      });
      await watched.publish(await watched.next(), line);
      expect(complaints).toEqual([]);
    }
    expect(watched.shown).toEqual(['', 'run-of-night-1', 'run-of-night-2', 'run-of-night-3']);
  });

  it('killed at any request leaves one whole night; the next run or retry recovers', async () => {
    expect(await survivesEveryKill(await place(), STEP)).toBeGreaterThan(3);
  });

  it('so does a publish whose tables are uploaded in pieces', async () => {
    expect(await survivesEveryKill(await place(PIECES), process.env.FULL ? 1 : 15)).toBeGreaterThan(
      2,
    );
  });

  it('keeps the night before when a load fails, and loads under another id next time', async () => {
    expect(await survivesFailedLoads(await place())).toBeGreaterThan(2);
  });

  it('the first publish of all, killed at any request, shows nothing or all of it', async () => {
    await survivesKillsOfTheFirst(place, process.env.FULL ? 1 : 11);
  });

  // Without ZetaSQL the double cannot tell that a view's own query has changed its columns.
  it.skipIf(!process.env.ZETASQL)(
    'killed while it appends a column, it shows the night before or all of the new one',
    async () => {
      const views = new Views();
      const watched = async () => {
        const one = await place();
        one.readers.views = views;
        return one;
      };
      await survivesKillsOfGrowth(watched, 2 * STEP);
    },
  );

  it('a stale mark killed at any request stands for all marts, or for none', async () => {
    expect(await survivesKillsOfStale(await place())).toBeGreaterThan(3);
  });

  it('bears what lands after a newer night', async () => {
    expect((await bearsWhatLandsLate(place, false)).length).toBeGreaterThan(2);
    expect((await bearsWhatLandsLate(place, true)).length).toBeGreaterThan(2);
  });

  it('does once what was taken for lost and lands while the same publish goes on', async () => {
    for (const later of process.env.FULL ? [1, 2, 3] : [2])
      await doesOnceWhatWasLost(await place(), later, STEP);
  });

  it('of two publishes that meet at any request, one goes live, the other says so', async () => {
    for (const isFirst of [false, true])
      expect(await settlesEveryRace(place, isFirst, isFirst ? 2 * STEP : STEP)).toBeGreaterThan(0);
  });

  it('two publishes whose requests alternate in any order never mix', async () => {
    let one = await place();
    for (const seed of seedsOf(100, 4)) {
      if (seed % 4 === 0) one = await place();
      await settlesAlternation(one, seed);
    }
  });
});

withGoogle(
  'bigquery without billing',
  (at) => {
    it('killed at any request leaves one whole night; the next run or retry recovers', async () => {
      const place = await BigQueryPlace.make(at.google, at.edge, 'no-billing', PAIR);
      expect(await survivesEveryKill(place, process.env.FULL ? 1 : 9)).toBeGreaterThan(3);
    });
  },
  ['--sandbox'],
);
