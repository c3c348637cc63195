/** Money as integer minor units of an ISO currency (F9). */
import { excerpt } from './characters.ts';
import { type DecimalMark, hasOtherMark, otherMark, plainDigits, writtenAmount } from './number.ts';

const exponents = new Map<string, number | undefined>();

/**
 * Digits after the decimal mark of an ISO 4217 currency (2 for USD, 0 for JPY, 3 for KWD);
 * undefined for an unknown code.
 */
export function currencyExponent(currency: string): number | undefined {
  if (!exponents.has(currency)) {
    const known =
      /^[A-Z]{3}$/.test(currency) && Intl.supportedValuesOf('currency').includes(currency);
    exponents.set(
      currency,
      known
        ? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
            .maximumFractionDigits
        : undefined,
    );
  }
  return exponents.get(currency);
}

const signs = new Map<string, Set<string>>();

/**
 * Names of a currency beside an amount, in capitals: USD, $ and US$ for USD. A sign may mean
 * several currencies.
 */
function namesOf(currency = ''): Set<string> {
  let names = signs.get(currency);
  if (!names) {
    if (currencyExponent(currency) === undefined) return new Set();
    const shown = (['symbol', 'narrowSymbol'] as const).map(
      (currencyDisplay) =>
        new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay })
          .formatToParts(0)
          .find(({ type }) => type === 'currency')!.value,
    );
    const own = shown[1] === '$' ? [`${currency.slice(0, 2)}$`] : [];
    names = new Set([currency, ...shown, ...own].map(bare));
    signs.set(currency, names);
  }
  return names;
}

/** In capitals, and ￥ as ¥. */
const bare = (name: string): string => name.normalize('NFKC').toUpperCase();

/**
 * Minor units of a plain decimal; undefined if it has more decimals than `exponent`, or is too
 * large to be exact.
 */
export function minorUnits(decimal: string, exponent: number): number | undefined {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (whole === undefined || fraction.length > exponent) return undefined;
  const minor = Number(`${whole}${fraction.padEnd(exponent, '0')}`);
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/** The setting for the other decimal mark, as an error suggests it. */
const setting = (mark: DecimalMark): string =>
  `add "formats": {"decimal": "${otherMark(mark)}"} to MAP.json`;

/** Why `text` is not a number under `mark`; `wanted` describes a valid one. */
export const notANumber = (text: string, mark: DecimalMark, wanted: string): string =>
  hasOtherMark(text, mark)
    ? `"${excerpt(text)}" is not ${wanted} with the decimal mark "${mark}"; ` +
      `if its mark is "${otherMark(mark)}", ${setting(mark)}`
    : `"${excerpt(text)}" is not ${wanted}`;

/**
 * A plain decimal from an amount of `currency` (undefined if unknown): `$1,234.50`, `(12.00)`,
 * `USD -12.00`, or `1.234,50 €` with the mark ','. Else the error: it cannot be read in exactly one
 * way, names another currency, has more decimals than the currency, or is too large.
 */
export function readMoney(
  text: string,
  mark: DecimalMark,
  currency: string | undefined,
): { value?: string; error?: string } {
  const stated = `"${excerpt(text)}"`;
  const written = writtenAmount(text);
  const plain = written && plainDigits(written.digits, mark);
  if (!plain) return { error: notANumber(text, mark, 'an amount such as 1234.50') };
  const exponent = currencyExponent(currency ?? '') ?? 2;
  const stranger = written.units.find((unit) => !namesOf(currency).has(bare(unit)));
  if (stranger)
    return {
      error: currency
        ? `${stated} is not in ${currency}, the currency of its row`
        : `${stated} names a currency; set HOUSE_CURRENCY, so that it can be compared`,
    };
  const fraction = plain.split('.')[1] ?? '';
  if (fraction.length > exponent) {
    const isGrouped = plainDigits(written.digits, otherMark(mark)) !== undefined;
    const hint = isGrouped ? `; if "${mark}" separates thousands, ${setting(mark)}` : '';
    return {
      error: `${stated} has more than the ${exponent} decimals of ${currency ?? 'money'}${hint}`,
    };
  }
  if (minorUnits(plain, exponent) === undefined) return { error: `${stated} is too large` };
  return { value: written.isNegative ? `-${plain}` : plain };
}
