/**
 * How leads convert, by month and by age, and what follows voicemails and trials, against loops
 * over drawn houses (R5–R7).
 */
import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../core/durations.ts';
import { expectAgreement, inHouses, percentile, sum } from './by-loops.ts';
import { randomAsOf as as_of } from './random-house.ts';
import type { SqliteHouse, ViewRow } from './sqlite-house.ts';

const Z = 1.959963984540054;
const HOUSES = process.env.FULL ? 150 : 30;
const dimensions = ['all', 'lead_type', 'offer', 'term', 'year_level', 'channel', 'tier'];

type Lead = {
  contact: ViewRow;
  added: number;
  bought: number | null;
  revenue: number;
  others: number;
  attempts: ViewRow[];
};

function leadsOf(rows: (view: string, order: string) => ViewRow[]): Lead[] {
  const calendar = new Map(rows('stg_calendar', 'day').map((day) => [day.day, day]));
  const currency = rows('int_house_currency', '1')[0]!.currency;
  const purchases = rows('stg_purchases', 'purchased_at, purchase_key');
  const attempts = rows('int_call_attempts', 'attempted_at, call_key');
  return rows('int_contacts', 'contact_id').map((contact): Lead => {
    const own = (list: ViewRow[]) =>
      list.filter(({ contact_id }) => contact_id === contact.contact_id);
    const { iso_week, month } = calendar.get(contact.lead_added_day!)!;
    const sales = own(purchases).filter(({ kind }) => kind !== 'refund');
    const first = own(attempts)[0];
    const attempt_week = first ? calendar.get(first.attempted_day!)!.iso_week! : null;
    const ofHouse = own(purchases).filter((row) => row.currency === currency);
    return {
      contact: { ...contact, all: 'all', iso_week: iso_week!, month: month!, attempt_week },
      added: Number(contact.lead_added_at),
      attempts: own(attempts),
      bought: sales[0] ? Number(sales[0].purchased_at) : null,
      revenue: sum(ofHouse.map(({ amount_minor }) => Number(amount_minor))),
      others: sales.filter((row) => row.currency !== currency).length,
    };
  });
}

/** Rows of each group of leads; `keys` is published name → what the group has in common. */
function grouped(
  leads: Lead[],
  keys: Record<string, string>,
  rowsOf: (of: Lead[]) => object[],
): object[] {
  const keyOf = ({ contact }: Lead) =>
    JSON.stringify(
      Object.fromEntries(Object.entries(keys).map(([name, column]) => [name, contact[column]])),
    );
  return [...Map.groupBy(leads, keyOf)].flatMap(([key, of]) =>
    rowsOf(of).map((row) => ({ ...JSON.parse(key), ...row })),
  );
}

/**
 * The same for every dimension and for each week or month (`column`) and all of them, under the
 * name `period`.
 */
const laidOut = (
  leads: Lead[],
  period: string,
  column: string,
  rowsOf: (of: Lead[]) => object[],
): object[] =>
  dimensions.flatMap((dimension) =>
    [column, 'all'].flatMap((time) =>
      grouped(leads, { [period]: time, value: dimension }, rowsOf).map((row) => ({
        ...row,
        dimension,
      })),
    ),
  );

function conversion(of: Lead[]): object[] {
  const days = of.flatMap(({ added, bought }) =>
    bought === null ? [] : [Math.max(0, bought - added) / DAY],
  );
  return [
    {
      leads: of.length,
      conversions: days.length,
      median_days_to_convert: percentile(0.5, days),
      revenue: sum(of.map(({ revenue }) => revenue)),
      other_currency_purchases: sum(of.map(({ others }) => others)),
    },
  ];
}

/**
 * Kaplan–Meier as the textbook has it: a product of the shares that were left, Greenwood's variance
 * beside it.
 */
function curve(of: Lead[]): object[] {
  const seen = of.map(({ added, bought }) => {
    return {
      age: Math.floor(Math.max(0, (bought ?? as_of) - added) / DAY),
      isEvent: bought !== null,
    };
  });
  let left = 1;
  let variance = 0;
  return [...new Set(seen.map(({ age }) => age))]
    .sort((a, b) => a - b)
    .map((age_days) => {
      const at_risk = seen.filter(({ age }) => age >= age_days).length;
      const here = seen.filter(({ age }) => age === age_days);
      const converted = here.filter(({ isEvent }) => isEvent).length;
      left *= (at_risk - converted) / at_risk;
      variance += converted === 0 ? 0 : converted / (at_risk * (at_risk - converted));
      const spread = left > 0 && left < 1 ? (Z * Math.sqrt(variance)) / -Math.log(left) : null;
      return {
        age_days,
        at_risk,
        converted,
        censored: here.length - converted,
        leads: of.length,
        conversion_rate: 1 - left,
        conversion_rate_lo: spread === null ? null : 1 - left ** Math.exp(-spread),
        conversion_rate_hi: spread === null ? null : 1 - left ** Math.exp(spread),
      };
    });
}

function followed(of: Lead[]): object[] {
  const again = of.flatMap(({ attempts: [first, second] }) =>
    second ? [Number(second.attempted_at) - Number(first!.attempted_at)] : [],
  );
  return [
    {
      first_voicemail: of.length,
      second_attempt: again.length,
      third_attempt: of.filter(({ attempts }) => attempts.length > 2).length,
      connected: of.filter(({ attempts }) =>
        attempts.slice(1).some((call) => call.is_connected === 1),
      ).length,
      second_within_24h: again.filter((after) => after <= 24 * HOUR).length,
      second_within_72h: again.filter((after) => after <= 72 * HOUR).length,
    },
  ];
}

function tried(of: Lead[]): object[] {
  const logged = of.filter(({ contact }) => contact.trial_followup_status !== 'unknown');
  const converted = logged.filter(({ bought }) => bought !== null).length;
  return [{ followed_up: logged.length, converted, blank_excluded: of.length - logged.length }];
}

function compare(house: SqliteHouse, words: string): number {
  const rows = (view: string, order: string) =>
    house.query(`select * from ${view} order by ${order}`, { as_of });
  const leads = leadsOf(rows);
  const voicemails = leads.filter(({ attempts }) => attempts[0]?.is_voicemail === 1);
  const trials = leads.filter(({ contact }) => contact.lead_type === 'trial_class');
  const made = {
    lead_conversion: laidOut(leads, 'period', 'month', conversion),
    cohort_conversion: laidOut(leads, 'cohort', 'iso_week', curve),
    voicemail_followup: grouped(
      voicemails,
      { period: 'attempt_week', lead_type: 'lead_type' },
      followed,
    ),
    free_trial: grouped(trials, { period: 'iso_week', offer: 'offer' }, tried),
  };
  for (const [mart, own] of Object.entries(made))
    expectAgreement(rows(mart, '1'), own, `${words}: ${mart}`);
  house.close();
  return Object.values(made).flat().length;
}

it('count conversions, curves, follow-ups and trials as loops do', () => {
  expect(inHouses(150, HOUSES, compare)).toBeGreaterThan(1000);
});
