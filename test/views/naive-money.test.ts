/**
 * Money against loops over the stored purchases of dense houses: refunds, runs of subscriptions,
 * lifetime values, enrolments (F8, G1).
 */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { expectAgreement, sum } from './by-loops.ts';
import { denseHouse, type Tables } from './dense-house.ts';

const HOUSES = process.env.FULL ? 150 : 20;

type Stored = Record<'contact_id' | 'purchased_at' | 'amount_minor', number> &
  Record<
    'purchase_key' | 'purchased_day' | 'product_name' | 'kind' | 'currency' | 'status',
    string
  > &
  Record<'completed_at' | 'period_months' | 'ended_at', number | null> &
  Record<'refund_of_key' | 'cohort', string | null>;
/** `ends_at`: until when the subscription runs with this receipt. */
type Sale = Stored & { refunded: number; is_refunded: boolean; is_start: boolean; ends_at: number };

const isRefund = ({ kind }: Stored) => kind === 'refund';
const names = (refund: Stored, sale: Stored) =>
  isRefund(refund) &&
  refund.contact_id === sale.contact_id &&
  refund.refund_of_key === sale.purchase_key;
const amounts = (sales: Stored[]) => sum(sales.map(({ amount_minor }) => amount_minor));

/**
 * The same time of day so many months later, or the beginning of the day after a month that has no
 * such day.
 */
function monthsLater(tables: Tables, at: number, months: number): number {
  const day = tables.calendar!.find(
    ({ starts_at, ends_at }) => Number(starts_at) <= at && at < Number(ends_at),
  )!;
  const [year, month, date] = String(day.day).split('-').map(Number) as [number, number, number];
  const due = new Date(Date.UTC(year, month - 1 + months, date));
  const isWhole = due.getUTCDate() === date;
  const name = (isWhole ? due : new Date(Date.UTC(year, month + months, 1)))
    .toISOString()
    .slice(0, 10);
  const starts_at = Number(tables.calendar!.find((row) => row.day === name)!.starts_at);
  return isWhole ? starts_at + at - Number(day.starts_at) : starts_at;
}

/** The sales of one house by `as_of`, in order, each with what the others make of it. */
function salesOf(tables: Tables, as_of: number): Sale[] {
  const stored = (tables.purchases as unknown as Stored[])
    .filter(({ purchased_at }) => purchased_at <= as_of)
    .sort((a, b) => a.purchased_at - b.purchased_at || (a.purchase_key < b.purchase_key ? -1 : 1));
  const lasts = new Map<string, { ends_at: number; stated: number | null }>();
  return stored.map((sale) => {
    const back = stored.filter((other) => names(other, sale) && other.currency === sale.currency);
    const refunded = isRefund(sale) ? 0 : 0 - amounts(back);
    const is_refunded =
      !isRefund(sale) &&
      (sale.amount_minor === 0 ? back.length > 0 : refunded >= sale.amount_minor);
    if (sale.kind !== 'subscription')
      return { ...sale, refunded, is_refunded, is_start: sale.kind === 'one_off', ends_at: 0 };
    const line = JSON.stringify([sale.contact_id, sale.product_name, sale.currency]);
    const run = lasts.get(line);
    const is_start = !run || sale.purchased_at > run.ends_at;
    const stated = sale.ended_at ?? (is_start ? null : run.stated);
    const ends_at =
      stated ?? monthsLater(tables, sale.purchased_at, sale.period_months ?? 1) + 7 * DAY;
    lasts.set(line, { ends_at, stated });
    return { ...sale, refunded, is_refunded, is_start, ends_at };
  });
}

/** The row of `revenue` that all customers of a month make in a currency, one customer's part. */
function worth(theirs: Sale[], currency: string, as_of: number) {
  const [first] = theirs.filter((sale) => !isRefund(sale));
  const own = theirs.filter((sale) => sale.currency === currency);
  const isCustomer = own.some((sale) => !isRefund(sale));
  const receipts = own.filter(({ kind }) => kind === 'subscription');
  const lasts = Map.groupBy(
    receipts.filter(({ is_refunded }) => !is_refunded),
    ({ product_name }) => product_name,
  );
  const running = [...lasts.values()]
    .map((list) => list.at(-1)!)
    .filter(({ ends_at }) => as_of < ends_at);
  const watched = (days: number) =>
    isCustomer && first !== undefined && first.purchased_at + days * DAY <= as_of;
  const early = (days: number) =>
    watched(days)
      ? amounts(own.filter((sale) => sale.purchased_at < first!.purchased_at + days * DAY))
      : 0;
  return {
    customers: Number(isCustomer),
    one_off: amounts(own.filter(({ kind }) => kind === 'one_off')),
    subscription_receipts: amounts(receipts),
    refunds: 0 - amounts(own.filter(isRefund)),
    net: amounts(own),
    mrr: sum(running.map((last) => Math.round(last.amount_minor / (last.period_months ?? 1)))),
    active: Number(running.length > 0),
    churned: Number(receipts.length > 0 && running.length === 0),
    ...Object.fromEntries(
      [30, 90, 365].flatMap((days) => [
        [`customers_${days}`, Number(watched(days))],
        [`net_${days}`, early(days)],
      ]),
    ),
  } as Record<string, number>;
}

function revenueOf(sales: Sale[], as_of: number): object[] {
  const parts = [...Map.groupBy(sales, ({ contact_id }) => contact_id).values()].flatMap(
    (theirs) => {
      const first = theirs.find((sale) => !isRefund(sale)) ?? theirs[0]!;
      const currencies = [...new Set(theirs.map(({ currency }) => currency))];
      return currencies.map((currency) => ({
        cohort: first.purchased_day.slice(0, 7),
        currency,
        ...worth(theirs, currency, as_of),
      }));
    },
  );
  return [...Map.groupBy(parts, ({ cohort, currency }) => `${cohort} ${currency}`).values()].map(
    (rows) => {
      const added = Object.keys(rows[0]!).filter(
        (name) => name !== 'cohort' && name !== 'currency',
      );
      const total = Object.fromEntries(
        added.map((name) => [
          name,
          sum(rows.map((row) => Number((row as Record<string, unknown>)[name]))),
        ]),
      );
      const ltv = (days: number) => {
        const customers = total[`customers_${days}`]!;
        return [
          `ltv_${days}`,
          customers ? Math.floor(total[`net_${days}`]! / customers + 0.5) : null,
        ];
      };
      return {
        cohort: rows[0]!.cohort,
        currency: rows[0]!.currency,
        ...total,
        ...Object.fromEntries([30, 90, 365].map(ltv)),
      };
    },
  );
}

function trainingsOf(sales: Sale[], currency: unknown, as_of: number): object[] {
  const bought = (sale: Sale) => sales.find((other) => names(sale, other)) ?? sale;
  const rows = Map.groupBy(
    sales,
    (sale) => `${bought(sale).product_name} ${bought(sale).cohort ?? 'unknown'}`,
  );
  return [...rows.values()].map((all) => {
    const enrolled = all.filter(({ is_start }) => is_start);
    const isDone = ({ status, completed_at }: Sale) =>
      status !== 'dropped' &&
      (completed_at === null ? status === 'completed' : completed_at <= as_of);
    const left = enrolled.filter((sale) => !isDone(sale));
    const dropped = left.filter(({ status }) => status === 'dropped').length;
    const waiting = left.filter(({ status }) => status === 'enrolled').length;
    const { product_name, cohort } = bought(all[0]!);
    return {
      product: product_name,
      cohort: cohort ?? 'unknown',
      enrolled: enrolled.length,
      dropped,
      not_started: waiting,
      completed: enrolled.length - left.length,
      in_progress: left.length - dropped - waiting,
      refunded: enrolled.filter(({ is_refunded }) => is_refunded).length,
      revenue: amounts(all.filter((sale) => sale.currency === currency)),
      other_currency_purchases: all.filter((sale) => !isRefund(sale) && sale.currency !== currency)
        .length,
    };
  });
}

it(`is what loops make of it in ${HOUSES} houses`, () => {
  const seen = { refunded: 0, continued: 0, running: 0 };
  for (let n = 0; n < HOUSES; n++) {
    const { house, as_of, tables, words } = denseHouse(n);
    const ask = (sql: string) => house.query(sql, { as_of });
    const sales = salesOf(tables, as_of);
    const currency = ask('select currency from int_house_currency')[0]!.currency;
    const facts = sales.map(
      ({ purchase_key, refunded, is_refunded, is_start, amount_minor: amount }) => ({
        purchase_key,
        amount,
        refunded,
        is_refunded: Number(is_refunded),
        is_run_start: Number(is_start),
      }),
    );
    expectAgreement(ask('select * from fct_purchase'), facts, words);
    expectAgreement(
      ask(`select * from revenue where dimension = 'all'`),
      revenueOf(sales, as_of),
      words,
    );
    expectAgreement(
      ask('select * from training_outcomes'),
      trainingsOf(sales, currency, as_of),
      words,
    );
    seen.refunded += sales.filter(({ is_refunded }) => is_refunded).length;
    seen.continued += sales.filter(
      ({ kind, is_start }) => kind === 'subscription' && !is_start,
    ).length;
    seen.running += sales.filter(({ ends_at }) => ends_at > as_of).length;
    house.close();
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(1);
});
