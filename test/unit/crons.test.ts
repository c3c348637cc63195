/** The clock of the local house: what it can read fires when it is due, and what it cannot is never taken for quiet. */
import { expect, it } from 'vitest';
import { cronsOfHouse, isDue, isReadable } from '../../cli/house/crons.ts';

it.each([
  ['30 1 * * *', true],
  ['0 * * * *', true],
  ['* * * * *', true],
  ['5 4 31 12 *', true],
  ['*/15 * * * *', false],
  ['0,30 * * * *', false],
  ['0 9-17 * * *', false],
  ['0 1 * * MON', false],
  ['0 1 * * 1', false],
  ['60 * * * *', false],
  ['0 24 * * *', false],
  ['0 0 0 * *', false],
  ['0 1 * *', false],
  ['@daily', false],
  ['', false],
])('%s can be read: %s', (cron, readable) => {
  expect(isReadable(cron)).toBe(readable);
});

it('reads the crons of every Worker', () => {
  expect(cronsOfHouse().map(({ worker }) => worker)).toEqual(['engine', 'export']);
});

it('fires at the minute, in UTC', () => {
  const at = Date.UTC(2026, 10, 30, 1, 30, 59);
  expect([isDue('30 1 * * *', at), isDue('30 1 * * *', at + 60_000)]).toEqual([true, false]);
  expect([isDue('* * 30 11 *', at), isDue('* * 29 11 *', at)]).toEqual([true, false]);
});
