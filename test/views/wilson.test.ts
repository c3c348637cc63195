/**
 * The interval of every rate (R1) against published figures: Newcombe, Statistics in Medicine 17
 * (1998), table I, method 3.
 */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { expandMacros } from '../../sql/macros.ts';

const db = new DatabaseSync(':memory:');
const bounds = (n: number, d: number) =>
  db
    .prepare(
      expandMacros(
        `select {{rate_lo(n, d)}} as lo, {{rate_hi(n, d)}} as hi from (select ${n} as n, ${d} ` +
          'as d)',
        'sqlite',
      ),
    )
    .get() as { lo: number | null; hi: number | null };

describe('the 95 % interval of a rate', () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is %d to %d', (n, d, lo, hi) => {
    const found = bounds(n, d);
    expect(found.lo).toBeCloseTo(lo, 4);
    expect(found.hi).toBeCloseTo(hi, 4);
  });

  it('is nothing over nothing, and never leaves 0 to 1', () => {
    expect(bounds(0, 0)).toEqual({ lo: null, hi: null });
    expect(bounds(5, 5).hi).toBeLessThanOrEqual(1);
    expect(bounds(0, 1).lo).toBeGreaterThanOrEqual(0);
  });
});
