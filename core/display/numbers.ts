/** Numbers as people read them: one way to write a count, a rate, money, minutes and a change, on every surface. */
import { currencyExponent } from '../money.ts';

const MINUS = '−';
/** What stands where a figure is unknown, and where it did not move. */
export const NONE = '–';
export const UNCHANGED = 'no change';
const grouped = (value: number, digits: number): string =>
  new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .format(value)
    .replace('-', MINUS);

/** A count; fractions (attributed conversions, changes of means) keep one decimal. Null is an en dash. */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  return grouped(value, Math.abs(value - Math.round(value)) < 1e-9 ? 0 : 1);
}

/** A rate of 0–1 in per cent: one decimal below 10 %, none above. */
export function rate(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const percent = value * 100;
  const whole = Math.abs(percent) >= 10 || Math.abs(percent - Math.round(percent)) < 1e-9;
  return `${grouped(percent, whole ? 0 : 1)} %`;
}

/** An interval of a rate, as 'lo–hi %'; empty where there is none. */
export function interval(lo: number | null | undefined, hi: number | null | undefined): string {
  if (lo === null || lo === undefined || hi === null || hi === undefined) return '';
  return `${rate(lo).replace(' %', '')}–${rate(hi)}`;
}

const digitsOf = (currency: string | null | undefined): number =>
  currencyExponent(currency ?? '') ?? 2;

/** Money in units of its currency; cents are left out where they are zero. A house without a purchase has no currency yet. */
export function amount(
  units: number | null | undefined,
  currency: string | null | undefined,
): string {
  if (units === null || units === undefined) return NONE;
  if (!currency || currency === 'unknown') return count(units);
  const digits = digitsOf(currency);
  const isWhole = Math.abs(units - Math.round(units)) < 0.5 / 10 ** digits;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: isWhole ? 0 : digits,
    maximumFractionDigits: isWhole ? 0 : digits,
  })
    .format(isWhole ? Math.round(units) + 0 : units)
    .replace('-', MINUS);
}

/** Integer minor units as money. */
export function money(
  minor: number | null | undefined,
  currency: string | null | undefined,
): string {
  if (minor === null || minor === undefined) return NONE;
  return amount(minor / 10 ** digitsOf(currency), currency);
}

/** Minutes in the largest unit that keeps them readable: '45 s', '12 min', '3.5 h', '2.1 d'. */
export function minutes(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const size = Math.abs(value);
  if (size > 0 && size < 1) return `${count(Math.round(value * 60))} s`;
  if (size < 90) return `${count(Math.round(value * 10) / 10)} min`;
  if (size < 48 * 60) return `${count(Math.round(value / 6) / 10)} h`;
  return `${count(Math.round(value / 144) / 10)} d`;
}

/** A value in its unit (count, rate, money, minutes); money is in units of `currency`, as the weekly summary has it. */
export function inUnit(value: number | null, unit: string, currency?: string | null): string {
  if (unit === 'rate') return rate(value);
  if (unit === 'money') return amount(value, currency);
  if (unit === 'minutes') return minutes(value);
  return count(value);
}

/** A change with its sign; rates change in percentage points. Empty where there is none. */
export function change(value: number | null, unit: string, currency?: string | null): string {
  if (value === null) return '';
  if (value === 0) return UNCHANGED;
  const size = Math.abs(value);
  const text = unit === 'rate' ? `${grouped(size * 100, 1)} pts` : inUnit(size, unit, currency);
  return `${value < 0 ? MINUS : '+'}${text}`;
}

/** A number with the noun it counts: '1 call', '12 calls'. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;
