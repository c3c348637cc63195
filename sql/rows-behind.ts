/**
 * Which rows a published number is counted from, and how they add up to it: what `explain` shows.
 */
import { dimensions } from './dimensions.ts';

/**
 * One number over the rows: those for which `only` holds (default all), aggregated by `of`
 * (default `count(*)`).
 */
export type Figure = { only?: string; of?: string };

/**
 * Rows of a published table. `where`, `only` and `of` are DuckDB over `t`, a row of that table, and
 * `key`, the row of the mart; `when` is over `key` alone: the rows of the mart it is meant for.
 */
export type PublishedRows = {
  table: string;
  where: string;
  when?: string;
  figures: Record<string, Figure>;
};

/** Rows that stay in the house: the view that holds them or, where there is none, what they are. */
export type UnpublishedRows = { when?: string; columns: string[] } & (
  | { view: string }
  | { note: string }
);

export type RowsBehind = PublishedRows | UnpublishedRows;

export const isUnpublished = (rows: RowsBehind): rows is UnpublishedRows => 'columns' in rows;

/** The contact `c`, a row of dim_contact, is in the segment of `key.dimension` and `key.value`. */
function inSegment(c: string): string {
  const columns = dimensions.leads.map((column) => `when '${column}' then ${c}.${column}`);
  return `case key.dimension ${columns.join(' ')} else 'all' end = key.value`;
}

/** The row's contact meets `condition`, which is over `c`, the contact's row of dim_contact. */
export const whoseContact = (condition: string): string =>
  `exists (
    select 1 from dim_contact as c where c.contact_key = t.contact_key and ${condition}
  )`;

export const contactInSegment = inSegment('t');
export const whoseContactInSegment = whoseContact(inSegment('c'));

/** A day of `t` lies in the week or month of `key`. */
export const inWeek = (day: string): string => `date_trunc('week', ${day}) = key.week_start`;
export const inMonth = (day: string): string => `date_trunc('month', ${day}) = key.month_start`;

export const inHouseCurrency = 't.currency = key.currency';
export const inOtherCurrency = "t.kind <> 'refund' and t.currency <> key.currency";

/** Milliseconds from one instant to another. */
export const msBetween = (from: string, to: string): string =>
  `(epoch_ms(${to}) - epoch_ms(${from}))`;

/** Rows on which the instant `<name>_at` is set. */
export const has = (name: string) => ({ only: `t.${name}_at is not null` });

export const firstPurchaseAt = `(
  select min(p.purchased_at) from fct_purchase as p
  where p.contact_key = t.contact_key and p.is_first_purchase
)`;
