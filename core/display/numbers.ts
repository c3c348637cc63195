/**
 * Numbers as people read them: one way to write a count, a rate, money, minutes and a change, on
 * every surface.
 */
import { currencyExponent } from '../money.ts';

const MINUS = '−';
/** Shown for an unknown figure, and for one that did not change. */
export const NONE = '–';
export const UNCHANGED = 'no change';

const formats = new Map<number, Intl.NumberFormat>();

/** Kept, since to make one takes many times as long as to use it. */
function format(digits: number): Intl.NumberFormat {
  const known =
    formats.get(digits) ??
    new Intl.NumberFormat('en-US', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  formats.set(digits, known);
  return known;
}

const grouped = (value: number, digits: number): string =>
  format(digits).format(value).replace('-', MINUS);

/** Rounded to at most so many decimals, without trailing zeros. */
const rounded = (value: number, digits: number): string => {
  const text = grouped(value, digits);
  return digits > 0 && text.endsWith('.0') ? text.slice(0, -2) : text;
};

/**
 * A count; fractions (attributed conversions, changes of means) keep one decimal. Null is an en
 * dash.
 */
export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? NONE : rounded(value, 1);

/** A rate of 0–1 in per cent: one decimal below 10 %, none above. */
export function rate(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const percent = value * 100;
  return `${rounded(percent, Math.abs(percent) < 9.95 ? 1 : 0)} %`;
}

/** A ratio to what is expected, such as the index of a caller: two decimals. */
export const ratio = (value: number | null | undefined): string =>
  value === null || value === undefined ? NONE : grouped(value, 2);

/** An interval of a rate, as 'lo–hi %'; empty if there is none. */
export function interval(lo: number | null | undefined, hi: number | null | undefined): string {
  if (lo === null || lo === undefined || hi === null || hi === undefined) return '';
  return `${rate(lo).replace(' %', '')}–${rate(hi)}`;
}

const digitsOf = (currency: string | null | undefined): number =>
  currencyExponent(currency ?? '') ?? 2;

/**
 * Money in units of its currency, without cents if they are zero. A house without a purchase has no
 * currency yet.
 */
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

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The largest unit of a duration and the next one, unless that is zero or too small to matter. */
function inTwoUnits(seconds: number): string {
  const parts = (size: number, unit: string, less: number, lesser: string): string => {
    const rest = Math.round((seconds % size) / less);
    return `${count(Math.floor(seconds / size))} ${unit}${rest ? ` ${rest} ${lesser}` : ''}`;
  };
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < 10 * MINUTE) return parts(MINUTE, 'min', 1, 's');
  if (seconds < HOUR) return `${seconds / MINUTE} min`;
  if (seconds < 2 * DAY) return parts(HOUR, 'h', MINUTE, 'min');
  return parts(DAY, 'd', HOUR, 'h');
}

/** Minutes as people say them: '45 s', '3 min 20 s', '12 min', '3 h 30 min', '2 d 3 h'. */
export function minutes(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const exact = Math.abs(value) * MINUTE;
  if (exact === 0) return '0 min';
  const step = exact < 10 * MINUTE ? 1 : exact < 2 * DAY ? MINUTE : HOUR;
  const seconds = Math.round(exact / step) * step;
  return `${value < 0 && seconds ? MINUS : ''}${inTwoUnits(seconds)}`;
}

/**
 * A value in its unit (count, rate, money, minutes); money is in units of `currency`, as the weekly
 * summary has it.
 */
export function inUnit(value: number | null, unit: string, currency?: string | null): string {
  if (unit === 'rate') return rate(value);
  if (unit === 'money') return amount(value, currency);
  if (unit === 'minutes') return minutes(value);
  return count(value);
}

/** A change with its sign; rates change in percentage points. Empty if there is none. */
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
