/**
 * Amounts as people and programs write them: every form is read as what it says, or refused (F9).
 */
import { describe, expect, it } from 'vitest';
import { readMoney } from '../../core/money.ts';
import { type DecimalMark, readNumber } from '../../core/number.ts';
import { observationOf, refusedFields } from './rows.ts';

const groupings = ['', ',', '.', ' ', '\u00a0', '\u202f', '\u2009', "'", '’'];
const decimals = ['.', ','] as const;
const minuses = ['-', '−', '–', '‐', '－'];
/** How a sign stands around an amount that may have a currency, and whether it is negative. */
const signings: [write: (amount: string) => string, isNegative: boolean][] = [
  [(amount) => amount, false],
  [(amount) => `+${amount}`, false],
  [(amount) => `(${amount})`, true],
  ...minuses.flatMap((minus): [(amount: string) => string, boolean][] => [
    [(amount) => `${minus}${amount}`, true],
    [(amount) => `${minus} ${amount}`, true],
    [(amount) => `${amount}${minus}`, true],
  ]),
];
const places: ((amount: string) => string)[] = [
  (amount) => amount,
  (amount) => `€${amount}`,
  (amount) => `€ ${amount}`,
  (amount) => `${amount} €`,
  (amount) => `${amount}\u00a0€`,
  (amount) => `EUR ${amount}`,
  (amount) => `${amount} eur`,
  (amount) => `€${amount} EUR`,
];

describe('an amount of 1234567.89 EUR', () => {
  it('is that in every form of grouping, decimal mark, sign and place of its currency', () => {
    for (const mark of decimals)
      for (const group of groupings.filter((grouping) => grouping !== mark))
        for (const [signed, isNegative] of signings)
          for (const placed of places) {
            const digits = `1${group}234${group}567${mark}89`;
            const value = isNegative ? '-1234567.89' : '1234567.89';
            for (const text of [signed(placed(digits)), placed(signed(digits))])
              expect(readMoney(text, mark, 'EUR'), text).toEqual({ value });
          }
  });

  it('is refused under the other mark, with the setting to paste', () => {
    for (const mark of decimals)
      for (const placed of places) {
        const other = mark === '.' ? ',' : '.';
        for (const digits of [`1234567${other}89`, `1${mark}234${mark}567${other}89`])
          expect(readMoney(placed(digits), mark, 'EUR').error, digits).toContain(
            `add "formats": {"decimal": "${other}"} to MAP.json`,
          );
      }
  });
});

describe('a number', () => {
  it.each<[string, DecimalMark, string | undefined]>([
    ['1,234', '.', '1234'],
    ['1.234', ',', '1234'],
    ['1,234', ',', '1.234'],
    ['110.7', ',', undefined],
    ['49,90', '.', undefined],
    ['0,123', '.', undefined],
    ['01,234', '.', undefined],
    ['1,00,000', '.', undefined],
    ['1234,567', '.', undefined],
    ['1,234,56', '.', undefined],
    ["1,234'567", '.', undefined],
    ['1 234\u00a0567', '.', undefined],
    ['1,234.5,6', '.', undefined],
    ['12.3.4', '.', undefined],
    ['.5', '.', '0.5'],
    ['5.', '.', undefined],
    ['007', '.', '007'],
    ['1e3', '.', undefined],
    ['0x10', '.', undefined],
    ['١٢٣', '.', undefined],
    ['１２', '.', undefined],
    ['12 %', '.', undefined],
    ['', '.', undefined],
    ['-', '.', undefined],
    ['.', '.', undefined],
    ['--5', '.', undefined],
    ['-5-', '.', undefined],
    ['(-5)', '.', undefined],
    ['()', '.', undefined],
    ['12(34)56', '.', undefined],
    ['5 €', '.', undefined],
    ['\u200e−5\ufeff', '.', '-5'],
    [`${'1'.repeat(61)}`, '.', undefined],
  ])('%j with the mark %s is %s', (text, mark, plain) =>
    expect(readNumber(text, mark)).toBe(plain),
  );
});

describe('the currency beside an amount', () => {
  it.each([
    ['$5', 'USD'],
    ['US$5', 'USD'],
    ['$5', 'AUD'],
    ['A$5', 'AUD'],
    ['AU$5', 'AUD'],
    ['kr 5', 'SEK'],
    ['5 zł', 'PLN'],
    ['R$5', 'BRL'],
    ['￥5', 'JPY'],
    ['chf 5', 'CHF'],
  ])('%s agrees with %s', (text, currency) =>
    expect(readMoney(text, '.', currency)).toEqual({ value: '5' }),
  );

  it.each([
    ['5 €', 'USD', 'is not in USD'],
    ['US$5', 'AUD', 'is not in AUD'],
    ['€5 USD', 'USD', 'is not in USD'],
    ['5 dollars', 'USD', 'is not an amount'],
    ['$5', undefined, 'set HOUSE_CURRENCY'],
    ['$5', 'XQX', 'is not in XQX'],
  ])('%s is refused in a row of %s', (text, currency, why) =>
    expect(readMoney(text, '.', currency).error).toContain(why),
  );
});

describe('more decimals than a currency has', () => {
  it.each([
    ['1200.50', 'JPY'],
    ['1200.00', 'JPY'],
    ['1.2345', 'KWD'],
    ['19.999', 'USD'],
    ['19.990', 'USD'],
    ['1.005', undefined],
  ])('%s %s is refused', (text, currency) =>
    expect(readMoney(text, '.', currency).error).toMatch(/has more than the \d decimals/),
  );

  it('may be thousands, which somebody has to say', () => {
    expect(readMoney('1.234', '.', 'EUR').error).toContain('"formats": {"decimal": ","}');
    expect(readMoney('1200.50', '.', 'JPY').error).not.toContain('formats');
  });
});

describe('a row', () => {
  const sale = { contact: 'a@b.c', purchased_at: '2026-02-01', product: 'Course' };
  const decimal = { formats: { decimal: ',' } } as const;

  it('is refused for an amount that says two things', () => {
    for (const amount of ['49,90', '12 €', '19.999', '90071992547409.92', 'much'])
      expect(refusedFields('purchases', { ...sale, amount }), amount).toEqual(['amount']);
    for (const deal_value of ['5,5', '€ 5', '1.005', '90071992547409.92'])
      expect(
        refusedFields('contacts', { email: 'a@b.c', observed_at: '2026-02-01', deal_value }),
        deal_value,
      ).toEqual(['deal_value']);
  });

  it('reads lengths, scores and counts as it reads money', () => {
    const call = { contact: 'a@b.c', started_at: '2026-02-01' };
    const secondsOf = (duration_s: unknown, formats = {}) =>
      observationOf('calls', { ...call, duration_s }, { formats }).stated.duration_s;
    expect([
      secondsOf('1,234'),
      secondsOf('12.0'),
      secondsOf(90),
      secondsOf('1.234', decimal.formats),
    ]).toEqual([1234, 12, 90, 1234]);
    for (const duration_s of ['1.000', '12.5', '90,5', '1e3', '5 $', true])
      expect(refusedFields('calls', { ...call, duration_s }), String(duration_s)).toEqual([
        'duration_s',
      ]);
    const person = { email: 'a@b.c', observed_at: '2026-02-01' };
    expect(refusedFields('contacts', { ...person, lead_score: '12,5' })).toEqual(['lead_score']);
    expect(
      observationOf('contacts', { ...person, lead_score: '12,5' }, decimal).stated,
    ).toMatchObject({ stated_lead_score: 12.5 });
  });

  it('has the decimal mark of JSON where it states a number, whatever its file writes', () => {
    expect(observationOf('purchases', { ...sale, amount: 12.5 }, decimal).stated.amount_minor).toBe(
      1250,
    );
    for (const amount of [0.1 + 0.2, 1e21, 1e-7])
      expect(refusedFields('purchases', { ...sale, amount })).toEqual(['amount']);
  });
});
