import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '../../core/attribution/allocate.ts';
import { rankSpread } from '../../core/attribution/ranks.ts';

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

describe('allocation by largest remainder (R8b)', () => {
  it.each([
    // 100/3 each: one cent over, ties by position.
    [100, [1, 1, 1], [34, 33, 33]],
    // 40, 6.67 three times, 40 of 100: two over, to the first two remainders of 0.67.
    [100, [120, 20, 20, 20, 120], [40, 7, 7, 6, 40]],
    // 1/6 of 7 is 1.17, 5/6 is 5.83: the greater remainder takes the one over.
    [7, [1, 5], [1, 6]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [0, [1, 2], [0, 0]],
    [1, [0, 1, 0], [0, 1, 0]],
    [3, [0, 0], [2, 1]],
    [5, [], []],
    [10, [0.25, 0.75], [3, 7]],
    [Number.MAX_SAFE_INTEGER, [1, 1], [4_503_599_627_370_496, 4_503_599_627_370_495]],
  ])('%i over %j is %j', (amount, weights, parts) => expect(allocate(amount, weights)).toEqual(parts));

  it('always sums to the whole, each part within one of its due', () => {
    const weights = fc.array(fc.oneof(fc.nat(1_000_000), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), weights, (amount, list) => {
        const parts = allocate(amount, list);
        expect(sum(parts)).toBe(amount);
        const all = sum(list);
        if (all > 0)
          parts.forEach((part, i) => {
            expect(Math.abs(part - (amount * list[i]!) / all)).toBeLessThan(1.01);
          });
      }),
    );
  });
});

describe('the spread of ranks over models', () => {
  it('is the worst place less the best, ties by name', () => {
    const models = [
      new Map([
        ['email', 5],
        ['call', 3],
        ['event', 3],
      ]),
      new Map([
        ['email', 1],
        ['call', 2],
        ['event', 9],
      ]),
    ];
    // email 1st and 3rd; call 2nd and 2nd; event 3rd and 1st.
    expect([...rankSpread(models)]).toEqual([
      ['email', 2],
      ['call', 0],
      ['event', 2],
    ]);
  });
});
