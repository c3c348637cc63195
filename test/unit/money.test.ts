import { describe, expect, it } from 'vitest';
import { currencyExponent, minorUnits } from '../../core/money.ts';

describe('money (F9)', () => {
  it.each([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['EUR', 2],
    ['usd', undefined],
    ['ZZZ', undefined],
    ['', undefined],
  ])('%s has %s digits', (currency, digits) =>
    expect(currencyExponent(currency as string)).toBe(digits),
  );

  it.each([
    ['1.05', 2, 105],
    ['-1.05', 2, -105],
    ['0.1', 0, undefined],
    ['1.005', 2, undefined],
    ['90071992547409.91', 2, 9_007_199_254_740_991],
    ['90071992547409.92', 2, undefined],
    ['0.5', 3, 500],
    ['-0', 2, 0],
  ])('%s at %i digits is %s', (text, exponent, minor) =>
    expect(minorUnits(text, exponent)).toBe(minor),
  );
});
