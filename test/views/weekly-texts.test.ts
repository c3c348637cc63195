/**
 * The lines of the week: their texts as the pages say them, their targets, their money (R10, R10a).
 */
import { describe, expect, it } from 'vitest';
import { HOUR } from '../../core/durations.ts';
import { weekReport } from '../../core/pages/week.ts';
import { as_of, house, summary } from './house-of-weeks.ts';
import { randomAsOf, randomHouse } from './random-house.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const monday = '2026-03-09';
const isoDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

describe('the lines', () => {
  it('say in value_text what the pages say, of every week of a house', () => {
    const rows = summary(randomHouse(120), randomAsOf);
    const weeks = [...new Set(rows.map((row) => row.week))];
    for (const week of weeks) {
      const report = weekReport(rows, { as_of: randomAsOf, is_sample: false }, week);
      const said = new Map(
        [...report.headlines, ...report.others].map(({ line, value }) => [line, value]),
      );
      for (const { line, unit, value_text } of rows.filter(
        (row) => row.week === week && row.value !== null,
      ))
        if (unit !== 'money' && unit !== 'text')
          expect(`${line} ${value_text}`).toBe(`${line} ${said.get(line)}`);
    }
  });

  it('have a line of revenue per currency, the house’s first, in units of each', () => {
    const made = new SqliteHouse({ currency: 'USD' });
    made.insert('contacts', [{ contact_id: 1, contact_key: 'k1', lead_added_at: at(monday) }]);
    const purchase = {
      contact_id: 1,
      provider: 'api',
      product_name: 'p',
      kind: 'one_off',
      status: 'enrolled',
      purchased_at: at(monday) + HOUR,
    };
    made.insert('purchases', [
      { ...purchase, purchase_key: 'a', amount_minor: 123_456, currency: 'USD' },
      { ...purchase, purchase_key: 'b', amount_minor: 5_000, currency: 'JPY' },
    ]);
    const revenue = summary(made).filter((row) => row.unit === 'money' && row.state === 'complete');
    expect(
      revenue.map(({ line, value, numerator, value_text }) => [line, value, numerator, value_text]),
    ).toEqual([
      ['Revenue', 1234.56, 123_456, '1,235 USD'],
      ['Revenue JPY', 5000, 5_000, '5,000 JPY'],
    ]);
    const { others } = weekReport(summary(made), { as_of, is_sample: false });
    expect(
      others.filter(({ line }) => line.startsWith('Revenue')).map(({ value }) => value),
    ).toEqual(['$1,234.56', '¥5,000']);
  });

  it('aim at the mean of the last four weeks, so that a weak week does not lower the bar', () => {
    const sent = [80, 60, 75, 70, 10, 0];
    const first = at('2026-02-02');
    const rows = summary(
      house(sent.map((n, i) => ({ monday: isoDay(first + i * 7 * 24 * HOUR), sent: n }))),
    );
    const lines = (name: string) => rows.filter((row) => row.line === name);
    expect(lines('Next Week Target').map(({ value, value_text }) => [value, value_text])).toEqual([
      [80, '80 emails, 2–3 calls'],
      [70, '70 emails, 2–3 calls'],
      [72, '72 emails, 2–3 calls'],
      [72, '72 emails, 2–3 calls'],
      [54, '54 emails, 2–3 calls'],
      [50, '50 emails, 2–3 calls'],
      // The running week plans no lower than the week before it.
      [50, '50 emails, 2–3 calls'],
    ]);
    expect(lines('Emails Sent').map(({ target, flag }) => [target, flag])).toEqual([
      [null, ''],
      [80, 'below goal'],
      [70, 'goal met'],
      [72, 'below goal'],
      [72, 'below goal'],
      [54, 'below goal'],
      [50, ''],
    ]);
  });

  it('have none in an empty house', () => {
    expect(summary(new SqliteHouse())).toEqual([]);
  });
});
