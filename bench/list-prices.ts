/**
 * Cloudflare's list prices and allowances in US dollars, as its documentation had them in 2026.
 * Check them before you rely on them; `docs/scale.md` names the pages.
 */

/** `included` a month, then `price` for each `per`. */
export type Price = { included: number; per: number; price: number };

const MILLION = 1_000_000;

/** The Workers Paid plan itself, a month. */
export const PLAN = 5;

/** Of the Workers Paid plan. */
export const paid = {
  requests: { included: 10 * MILLION, per: MILLION, price: 0.3 },
  cpu_ms: { included: 30 * MILLION, per: MILLION, price: 0.02 },
  rows_read: { included: 25_000 * MILLION, per: MILLION, price: 0.001 },
  rows_written: { included: 50 * MILLION, per: MILLION, price: 1 },
  d1_gb: { included: 5, per: 1, price: 0.75 },
  queue_operations: { included: MILLION, per: MILLION, price: 0.4 },
  points: { included: 10 * MILLION, per: MILLION, price: 0.25 },
  r2_writes: { included: MILLION, per: MILLION, price: 4.5 },
  r2_gb: { included: 10, per: 1, price: 0.015 },
} satisfies Record<string, Price>;

export type Usage = Record<keyof typeof paid, number>;

/** Of the free plan: a day; storage in all, and for one database. */
export const free: Partial<Usage> = {
  requests: 100_000,
  rows_read: 5 * MILLION,
  rows_written: 100_000,
  d1_gb: 0.5,
  queue_operations: 10_000,
  points: 100_000,
};

/** Dollars for a month's usage of one thing, beyond what the plan includes. */
export const dollars = ({ included, per, price }: Price, used: number): number =>
  (Math.max(0, used - included) / per) * price;
