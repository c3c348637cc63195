/**
 * What a row states as money: minor units and their currency (F9).
 * Home of F9.
 */
import { currencyExponent, minorUnits } from '../money.ts';
import type { Row } from './row.ts';

/**
 * The amount in the row's currency; nothing, with an error noted, where that is none. `amount` was
 * read in that currency.
 */
export function amountOf(
  row: Row,
  amount: string,
): { amount_minor: number; currency: string } | Record<string, never> {
  const { currency = '' } = row;
  const exponent = currencyExponent(currency);
  if (exponent === undefined) {
    const message = currency
      ? `currency: "${currency}" is no ISO currency`
      : 'currency: is required; add it as a column, a constant of MAP.json or HOUSE_CURRENCY';
    row.errors.push({ field: 'currency', message });
    return {};
  }
  return { amount_minor: minorUnits(amount, exponent)!, currency };
}
