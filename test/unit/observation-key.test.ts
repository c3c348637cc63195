/**
 * When a row says something new: what it says is understood otherwise, or is said of another
 * instant (F1, G6).
 */
import { expect, it } from 'vitest';
import { observationOf } from './rows.ts';

const sale = {
  contact: 'a@b.c',
  product: 'Course',
  amount: '1.500',
  currency: 'KWD',
  purchased_at: '04/10/2025',
};
const keyOf = (row: object, context: Parameters<typeof observationOf>[2] = {}) =>
  observationOf('purchases', { ...sale, ...row }, { formats: { dates: 'M/D/YYYY' }, ...context })
    .observation_key;

it('is the same row again, however it is written', () => {
  expect(keyOf({})).toBe(keyOf({ amount: ' 1.500 ', currency: 'KWD' }));
});

it('is another once the map is corrected', () => {
  expect(keyOf({}, { formats: { dates: 'D/M/YYYY' } })).not.toBe(keyOf({}));
  expect(keyOf({}, { formats: { dates: 'M/D/YYYY', decimal: ',' } })).not.toBe(keyOf({}));
});

it('is another for another --observed-at, unless the row states its own instant', () => {
  const at = (observedAt: number) => ({ observedAt });
  expect(keyOf({}, at(1_770_000_000_000))).not.toBe(keyOf({}, at(1_771_000_000_000)));
  expect(keyOf({}, at(1_770_000_000_000))).toBe(keyOf({}, at(1_770_000_000_000)));
  const own = { observed_at: '04/11/2025' };
  expect(keyOf(own, at(1_770_000_000_000))).toBe(keyOf(own, at(1_771_000_000_000)));
});
