/** Money as integer minor units of an ISO currency (F9). */
const exponents = new Map<string, number | undefined>();

/** Digits after the decimal mark of an ISO 4217 currency (2 for USD, 0 for JPY, 3 for KWD); undefined for no such code. */
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

/** A plain decimal out of `1.234,50` or `$1,234.50`; undefined where the text is no number. */
export function parseDecimal(text: string, decimalMark: '.' | ',' = '.'): string | undefined {
  const group = decimalMark === '.' ? ',' : '.';
  const plain = text
    .replace(/[\s'\u00a0\p{Sc}]/gu, '')
    .replaceAll(group, '')
    .replace(decimalMark, '.');
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? plain : undefined;
}

/** Minor units of a plain decimal, rounded half away from zero on the decimal text itself, never through a float. */
export function minorUnits(decimal: string, exponent: number): number | undefined {
  const [, sign, whole, rest = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(decimal) ?? [];
  if (whole === undefined) return undefined;
  const digits = BigInt(`${whole || '0'}${rest.slice(0, exponent).padEnd(exponent, '0')}`);
  const minor = Number(digits + ((rest[exponent] ?? '0') >= '5' ? 1n : 0n));
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign === '-' && minor !== 0 ? -minor : minor;
}
