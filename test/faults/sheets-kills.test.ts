/** A publish to Sheets killed before and after each of its requests (V9). */
import { expect, it } from 'vitest';
import {
  survivesEveryKill,
  survivesKillsOfGrowth,
  survivesKillsOfStale,
  survivesKillsOfTheFirst,
} from './kills.ts';
import { LARGE, SMALL, STAGED } from './nights.ts';
import { Spreadsheets } from './sheets-place.ts';
import { withGoogle } from './stand-in.ts';

/** How many requests of a longer publish lie between two kills; none in the full run. */
const STEP = process.env.FULL ? 1 : 5;

withGoogle('sheets', (at) => {
  const sheets = (size = SMALL) => new Spreadsheets(at.google, at.edge, size);

  it('a small publish killed at any request leaves one whole night, then recovers', async () => {
    expect(await survivesEveryKill(await sheets().place())).toBeGreaterThan(6);
  });

  it('so does a publish that is staged through the fence', async () => {
    expect(await survivesEveryKill(await sheets(STAGED).place(), STEP)).toBeGreaterThan(3);
  });

  it.runIf(process.env.FULL)('and one of more than Google takes at once', async () => {
    expect(await survivesEveryKill(await sheets(LARGE).place(), 2)).toBeGreaterThan(6);
  });

  it.each([
    ['small', SMALL, 1],
    ['staged', STAGED, STEP],
  ])(
    'the first publish of all, %s, killed at any request, shows nothing or all of it',
    async (_, size, step) => {
      const own = sheets(size);
      await survivesKillsOfTheFirst(() => own.place(), step);
    },
  );

  it('a publish that adds a column, killed at any request, shows one whole night', async () => {
    const own = sheets();
    await survivesKillsOfGrowth(() => own.place(), STEP);
  });

  it('a stale mark killed at any request is on both stamp and pages, or on neither', async () => {
    expect(await survivesKillsOfStale(await sheets().place())).toBeGreaterThan(3);
  });
});
