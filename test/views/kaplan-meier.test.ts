/** Kaplan–Meier of cohort_conversion against a textbook example. */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

/**
 * Weeks in remission of the 21 patients on 6-MP of Freireich et al., Blood 21 (1963) 699–716, the
 * example of Cox (1972) and of Kleinbaum and Klein, Survival Analysis, chapter 2; a plus is a
 * patient still in remission when last seen. Here a week is a day, to relapse is to buy, and to be
 * last seen is to have become a lead that many days ago.
 */
const patients = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'.split(' ');

/** Age, at risk, S and its log-log bounds as the textbooks print them. */
const published = [
  [6, 21, 0.8571, 0.6197, 0.9516],
  [7, 17, 0.8067, 0.5631, 0.9228],
  [10, 15, 0.7529, 0.5032, 0.8894],
  [13, 12, 0.6902, 0.4316, 0.8491],
  [16, 11, 0.6275, 0.3675, 0.8049],
  [22, 7, 0.5378, 0.2678, 0.7468],
  [23, 6, 0.4482, 0.1881, 0.6801],
] as const;

it('converts as the 6-MP patients relapsed, with the published bounds', () => {
  const house = new SqliteHouse();
  const as_of = at('2026-06-30T12:00:00');
  patients.forEach((patient, i) => {
    const age = Number.parseInt(patient, 10);
    const contact_id = i + 1;
    // Who bought became a lead 50 days ago, who did not as long ago as she was watched.
    const lead_added_at = as_of - (patient.endsWith('+') ? age : 50) * DAY;
    house.insert('contacts', [
      { contact_id, contact_key: `k${i}`, channel_origin: 'email', lead_added_at },
    ]);
    if (!patient.endsWith('+'))
      house.insert('purchases', [
        {
          contact_id,
          purchase_key: `p${i}`,
          provider: 'api',
          product_name: 'Course',
          kind: 'one_off',
          amount_minor: 100,
          currency: 'USD',
          status: 'enrolled',
          purchased_at: lead_added_at + age * DAY,
        },
      ]);
  });
  const rows = house.query(
    `select age_days, at_risk, conversion_rate, conversion_rate_lo, conversion_rate_hi
    from cohort_conversion where cohort = 'all' and dimension = 'all' order by age_days`,
    { as_of },
  ) as Record<string, number>[];
  expect(rows).toHaveLength(new Set(patients.map((patient) => Number.parseInt(patient, 10))).size);
  for (const [age, at_risk, survival, lower, upper] of published) {
    const row = rows.find(({ age_days }) => age_days === age)!;
    expect(row.at_risk).toBe(at_risk);
    expect(1 - row.conversion_rate!).toBeCloseTo(survival, 4);
    expect(1 - row.conversion_rate_hi!).toBeCloseTo(lower, 4);
    expect(1 - row.conversion_rate_lo!).toBeCloseTo(upper, 4);
  }
});
