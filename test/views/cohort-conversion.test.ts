/**
 * Kaplan–Meier in SQL: the product that defines the curve, whoever bought when, and the edges of a
 * curve.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY, MINUTE } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-06-30T12:00:00');

type Lead = { age: number; bought: boolean; lead_type?: string };

/** Leads who bought at an age in days, or are of that age now and have not. */
function houseOf(leads: Lead[]): SqliteHouse {
  const house = new SqliteHouse({ from: '2024-01-01' });
  leads.forEach(({ age, bought, lead_type = 'ebook' }, n) => {
    const lead_added_at = bought ? as_of - 400 * DAY : as_of - age * DAY - 5000;
    house.insert('contacts', [
      { contact_id: n + 1, contact_key: `k${n}`, lead_added_at, lead_type },
    ]);
    const sale = {
      contact_id: n + 1,
      purchase_key: `p${n}`,
      provider: 'api',
      product_name: 'Course',
      status: 'enrolled',
    };
    const paid = {
      purchased_at: lead_added_at + age * DAY + MINUTE,
      kind: 'one_off',
      amount_minor: 0,
      currency: 'USD',
    };
    if (bought) house.insert('purchases', [{ ...sale, ...paid }]);
  });
  return house;
}

const curve = (house: SqliteHouse, value = 'all') =>
  house.query(
    `select age_days, at_risk, converted, censored, conversion_rate as rate,
       conversion_rate_lo as lo, conversion_rate_hi as hi
     from cohort_conversion where cohort = 'all' and value = '${value}' order by age_days`,
    { as_of },
  );

/** The product of the daily survivals itself, with Greenwood's variance of log(−log S). */
function productLimit(leads: Lead[]) {
  const near = (value: number) => expect.closeTo(value, 9);
  let survival = 1;
  let variance = 0;
  return [...new Set(leads.map(({ age }) => age))]
    .toSorted((a, b) => a - b)
    .map((age_days) => {
      const at_risk = leads.filter(({ age }) => age >= age_days).length;
      const here = leads.filter(({ age }) => age === age_days);
      const converted = here.filter(({ bought }) => bought).length;
      survival *= (at_risk - converted) / at_risk;
      variance += converted / (at_risk * (at_risk - converted));
      const spread = Math.exp((1.959963984540054 * Math.sqrt(variance)) / Math.log(survival));
      const isOpen = survival > 0 && survival < 1;
      return {
        age_days,
        at_risk,
        converted,
        censored: here.length - converted,
        rate: near(1 - survival),
        lo: isOpen ? near(1 - survival ** spread) : null,
        hi: isOpen ? near(1 - survival ** (1 / spread)) : null,
      };
    });
}

it('is the product of the survivals so far, whoever bought when', () => {
  const lead = fc.record({ age: fc.integer({ min: 0, max: 40 }), bought: fc.boolean() });
  fc.assert(
    fc.property(fc.array(lead, { minLength: 1, maxLength: 30 }), (leads) => {
      expect(curve(houseOf(leads))).toEqual(productLimit(leads));
    }),
    { numRuns: process.env.FULL ? 300 : 15 },
  );
});

it('ends at 1 where all who were left bought, without an interval', () => {
  const rows = curve(
    houseOf([
      { age: 2, bought: false },
      { age: 3, bought: true },
    ]),
  );
  expect(rows).toEqual([
    { age_days: 2, at_risk: 2, converted: 0, censored: 1, rate: 0, lo: null, hi: null },
    { age_days: 3, at_risk: 1, converted: 1, censored: 0, rate: 1, lo: null, hi: null },
  ]);
});

it('counts a purchase before the lead as age 0, and keeps weeks and segments apart', () => {
  const house = houseOf([
    { age: -9, bought: true, lead_type: 'trial_class' },
    { age: 4, bought: false },
  ]);
  expect(curve(house, 'trial_class')).toMatchObject([
    { age_days: 0, at_risk: 1, converted: 1, rate: 1 },
  ]);
  expect(curve(house, 'ebook')).toMatchObject([{ age_days: 4, at_risk: 1, censored: 1, rate: 0 }]);
  const weeks = `select cohort, week_start, leads, below_threshold from cohort_conversion
    where cohort <> 'all' and dimension = 'all' order by cohort`;
  expect(house.query(weeks, { as_of })).toEqual([
    { cohort: '2025-W22', week_start: '2025-05-26', leads: 1, below_threshold: 1 },
    { cohort: '2026-W26', week_start: '2026-06-22', leads: 1, below_threshold: 1 },
  ]);
});

it('has nothing to say of an empty house', () => {
  expect(new SqliteHouse().query('select * from cohort_conversion', { as_of })).toEqual([]);
});
