/** The days that a report may name, on figures that were worked out on paper. */
import { describe, expect, it } from 'vitest';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-03-15T12:00:00');

describe('dim_date', () => {
  const house = new SqliteHouse({ from: '2025-12-31', to: '2027-12-31' });
  house.insert('contacts', [
    { contact_id: 1, contact_key: 'a', lead_added_at: at('2025-12-31T08:00:00') },
  ]);
  const days = house.query('select * from dim_date order by day', { as_of });
  const day = (name: string) => days.find((row) => row.day === name);

  it('says of a day its place in the week, the month, the quarter and the year', () => {
    expect(day('2026-03-15')).toEqual({
      day: '2026-03-15',
      day_of_week: 7,
      week_start: '2026-03-09',
      iso_week: '2026-W11',
      month_start: '2026-03-01',
      month: '2026-03',
      quarter_of_year: 1,
      year_no: 2026,
      is_business_day: 0,
      starts_at: at('2026-03-15'),
      ends_at: at('2026-03-16'),
      is_over: 0,
    });
    expect(day('2026-03-14')).toMatchObject({ day_of_week: 6, is_over: 1 });
    expect(
      ['2026-04-01', '2026-10-01', '2026-12-31'].map((name) => day(name)!.quarter_of_year),
    ).toEqual([2, 4, 4]);
  });

  it('counts the days of the first week from its end, and stops a year ahead', () => {
    expect(days[0]).toMatchObject({
      day: '2025-12-31',
      day_of_week: 3,
      iso_week: '2026-W01',
      year_no: 2025,
    });
    expect(days.at(-1)!.day).toBe('2027-03-16');
  });
});

it('counts the days of a week from its Monday, also in the weeks that the calendar cuts', () => {
  const house = new SqliteHouse({ from: '2026-01-01', to: '2026-07-01' });
  const days = (condition: string) =>
    house
      .query(`select day_of_week from dim_date where ${condition} order by day`, { as_of })
      .map((r) => r.day_of_week);
  // 1 January 2026 is a Thursday, 1 July a Wednesday.
  expect(days(`day <= '2026-01-05'`)).toEqual([4, 5, 6, 7, 1]);
  expect(days(`day >= '2026-06-28'`)).toEqual([7, 1, 2, 3]);
});
