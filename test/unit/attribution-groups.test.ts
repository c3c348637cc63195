/**
 * A month's shares under the models that learn from paths, by hand, and how sure they are (R8b,
 * R8d).
 */
import { describe, expect, it } from 'vitest';
import {
  type GroupedPath,
  groupIntervals,
  groupShares,
} from '../../core/attribution/group-shares.ts';
import { randomFrom } from '../../core/statistics/random.ts';

const path = (
  group: string,
  channels: string[],
  conversions: number,
  value: number,
  non_conversions = 0,
): GroupedPath => ({
  group,
  channels,
  conversions,
  non_conversions,
  value,
});

// The effects are a 1/2, b 1 and c 1: a > b > c bought, a alone and b > c did not.
const paths = [
  path('may', ['a', 'b', 'c'], 1, 900),
  path('none', ['a'], 0, 0, 1),
  path('none', ['b', 'c'], 0, 0, 1),
];
const plain = (shares: Map<string, Map<string, number>>) =>
  Object.fromEntries([...shares].map(([group, channels]) => [group, Object.fromEntries(channels)]));

describe('the shares of a group', () => {
  it('are those of its conversions, each along its own path', () => {
    expect(plain(groupShares(paths, 'markov_1'))).toEqual({ may: { a: 0.2, b: 0.4, c: 0.4 } });
    expect(plain(groupShares(paths, 'shapley'))).toEqual({ may: { a: 1 / 3, b: 1 / 3, c: 1 / 3 } });
  });

  it('are of the value, or of the conversions if there is none; untouched ones stand apart', () => {
    const two = [
      path('may', ['a', 'a', 'b'], 1, 300),
      path('may', [], 2, 900),
      path('june', ['a'], 3, 0),
      path('june', [], 1, 0),
    ];
    expect(plain(groupShares(two, 'shapley'))).toEqual({
      may: { a: 0.125, b: 0.125, unattributed: 0.75 },
      june: { a: 0.75, unattributed: 0.25 },
    });
  });
});

describe('their intervals', () => {
  const many = [
    path('may', ['a', 'b'], 60, 0, 500),
    path('may', ['b'], 40, 0, 900),
    path('june', ['c'], 1, 50, 70),
    path('none', ['d'], 0, 0, 9),
  ];

  it.each(['markov_1', 'shapley'] as const)(
    'of %s are the same from the same seed, and hold the share',
    (model) => {
      const found = groupIntervals(many, model, 100, randomFrom(3));
      expect(groupIntervals(many, model, 100, randomFrom(3))).toEqual(found);
      for (const [group, shares] of groupShares(many, model))
        for (const [channel, share] of shares) {
          const { share_lo, share_hi } = found.get(group)!.get(channel)!;
          expect(share_lo).toBeLessThanOrEqual(share);
          expect(share_hi).toBeGreaterThanOrEqual(share);
        }
      expect(found.get('june')).toEqual(new Map([['c', { share_lo: 1, share_hi: 1 }]]));
      expect([...found.keys()]).toEqual(['may', 'june']);
    },
  );

  it('are as wide as chance makes them', () => {
    // Of 100 conversions 60 go half to a: 30 %, with a standard error of 2.4 %.
    const { share_lo, share_hi } = groupIntervals(many, 'shapley', 400, randomFrom(1))
      .get('may')!
      .get('a')!;
    expect(share_lo).toBeGreaterThan(0.22);
    expect(share_lo).toBeLessThan(0.28);
    expect(share_hi).toBeGreaterThan(0.32);
    expect(share_hi).toBeLessThan(0.38);
  });
});
