/** What the contracts promise a chart, held against published rows: sums count each fact once, ratios are sums over sums. */
import { describe, expect, it } from 'vitest';
import { type Column, type Contract, filterText } from '../../sql/contract.ts';
import { marts } from '../../sql/views/marts/index.ts';
import { ask, publishedRows } from './published-rows.ts';

const contracts: Contract[] = marts.map(({ contract }) => contract).filter(({ kind }) => kind === 'mart');
const columnOf = ({ columns }: Contract, name: string): Column | undefined =>
  columns.find((column) => column.name === name);

const mail = (condition: string) => `select count(*) from fct_email_message where ${condition}`;
const sent = 'sent_at is not null';
const inHouse = `currency = 'USD'`;
const calls = (what: string) => `select ${what} from fct_call_attempt`;
const purchases = (what: string, condition: string) => `select ${what} from fct_purchase where ${condition}`;
const mailFacts = {
  delivered: mail('delivered_at is not null'),
  failed: mail('failed_at is not null and sent_at is null'),
  bounced: mail('bounced_at is not null'),
  opened: mail('opened_at is not null'),
  opened_human: mail('opened_human_at is not null'),
  clicked: mail('clicked_at is not null'),
  clicked_human: mail('clicked_human_at is not null'),
  replied: mail('replied_at is not null'),
};
const callFacts = {
  dials: calls('count(*)'),
  connected: calls('sum(is_connected)'),
  talk_minutes: calls('sum(case when is_connected = 1 then coalesce(duration_seconds, 0) else 0 end) / 60.0'),
};
const paid = `(select contact_key from fct_purchase where kind <> 'refund' and is_refunded = 0)`;
const sellers = purchases('count(*)', 'is_first_purchase = 1');

/** Every column that a chart may sum, and how often its facts stand in the row-level tables. */
const facts: Record<string, Record<string, string>> = {
  daily: {
    leads_added: 'select count(*) from dim_contact',
    emails_sent: mail(sent),
    ...mailFacts,
    calls_booked: 'select count(*) from int_bookings',
    ...callFacts,
    calls_completed: 'select count(*) from int_completed_calls',
    first_purchases: sellers,
    purchases: purchases('count(*)', `kind <> 'refund'`),
    revenue: purchases('sum(amount)', inHouse),
    other_currency_purchases: purchases('count(*)', `kind <> 'refund' and not ${inHouse}`),
  },
  email_performance: {
    sent: mail(sent),
    ...mailFacts,
    complained: mail('complained_at is not null'),
    unsubscribed: mail('unsubscribed_at is not null'),
  },
  attribution_summary: {
    conversions: purchases('count(*)', `is_first_purchase = 1 and ${inHouse}`),
    revenue: `select sum(first.amount) + coalesce(sum(back.amount), 0) from fct_purchase as first
      left join (select refund_of, sum(amount) as amount from fct_purchase where kind = 'refund' group by refund_of) as back
        on back.refund_of = first.purchase_key
      where first.is_first_purchase = 1 and first.${inHouse}`,
  },
  funnel: {
    current_count: 'select count(*) from dim_contact',
    open_value: `select sum(open_value) from int_funnel_contacts where ladder = 'pipeline'`,
  },
  lead_conversion: {
    leads: 'select count(*) from dim_contact',
    conversions: 'select count(*) from dim_contact where first_purchase_at is not null',
    revenue: purchases('sum(amount)', inHouse),
    other_currency_purchases: purchases('count(*)', `kind <> 'refund' and not ${inHouse}`),
  },
  speed_to_lead: {
    leads: 'select count(*) from dim_contact',
    connected: 'select sum(is_connected) from fct_speed_to_lead',
    paid: `select count(*) from dim_contact where contact_key in ${paid}`,
  },
  agent_performance: {
    ...callFacts,
    paid_conversions: sellers,
    expected_paid: purchases('count(*)', `is_first_purchase = 1 and agent <> 'unknown'`),
  },
  danger_list: {
    attempts: `select sum(attempts) from (
      select count(*) as attempts from fct_call_attempt where contact_key not in ${paid}
      group by contact_key having count(*) >= 3 and sum(is_connected) = 0 order by 1 desc limit 30)`,
  },
};

const only = (sql: string): number => Number(Object.values(ask(sql)[0]!)[0] ?? 0);
const where = ({ chartFilter }: Contract): string => (chartFilter ? ` where ${filterText(chartFilter)}` : '');

describe.each(contracts.map((contract) => [contract.name, contract] as const))('%s', (name, contract) => {
  const additive = contract.columns.filter((column) => column.additive === true).map((column) => column.name);

  it('counts each fact once where its additive columns are summed under the chart filter', () => {
    expect(Object.keys(facts[name] ?? {}).sort()).toEqual([...additive].sort());
    for (const column of additive)
      expect(only(`select sum(${column}) from ${name}${where(contract)}`), `${name}.${column}`).toBeCloseTo(
        only(facts[name]![column]!),
        name === 'agent_performance' ? 5 : 6,
      );
  });

  it('has a ratio of sums for each rate, true in every row', () => {
    for (const { name: column, type, ratio } of contract.columns) {
      if (type === 'rate' && !/_(lo|hi)$/.test(column)) expect(ratio, `${name}.${column}`).toBeDefined();
      if (!ratio) continue;
      for (const part of [ratio.numerator, ratio.denominator])
        expect(columnOf(contract, part)?.additive, `${name}.${column} over ${part}`).toBeTruthy();
      for (const row of publishedRows(name)) {
        const figure = row[column];
        if (figure === null || figure === undefined) continue;
        const made = (Number(row[ratio.numerator]) * (ratio.times ?? 1)) / Number(row[ratio.denominator]);
        expect(figure, `${name}.${column}`).toBeCloseTo(made, 6);
      }
    }
  });

  it('names columns of its own in its filter and in what sums stay apart by', () => {
    const named = [
      ...(contract.chartFilter ?? []).map(({ column }) => column),
      ...contract.columns.flatMap(({ additive: sum }) => (sum && sum !== true ? sum.per : [])),
    ];
    for (const column of named) expect(columnOf(contract, column), `${name}.${column}`).toBeDefined();
  });

  it('has a real date where its rows are of days, weeks or months', () => {
    const isPeriodic = contract.grain.some((column) => /^(day|week|period|cohort|month_start)$/.test(column));
    if (isPeriodic) expect(contract.columns.some(({ type }) => type === 'date')).toBe(true);
  });
});
