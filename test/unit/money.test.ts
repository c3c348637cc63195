import { describe, expect, it } from 'vitest';
import { currencyExponent, minorUnits } from '../../core/money.ts';
import { parsePhone } from '../../core/phone.ts';

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

describe('a phone (P1)', () => {
  it.each([
    ['0412 345 678', 'AU', '+61412345678'],
    ['+1 (415) 555-0100', 'AU', '+14155550100'],
    ['0033 1 23 45 67 89', 'US', '+33123456789'],
    ['12', 'US', undefined],
    ['hello', 'US', undefined],
  ])('%s in %s is %s', (text, country, e164) => expect(parsePhone(text, country)).toBe(e164));
});
