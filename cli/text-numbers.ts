/**
 * Numbers of one column as people write them: the same decimals in each row, and no more than are
 * useful.
 */

/** Decimals of money, and of every number from one up. */
const USUAL = 2;
/** Significant digits of a fraction below one. */
const DIGITS = 3;
const MOST = 6;

/**
 * Decimals that a number needs: two, or three significant digits below one; trailing zeros do not
 * count.
 */
function decimalsOf(value: number): number {
  const size = Math.abs(value);
  const most = size >= 1 ? USUAL : Math.min(MOST, DIGITS - 1 - Math.floor(Math.log10(size)));
  const [, fraction = ''] = size.toFixed(most).split('.');
  return fraction.replace(/0+$/, '').length;
}

/** A fraction too small for these decimals keeps its digits, so that it does not read as zero. */
function textOf(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = value.toFixed(decimals);
  if (value !== 0 && Number(text) === 0) return value.toPrecision(DIGITS);
  return Number.isInteger(value) && Math.abs(value) >= 1e21 ? String(value) : text;
}

/** Each value as text; `missing` for null and undefined. */
export function numberTexts(values: (number | null | undefined)[], missing: string): string[] {
  const fractions = values.filter(
    (value): value is number => typeof value === 'number' && !Number.isInteger(value),
  );
  const decimals = Math.max(0, ...fractions.filter(Number.isFinite).map(decimalsOf));
  return values.map((value) => (value == null ? missing : textOf(value, decimals)));
}
