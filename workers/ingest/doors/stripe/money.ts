/** Stripe's amounts as minor units of the ISO currency (F9). */
import { Fault } from '../../../../core/faults.ts';
import { currencyExponent } from '../../../../core/money.ts';

/** Where Stripe counts in the currency itself; it counts UGX and ISK in hundredths. */
const whole = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const thousandths = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');

const stripeExponent = (currency: string): number =>
  whole.includes(currency) ? 0 : thousandths.includes(currency) ? 3 : 2;

export type Money = { amount_minor: number; currency: string };

/** Throws `Fault('unknown_event')` for a currency that the house does not know. */
export function moneyOf(amount: number, code: string): Money {
  const currency = code.toUpperCase();
  const exponent = currencyExponent(currency);
  if (exponent === undefined)
    throw new Fault('unknown_event', `currency: "${code}" is no ISO currency`);
  const amount_minor = Math.round(amount * 10 ** (exponent - stripeExponent(currency)));
  return { amount_minor, currency };
}
