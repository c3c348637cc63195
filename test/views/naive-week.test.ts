/**
 * The lines of the week about calls, deals, money and danger against loops over the stored facts of
 * dense houses (R10, R10a, R4).
 */
import { expect, it } from 'vitest';
import { expectAgreement, sum } from './by-loops.ts';
import { type DenseHouse, denseHouse } from './dense-house.ts';

const HOUSES = process.env.FULL ? 150 : 20;

type Call = Record<'contact_id' | 'duration_s', number> &
  Record<'call_key' | 'provider' | 'class', string> &
  Record<'booked_at' | 'started_at' | 'completed_at' | 'cancelled_at', number | null>;
type Sale = Record<'contact_id' | 'purchased_at' | 'amount_minor', number> &
  Record<'purchase_key' | 'kind' | 'currency', string> &
  Record<'refund_of_key', string | null>;
type Change = { contact_id: number; occurred_at: number; to_value: string };
type Day = { week_start: string; iso_week: string; starts_at: number; ends_at: number };
type Mail = { contact_key: string; sent_at: number; replied_at: number | null };
type Line = {
  week: string;
  line: string;
  currency: string;
  value: number | null;
  previous?: number | null;
  change?: number | null;
};

const isRefund = ({ kind }: Sale) => kind === 'refund';
const ratio = (part: number, whole: number) => (whole ? part / whole : null);
const minorUnits = (currency: string) => (currency === 'JPY' ? 1 : 100);

function linesOf({ house, tables, as_of }: DenseHouse): Line[] {
  const happened = (at: number | null): at is number => at !== null && at <= as_of;
  const contacts = tables.contacts as unknown as {
    contact_id: number;
    contact_key: string;
    lead_added_at: number;
    channel_origin: string | null;
  }[];
  const calls = (tables.calls as unknown as Call[]).map((call) => {
    const isDiscordBooking = call.provider === 'discord' && call.class === 'booked';
    const completed_at = happened(call.completed_at) ? call.completed_at : null;
    const began = happened(call.started_at) ? call.started_at : null;
    // A booking that was dialled and not completed reached nobody.
    const isOnlyBooked =
      call.class === 'booked' &&
      !isDiscordBooking &&
      happened(call.booked_at) &&
      began !== null &&
      call.booked_at < began &&
      completed_at === null;
    const is_connected = ['connected', 'booked'].includes(call.class) && !isOnlyBooked;
    return {
      ...call,
      completed_at,
      began,
      is_connected,
      booked: isDiscordBooking ? call.started_at : call.booked_at,
    };
  });
  const booked = calls.filter((call) => happened(call.booked));
  const completed = calls.filter(
    (call) =>
      call.completed_at !== null &&
      (call.provider === 'crm' || happened(call.booked) || call.class === 'booked'),
  );
  const changes = (tables.status_changes as unknown as Change[])
    .filter(({ occurred_at }) => occurred_at <= as_of)
    .sort((a, b) => a.occurred_at - b.occurred_at);
  const isWon = (id: number) =>
    changes.findLast(({ contact_id }) => contact_id === id)?.to_value === 'closed_won';
  const deals = contacts.flatMap(
    ({ contact_id: id }) =>
      changes.find((c) => c.contact_id === id && c.to_value === 'closed_won') ?? [],
  );
  const sales = (tables.purchases as unknown as Sale[])
    .filter(({ purchased_at }) => purchased_at <= as_of)
    .sort((a, b) => a.purchased_at - b.purchased_at || (a.purchase_key < b.purchase_key ? -1 : 1));
  const isFirst = (sale: Sale) =>
    sale === sales.find((other) => other.contact_id === sale.contact_id && !isRefund(other));
  const mails = house.query('select * from fct_email_message where sent_at is not null', {
    as_of,
  }) as unknown as Mail[];
  const house_currency = String(
    house.query('select currency from int_house_currency', { as_of })[0]!.currency,
  );
  const currencies = [...new Set([house_currency, ...sales.map(({ currency }) => currency)])];
  const channel = (id: number) =>
    contacts.find(({ contact_id }) => contact_id === id)!.channel_origin ?? 'unknown';
  const idOf = (key: string) => contacts.find(({ contact_key }) => contact_key === key)!.contact_id;

  /** Standing at `at`: bought by then, and not given back by then. */
  const isPaid = (id: number, at: number) =>
    sales.some((sale) => {
      if (sale.contact_id !== id || isRefund(sale) || sale.purchased_at >= at) return false;
      const back = sales.filter(
        (other) =>
          isRefund(other) &&
          other.refund_of_key === sale.purchase_key &&
          other.currency === sale.currency &&
          other.contact_id === id &&
          other.purchased_at < at,
      );
      return sale.amount_minor === 0
        ? back.length === 0
        : sum(back.map(({ amount_minor }) => -amount_minor)) < sale.amount_minor;
    });
  const isInDanger = (lead: (typeof contacts)[number], at: number) => {
    const dials = calls.filter(
      ({ contact_id, began }) =>
        contact_id === lead.contact_id &&
        began !== null &&
        began < at &&
        began >= lead.lead_added_at,
    );
    return (
      dials.length >= 3 &&
      !dials.some(({ is_connected }) => is_connected) &&
      !isPaid(lead.contact_id, at)
    );
  };

  const weeks = Map.groupBy(tables.calendar as unknown as Day[], ({ week_start }) => week_start);
  const first_at = Math.min(...contacts.map(({ lead_added_at }) => lead_added_at));
  const shown = [...weeks.values()].filter(
    (days) => days.at(-1)!.ends_at > first_at && days[0]!.starts_at <= as_of,
  );
  const lines = shown.map((days): Line[] => {
    const [start, end] = [days[0]!.starts_at, days.at(-1)!.ends_at];
    const isIn = (at: number | null) => at !== null && at >= start && at < end;
    const scheduled = booked.filter((call) => isIn(call.booked));
    const done = completed.filter((call) => isIn(call.completed_at));
    const sold = sales.filter(({ purchased_at }) => isIn(purchased_at));
    const answered = mails.filter(
      ({ sent_at, replied_at }) => isIn(sent_at) && replied_at !== null,
    );
    const repliers = [...new Set(answered.map(({ contact_key }) => contact_key))];
    const bookedAfter = repliers.filter((key) => {
      const replied_at = Math.min(
        ...answered.filter((mail) => mail.contact_key === key).map((mail) => mail.replied_at!),
      );
      return booked.some((call) => call.contact_id === idOf(key) && call.booked! > replied_at);
    });
    const firsts = Map.groupBy(sold.filter(isFirst), ({ contact_id }) => channel(contact_id));
    const figures: [string, number | null][] = [
      ['Calls Scheduled', scheduled.length],
      ['Calls Completed', done.length],
      ['Deals Closed', deals.filter(({ occurred_at }) => isIn(occurred_at)).length],
      ['Call Conversion', ratio(bookedAfter.length, repliers.length)],
      [
        'Deal Conversion',
        ratio(done.filter(({ contact_id }) => isWon(contact_id)).length, done.length),
      ],
      [
        'Calls Pending',
        scheduled.filter((call) => call.completed_at === null && !happened(call.cancelled_at))
          .length,
      ],
      [
        'Average Call Minutes',
        ratio(sum(done.map(({ duration_s }) => duration_s ?? 0)) / 60, done.length),
      ],
      ['Top Channel', Math.max(0, ...[...firsts.values()].map((list) => list.length))],
      ['Danger List', contacts.filter((lead) => isInDanger(lead, Math.min(end, as_of + 1))).length],
    ];
    const money = currencies.map((currency) => {
      const amount = sum(
        sold.filter((sale) => sale.currency === currency).map(({ amount_minor }) => amount_minor),
      );
      return {
        line: currency === house_currency ? 'Revenue' : `Revenue ${currency}`,
        currency,
        value: amount / minorUnits(currency),
      };
    });
    const week = days[0]!.iso_week;
    return [
      ...figures.map(([line, value]) => ({ week, line, currency: '', value })),
      ...money.map((line) => ({ week, ...line })),
    ];
  });
  return shown.flatMap((days, place) =>
    lines[place]!.map((line) => {
      const before = lines[place - 1]?.find((other) => other.line === line.line);
      const previous = before?.value ?? null;
      const isOver = days.at(-1)!.ends_at <= as_of && line.value !== null && previous !== null;
      return { ...line, previous, change: isOver ? line.value! - previous! : null };
    }),
  );
}

it(`says what loops say in ${HOUSES} houses`, () => {
  const seen: Record<string, number> = {};
  for (let n = 0; n < HOUSES; n++) {
    const dense = denseHouse(n);
    const made = linesOf(dense);
    const names = [...new Set(made.map(({ line }) => `'${line}'`))].join(', ');
    const published = dense.house.query(
      `select * from weekly_summary where line in (${names || "''"})`,
      {
        as_of: dense.as_of,
      },
    );
    expectAgreement(published, made, dense.words);
    for (const { line, value } of made) if (value) seen[line] = (seen[line] ?? 0) + 1;
    dense.house.close();
  }
  for (const line of ['Call Conversion', 'Deals Closed', 'Calls Pending', 'Danger List'])
    expect(seen[line], line).toBeGreaterThan(0);
});
