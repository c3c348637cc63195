import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPassages,
  addState,
  type Chain,
  emptyChain,
} from '../../core/attribution/absorbing-chain.ts';
import { removalEffects } from '../../core/attribution/markov.ts';
import { sentAvoiding } from '../../core/attribution/passages.ts';
import type { Path } from '../../core/attribution/path.ts';
import { convertedAvoiding } from '../../core/attribution/state-elimination.ts';
import { randomFrom } from '../../core/statistics/random.ts';

const path = (text: string, conversions: number, non_conversions = 0): Path => ({
  channels: text === '' ? [] : text.split(' '),
  conversions,
  non_conversions,
  value: 0,
});

/** Effects rounded to twelve digits, so that a third is a third. */
const effects = (paths: Path[], order: 1 | 2) =>
  Object.fromEntries(
    [...removalEffects(paths, order)].map(([channel, effect]) => [
      channel,
      Number(effect.toFixed(12)),
    ]),
  );

const anyPath = fc.record({
  channels: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 8 }),
  conversions: fc.nat(4),
  non_conversions: fc.nat(4),
  value: fc.constant(0),
});

describe('removal effects (R8d)', () => {
  it('of three states are those solved by hand', () => {
    // a b c converts; a alone and b c do not. start→a 2/3, start→b 1/3; a→b 1/2, else null; b→c;
    // c→conversion 1/2. P = (2/3·1/2 + 1/3)·1/2 = 1/3. Without a: 1/3·1/2 = 1/6, half is lost.
    // Without b, or without c: nothing converts.
    const paths = [path('a b c', 1), path('a', 0, 1), path('b c', 0, 1)];
    expect(effects(paths, 1)).toEqual({ a: 0.5, b: 1, c: 1 });
  });

  it('pass over self-touches and go round cycles', () => {
    // start→a 3/4, start→b 1/4. a→b 3/5, a→conversion 1/5, a→null 1/5; b→conversion 1/2, b→a 1/2.
    // A = (3B + 1)/5 and B = (1 + A)/2 give A = 5/7, B = 6/7 and P = (3·5/7 + 6/7)/4 = 3/4.
    // Without a: 1/4·1/2 = 1/8, 5/6 lost. Without b: 3/4·1/5 = 3/20, 4/5 lost.
    const paths = [path('a a b', 2), path('b a', 0, 1), path('a b a', 1)];
    expect(effects(paths, 1)).toEqual({ a: Number((5 / 6).toFixed(12)), b: 0.8 });
  });

  it('of order 2 remember the channel before', () => {
    // Of order 1 all who reach b convert by half, whether from a or from d. Of order 2 only those
    // from a do.
    const paths = [path('a b', 1), path('d b', 0, 1)];
    expect(effects(paths, 1)).toEqual({ a: 0.5, b: 1, d: 0.5 });
    expect(effects(paths, 2)).toEqual({ a: 1, b: 1, d: 0 });
  });

  it.each([1, 2] as const)(
    'of order %i are whole for one channel, and zero where nothing converted',
    (order) => {
      expect(effects([path('a', 3, 9), path('a a a a', 1)], order)).toEqual({ a: 1 });
      expect(effects([path('a b', 0, 3), path('b', 0, 0)], order)).toEqual({ a: 0, b: 0 });
      expect(effects([], order)).toEqual({});
      expect(effects([path('', 7, 2)], order)).toEqual({});
    },
  );

  it('are exactly zero for a channel that never leads to a conversion', () => {
    expect(effects([path('a b', 7, 3), path('c', 0, 11), path('a d', 0, 5)], 1)).toEqual({
      a: 1,
      b: 1,
      c: 0,
      d: 0,
    });
  });

  it('take counts as they are', () => {
    const once = [path('a b', 1, 2), path('b', 1, 1), path('a', 0, 4)];
    const times = once.map((one) => ({
      ...one,
      conversions: one.conversions * 1e9,
      non_conversions: one.non_conversions * 1e9,
    }));
    const repeated = [...once, ...once, ...once];
    expect(effects(times, 1)).toEqual(effects(once, 1));
    expect(effects(repeated, 2)).toEqual(effects(once, 2));
  });

  it.each([1, 2] as const)('of order %i lie between 0 and 1, whatever the paths', (order) => {
    fc.assert(
      fc.property(fc.array(anyPath, { maxLength: 12 }), (paths) => {
        for (const effect of removalEffects(paths, order).values()) {
          expect(effect).toBeGreaterThanOrEqual(0);
          expect(effect).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it.each([1, 2] as const)(
    'of order %i lose all that a channel on every converting path carries',
    (order) => {
      fc.assert(
        fc.property(fc.array(anyPath, { minLength: 1, maxLength: 12 }), (paths) => {
          const through = paths.map((one) => ({ ...one, channels: [...one.channels, 'z'] }));
          const converts = through.some(({ conversions }) => conversions > 0);
          expect(removalEffects(through, order).get('z')).toBe(converts ? 1 : 0);
        }),
      );
    },
  );

  it.each([1, 2] as const)('of order %i hold for 5,000 touches in one path', (order) => {
    const channels = Array.from({ length: 5_000 }, (_, i) => `c${(i * i) % 37}`);
    const found = removalEffects([path('c0 c1', 3, 2), { ...path('', 2, 1), channels }], order);
    expect(found.size).toBe(new Set(channels).size);
    for (const effect of found.values()) expect(effect > 0 && effect <= 1).toBe(true);
  });

  it('of order 2 are soon found where one very long path stands among many short ones', () => {
    const next = randomFrom(4);
    const short = Array.from({ length: 2_000 }, () =>
      path(Array.from({ length: 6 }, () => `c${Math.floor(60 * next())}`).join(' '), 1, 1),
    );
    const long = path(Array.from({ length: 5_000 }, (_, i) => 'xy'[i % 2]).join(' '), 1, 1);
    const found = removalEffects([...short, long], 2);
    // Nobody else meets x or y, so that without them its one conversion is lost.
    for (const channel of ['x', 'y']) expect(found.get(channel)).toBeCloseTo(1 / 2_001, 12);
  });
});

describe('an absorbing chain', () => {
  /** A chain of `size` states in groups of at most three, with an end at each state. */
  const anyChain = fc.integer({ min: 1, max: 9 }).chain((size) =>
    fc.record({
      ends: fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 5 })), {
        minLength: size,
        maxLength: size,
      }),
      ways: fc.array(fc.tuple(fc.nat(size), fc.nat(size - 1), fc.integer({ min: 1, max: 9 })), {
        maxLength: 40,
      }),
      direct: fc.nat(3),
    }),
  );

  it('is solved alike by elimination and by sending passages through it', () => {
    fc.assert(
      fc.property(anyChain, ({ ends, ways, direct }) => {
        const chain: Chain = emptyChain();
        for (const [convert, leave] of ends)
          Object.assign(chain.states[addState(chain)]!, { convert, leave });
        for (const [from, to, weight] of ways)
          addPassages(chain, from === ends.length ? undefined : from, to, weight);
        chain.start.convert = direct;
        const groups = ends.flatMap((_, state) =>
          state % 3 === 0 ? [[state, state + 1, state + 2]] : [],
        );
        const own = groups.map((group) => group.filter((state) => state < ends.length));
        const exact = convertedAvoiding(chain, own);
        sentAvoiding(chain, own).forEach((weight, i) => {
          expect(weight).toBeCloseTo(exact[i]!, 10);
        });
      }),
    );
  });
});
