import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Path } from '../../core/attribution/path.ts';
import { shapley } from '../../core/attribution/shapley.ts';

const names = ['a', 'b', 'c', 'd', 'e'];

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** Shapley's own definition over all subsets: Σ |S|!·(n−|S|−1)!/n! · (v(S with i) − v(S)). */
function bruteForce(paths: Path[], worth: (path: Path) => number): Map<string, number> {
  const v = (subset: string[]) =>
    paths.reduce(
      (sum, path) =>
        sum + (path.channels.every((channel) => subset.includes(channel)) ? worth(path) : 0),
      0,
    );
  const n = names.length;
  return new Map(
    names.map((name) => {
      const others = names.filter((other) => other !== name);
      let value = 0;
      for (let bits = 0; bits < 2 ** others.length; bits++) {
        const subset = others.filter((_, i) => (bits >> i) & 1);
        const chance = (factorial(subset.length) * factorial(n - subset.length - 1)) / factorial(n);
        value += chance * (v([...subset, name]) - v(subset));
      }
      return [name, value];
    }),
  );
}

const anyPath: fc.Arbitrary<Path> = fc.record({
  channels: fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 9 }),
  conversions: fc.nat(9),
  non_conversions: fc.nat(9),
  value: fc.integer({ min: -500, max: 500 }),
});

it('is what brute force over subsets gives, for conversions and for value', () => {
  fc.assert(
    fc.property(fc.array(anyPath, { maxLength: 10 }), (paths) => {
      const credits = new Map(shapley(paths).map((credit) => [credit.channel, credit]));
      for (const [channel, conversions] of bruteForce(paths, (path) => path.conversions))
        expect(credits.get(channel)?.conversions ?? 0).toBeCloseTo(conversions, 9);
      for (const [channel, value] of bruteForce(paths, (path) => path.value))
        expect(credits.get(channel)?.value ?? 0).toBeCloseTo(value, 9);
    }),
    { numRuns: 60 },
  );
});
