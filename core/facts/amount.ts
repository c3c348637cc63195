/** What a row states as money: minor units and their currency (F9). */
import { currencyExponent, minorUnits } from '../money.ts';
import type { Row } from './row.ts';

/** The amount in its row's currency, else the house's; nothing, with an error noted, where the currency is none or the amount too large. */
export function amountOf(
  row: Row,
  amount: string,
): { amount_minor: number; currency: string } | Record<string, never> {
  const currency = (row.text('currency') ?? row.context.currency ?? '').toUpperCase();
  const exponent = currencyExponent(currency);
  if (exponent === undefined) {
    const message = currency
      ? `currency: "${currency}" is no ISO currency`
      : 'currency: is required; add it as a column, a constant of MAP.json or HOUSE_CURRENCY';
    row.errors.push({ field: 'currency', message });
    return {};
  }
  const minor = minorUnits(amount, exponent);
  if (minor === undefined) row.errors.push({ field: 'amount', message: 'amount: is too large' });
  return { amount_minor: minor ?? 0, currency };
}
