/**
 * An amount that is written in any way is read back as itself, or refused: never as another amount
 * (F9).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { currencyExponent, minorUnits, readMoney } from '../../core/money.ts';

const RUNS = process.env.FULL ? 200_000 : 3_000;

const currencies = ['EUR', 'USD', 'JPY', 'KWD', 'CHF', 'INR'];
const locales = [
  'en-US',
  'de-DE',
  'de-CH',
  'fr-FR',
  'en-IN',
  'sv-SE',
  'pt-BR',
  'ar-EG',
  'he-IL',
  'ja',
];

const markOf = (locale: string) =>
  new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')!.value;

/**
 * Programs of many countries: their marks, groups, signs and places, with the decimals of the
 * currency or more. The reader is told either mark; of three decimals, which look like a group, the
 * right one.
 */
const written = fc
  .record({
    currency: fc.constantFrom(...currencies),
    minor: fc.integer({ min: -1e12, max: 1e12 }),
    locale: fc.constantFrom(...locales),
    useGrouping: fc.boolean(),
    currencyDisplay: fc.constantFrom('symbol', 'narrowSymbol', 'code'),
    currencySign: fc.constantFrom('standard', 'accounting'),
    style: fc.constantFrom('currency', 'decimal'),
    minimumFractionDigits: fc.integer({ min: 0, max: 3 }),
    mark: fc.constantFrom('.', ','),
  })
  .map(({ currency, minor, locale, mark, ...format }) => {
    const digits = currencyExponent(currency)!;
    const maximumFractionDigits = Math.max(digits, format.minimumFractionDigits);
    const text = new Intl.NumberFormat(locale, {
      ...(format as Intl.NumberFormatOptions),
      currency,
      maximumFractionDigits,
    }).format(minor / 10 ** digits);
    const told = maximumFractionDigits === 3 ? markOf(locale) : mark;
    return { currency, minor, mark: told === ',' ? ',' : '.', text } as const;
  });

it('is itself or refused, whoever writes it', () => {
  let readBack = 0;
  fc.assert(
    fc.property(written, (amount) => {
      const { value } = readMoney(amount.text, amount.mark, amount.currency);
      if (value === undefined) return;
      readBack += 1;
      const minor = minorUnits(value, currencyExponent(amount.currency)!);
      expect(minor, `${amount.text} with the mark ${amount.mark}`).toBe(amount.minor);
    }),
    { numRuns: RUNS, seed: 9 },
  );
  expect(readBack).toBeGreaterThan(RUNS / 5);
});
