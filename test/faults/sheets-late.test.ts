/** Requests to Sheets that land late, after another publish, and two publishes at once (V9). */
import { expect, it } from 'vitest';
import { LARGE, SMALL, STAGED } from './nights.ts';
import {
  bearsWhatLandsLate,
  doesOnceWhatWasLost,
  settlesAlternation,
  settlesEveryRace,
} from './races.ts';
import { seedsOf } from './schedules.ts';
import { Spreadsheets } from './sheets-place.ts';
import { withGoogle } from './stand-in.ts';

/** How many requests of a longer publish lie between two strikes; none in the full run. */
const STEP = process.env.FULL ? 1 : 5;
/** What Google answers to a batch that was built on a fence that is gone. */
const REFUSED = 400;

withGoogle('sheets', (at) => {
  const sheets = (size = SMALL) => new Spreadsheets(at.google, at.edge, size);
  const areAllRefused = (statuses: (number | null)[]) =>
    expect(new Set(statuses)).toEqual(new Set([REFUSED]));

  it('refuses every request of a dead publish that lands after a newer night', async () => {
    const small = sheets();
    for (const isFirst of [false, true])
      areAllRefused(await bearsWhatLandsLate(() => small.place(), isFirst));
  });

  it.each([STAGED, ...(process.env.FULL ? [LARGE] : [])])(
    'refuses the staged parts of a dead publish as well',
    async (size) => {
      const large = sheets(size);
      const statuses = await bearsWhatLandsLate(() => large.place(), false);
      expect(statuses.length).toBeGreaterThan(2);
      areAllRefused(statuses);
      // Before there is a fence the first one may be made once more, hidden, and the next publish
      // clears it away.
      if (size === STAGED) await bearsWhatLandsLate(() => large.place(), true);
    },
  );

  it.each([
    ['small', SMALL, 1],
    ['staged', STAGED, STEP],
  ])(
    'does once what was taken for lost and lands while the same publish, %s, goes on',
    async (_, size, step) => {
      const own = sheets(size);
      for (const later of process.env.FULL ? [1, 2, 3, 4] : [2])
        await doesOnceWhatWasLost(await own.place(), later, step);
    },
  );

  it.each([
    ['small', SMALL, 1],
    ['staged', STAGED, STEP],
  ])(
    'of two publishes, %s, one overtaken at any request, one is published and the other says so',
    async (_, size, step) => {
      const own = sheets(size);
      for (const isFirst of [false, true])
        expect(await settlesEveryRace(() => own.place(), isFirst, step)).toBeGreaterThan(0);
    },
  );

  it('two publishes whose requests alternate in any order never mix', async () => {
    for (const size of [SMALL, STAGED]) {
      const own = sheets(size);
      let one = await own.place();
      for (const seed of seedsOf(100, 4)) {
        if (seed % 3 === 0) one = await own.place();
        await settlesAlternation(one, seed);
      }
    }
  });
});
