/**
 * A published share lies within its own interval, although credit is cut to minor units and draws
 * are not.
 */
import { expect, it } from 'vitest';
import { randomAsOf as as_of, randomHouse } from './random-house.ts';

it('holds every share that has an interval', () => {
  let held = 0;
  for (let seed = 1; seed <= 4; seed++) {
    const rows = randomHouse(40, seed).query(
      'select share, share_lo, share_hi from attribution_summary where share_lo is not null and ' +
        'share is not null',
      { as_of },
    );
    held += rows.length;
    for (const { share, share_lo, share_hi } of rows)
      expect([share_lo, share, share_hi].map(Number)).toEqual(
        [share_lo, share, share_hi].map(Number).sort((a, b) => a - b),
      );
  }
  expect(held).toBeGreaterThan(0);
});
