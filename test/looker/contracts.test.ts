/**
 * What the contracts promise a chart, held against published rows: sums count each fact once,
 * ratios are sums over sums.
 */
import { describe, expect, it } from 'vitest';
import { type Column, type Contract, filterText } from '../../sql/contract.ts';
import { marts } from '../../sql/views/marts/index.ts';
import { randomAsOf } from '../views/random-house.ts';
import { ask, publishedRows } from './published-rows.ts';

const contracts: Contract[] = marts
  .map(({ contract }) => contract)
  .filter(({ kind }) => kind === 'mart');
const columnOf = ({ columns }: Contract, name: string): Column | undefined =>
  columns.find((column) => column.name === name);

const mail = (condition: string) => `select count(*) from fct_email_message where ${condition}`;
const sent = 'sent_at is not null';
const inHouse = `currency = 'USD'`;
const calls = (what: string) => `select ${what} from fct_call_attempt`;
const purchases = (what: string, condition: string) =>
  `select ${what} from fct_purchase where ${condition}`;
const mailFacts = {
  delivered: mail('delivered_at is not null'),
  failed: mail('failed_at is not null'),
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
  talk_minutes: calls(
    'sum(case when is_connected = 1 then coalesce(duration_seconds, 0) else 0 end) / 60.0',
  ),
};
const paid = `(select contact_key from fct_purchase where kind <> 'refund' and is_refunded = 0)`;
const sellers = purchases('count(*)', 'is_first_purchase = 1');
/** Of first purchases in the house's currency, refunds taken off. */
const firstRevenue = `select sum(first.amount) + coalesce(sum(back.amount), 0)
  from fct_purchase as first
  left join (
    select refund_of, sum(amount) as amount from fct_purchase
    where kind = 'refund' group by refund_of
  ) as back on back.refund_of = first.purchase_key
  where first.is_first_purchase = 1 and first.${inHouse}`;

/** Leads whose first attempt was a voicemail, from the attempts themselves. */
const voicemails = (condition: string) => `select count(*) from (
  select count(*) as attempts, sum(is_connected) as connections, min(attempted_at) as first_at,
    max(case when attempt_no = 1 then class end) as first_class,
    max(case when attempt_no = 2 then attempted_at end) as second_at
  from fct_call_attempt group by contact_key) where first_class = 'voicemail' ${condition}`;
const trials = (condition: string) => `select count(*) from dim_contact as d
  join (select contact_key as k, trial_followup_status from int_contacts) as c
    on c.k = d.contact_key
  where lead_type = 'trial_class' and ${condition}`;
const enrolments = (condition: string) =>
  purchases(
    'count(*)',
    `(kind = 'one_off' or (kind = 'subscription' and is_run_start = 1)) and ${condition}`,
  );
const done = `(status = 'completed' or (completed_at is not null and status <> 'dropped'))`;
/** Subscriptions of the house currency that run: their last receipt that was not given back. */
const running = `select * from int_purchases as p
  where kind = 'subscription' and is_refunded = 0 and ${inHouse} and runs_until > ${randomAsOf}
    and not exists (
      select 1 from int_purchases as later
      where later.contact_id = p.contact_id and later.product_name = p.product_name
        and later.currency = p.currency and later.kind = 'subscription' and later.is_refunded = 0
        and (later.purchased_at > p.purchased_at or (
          later.purchased_at = p.purchased_at and later.purchase_key > p.purchase_key
        ))
    )`;
/** Over purchases of the house currency by those who bought first so many days ago. */
const watched = (what: string, days: number, condition: string) => `select ${what} from fct_purchase
  join (
    select contact_key as k, min(purchased_at) as first_at from fct_purchase
    where kind <> 'refund' group by 1
  ) as f on f.k = contact_key
  where ${inHouse} and first_at <= ${randomAsOf} - ${days} * 86400000 and ${condition}`;

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
    revenue: firstRevenue,
    spend: `select sum(amount) from fct_ad_spend where ${inHouse}`,
  },
  attribution_paths: {
    converting: sellers,
    non_converting: 'select count(*) from dim_contact where first_purchase_at is null',
    paths: 'select count(*) from dim_contact',
    revenue: firstRevenue,
    other_currency_purchases: purchases('count(*)', `is_first_purchase = 1 and not ${inHouse}`),
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
  cohort_conversion: {
    converted: 'select count(*) from dim_contact where first_purchase_at is not null',
    censored: 'select count(*) from dim_contact where first_purchase_at is null',
  },
  voicemail_followup: {
    first_voicemail: voicemails(''),
    second_attempt: voicemails('and second_at is not null'),
    third_attempt: voicemails('and attempts > 2'),
    connected: voicemails('and connections > 0'),
    second_within_24h: voicemails('and second_at - first_at <= 24 * 3600000'),
    second_within_72h: voicemails('and second_at - first_at <= 72 * 3600000'),
  },
  free_trial: {
    followed_up: trials(`trial_followup_status <> 'unknown'`),
    converted: trials(`trial_followup_status <> 'unknown' and first_purchase_at is not null`),
    blank_excluded: trials(`trial_followup_status = 'unknown'`),
  },
  objections: {},
  deliverability: {
    sent: mail(sent),
    delivered: mail('delivered_at is not null'),
    delayed: mail('delayed_at is not null'),
    bounced: mail('bounced_at is not null'),
    hard_bounced: mail(`bounce_type = 'hard'`),
    soft_bounced: mail(`bounce_type = 'soft'`),
    complained: mail('complained_at is not null'),
    suppressed: mail('suppressed_at is not null'),
  },
  training_outcomes: {
    enrolled: enrolments('1 = 1'),
    in_progress: enrolments(`status = 'in_progress' and completed_at is null`),
    completed: enrolments(done),
    dropped: enrolments(`status = 'dropped'`),
    certificates: enrolments('certificate_issued = 1'),
    refunded: enrolments('is_refunded = 1'),
    revenue: purchases('sum(amount)', inHouse),
    other_currency_purchases: purchases('count(*)', `kind <> 'refund' and not ${inHouse}`),
    not_started: enrolments(`status = 'enrolled' and completed_at is null`),
  },
  revenue: {
    customers: purchases('count(distinct contact_key)', `kind <> 'refund' and ${inHouse}`),
    one_off: purchases('sum(amount)', `kind = 'one_off' and ${inHouse}`),
    subscription_receipts: purchases('sum(amount)', `kind = 'subscription' and ${inHouse}`),
    refunds: purchases('-sum(amount)', `kind = 'refund' and ${inHouse}`),
    net: purchases('sum(amount)', inHouse),
    mrr: `select sum(round(amount_minor * 1.0 / period_months)) from (${running})`,
    active: `select count(distinct contact_id) from (${running})`,
    churned: `select count(distinct contact_id) from int_purchases
      where kind = 'subscription' and ${inHouse}
        and contact_id not in (select contact_id from (${running}))`,
    ...Object.fromEntries(
      [30, 90, 365].flatMap((days) => [
        [`customers_${days}`, watched('count(distinct contact_key)', days, `kind <> 'refund'`)],
        [
          `net_${days}`,
          watched('coalesce(sum(amount), 0)', days, `purchased_at < first_at + ${days} * 86400000`),
        ],
      ]),
    ),
  },
  danger_list: {
    attempts: `select sum(attempts) from (
      select count(*) as attempts from fct_call_attempt where contact_key not in ${paid}
      group by contact_key having count(*) >= 3 and sum(is_connected) = 0
      order by 1 desc limit 30)`,
  },
};

/** Rates that no sums make: they must stand as they are. */
const estimates = new Set(['cohort_conversion.conversion_rate']);

const only = (sql: string): number => Number(Object.values(ask(sql)[0]!)[0] ?? 0);
const where = ({ chartFilter }: Contract): string =>
  chartFilter ? ` where ${filterText(chartFilter)}` : '';

describe.each(contracts.map((contract) => [contract.name, contract] as const))(
  '%s',
  (name, contract) => {
    const additive = contract.columns
      .filter((column) => column.additive === true)
      .map((column) => column.name);

    it('counts each fact once where its additive columns are summed under the chart filter', () => {
      expect(Object.keys(facts[name] ?? {}).sort()).toEqual([...additive].sort());
      for (const column of additive)
        expect(
          only(`select sum(${column}) from ${name}${where(contract)}`),
          `${name}.${column}`,
        ).toBeCloseTo(only(facts[name]![column]!), name === 'agent_performance' ? 5 : 6);
    });

    it('has a ratio of sums for each rate, true in every row', () => {
      for (const { name: column, type, ratio } of contract.columns) {
        const isRate =
          type === 'rate' && !/_(lo|hi)$/.test(column) && !estimates.has(`${name}.${column}`);
        if (isRate) expect(ratio, `${name}.${column}`).toBeDefined();
        if (!ratio) continue;
        for (const part of [ratio.numerator, ratio.denominator])
          expect(columnOf(contract, part)?.additive, `${name}.${column} over ${part}`).toBeTruthy();
        for (const row of publishedRows(name)) {
          const figure = row[column];
          if (figure === null || figure === undefined) continue;
          const made =
            (Number(row[ratio.numerator]) * (ratio.times ?? 1)) / Number(row[ratio.denominator]);
          // Money is whole minor units.
          if (type === 'money')
            expect(Math.abs(Number(figure) - made), `${name}.${column}`).toBeLessThanOrEqual(0.5);
          else expect(figure, `${name}.${column}`).toBeCloseTo(made, 6);
        }
      }
    });

    it('names columns of its own in its filter and in what sums stay apart by', () => {
      const named = [
        ...(contract.chartFilter ?? []).map(({ column }) => column),
        ...contract.columns.flatMap(({ additive: sum }) => (sum && sum !== true ? sum.per : [])),
      ];
      for (const column of named)
        expect(columnOf(contract, column), `${name}.${column}`).toBeDefined();
    });

    it('has a real date where its rows are of days, weeks or months', () => {
      const isPeriodic = contract.grain.some((column) =>
        /^(day|week|period|cohort|month_start)$/.test(column),
      );
      if (isPeriodic) expect(contract.columns.some(({ type }) => type === 'date')).toBe(true);
    });
  },
);
