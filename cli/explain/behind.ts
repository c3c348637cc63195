/** How a published number comes to its rows: which published facts it counts, and what they add up to. */

/** One number over the rows: those for which `only` holds (default all), aggregated as `of` says (default count(*)). */
export type Figure = { only?: string; of?: string };

/**
 * Rows of a published table behind a row of a mart. `where` and `only` are DuckDB over `t`, a row of the table, and `key`, the
 * mart's row; `when` is over `key` alone and says for which rows of the mart this holds.
 */
export type Facts = {
  table: string;
  where: string;
  when?: string;
  figures: Record<string, Figure>;
};

/** Columns whose rows stay in the house: the view whose SQL says which they are, or where no view does, what they are. */
export type Unpublished = { when?: string; columns: string[] } & (
  | { view: string }
  | { says: string }
);

export type Behind = Facts | Unpublished;

export const isUnpublished = (behind: Behind): behind is Unpublished => 'columns' in behind;

/** Contact `c`, a row of dim_contact, stands in the segment that `key.dimension` and `key.value` name. */
const inSegment = (
  c: string,
): string => `case key.dimension when 'channel' then ${c}.channel when 'lead_type' then ${c}.lead_type
  when 'offer' then ${c}.offer when 'term' then ${c}.term when 'year_level' then ${c}.year_level when 'tier' then ${c}.tier
  else 'all' end = key.value`;

/** The row's contact fits: `condition` is over `c`, its row of dim_contact. */
export const whose = (condition: string): string =>
  `exists (select 1 from dim_contact as c where c.contact_key = t.contact_key and ${condition})`;

export const contactInSegment = inSegment('t');
export const whoseContactInSegment = whose(inSegment('c'));

/** A day of `t` lies in the week or month that `key` begins with; `period` 'all' takes every day. */
export const inWeek = (day: string): string => `date_trunc('week', ${day}) = key.week_start`;
export const inMonth = (day: string): string => `date_trunc('month', ${day}) = key.month_start`;

export const inHouseCurrency = 't.currency = key.currency';
export const inOtherCurrency = "t.kind <> 'refund' and t.currency <> key.currency";

/** Milliseconds from one instant to another. */
export const msBetween = (from: string, to: string): string =>
  `(epoch_ms(${to}) - epoch_ms(${from}))`;
