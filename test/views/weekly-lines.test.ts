/** Lines of the week whose counting is easily got wrong, worked out by hand (R10, R10a). */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const FRIDAY = at('2026-06-05T09:00:00');
/** The running week is the one after the two of June. */
const as_of = at('2026-06-17');

const lineOf = (house: SqliteHouse, line: string) =>
  house
    .query(
      `select week, value from weekly_summary where line = '${line}' and state = 'complete' ` +
        'order by week',
      {
        as_of,
      },
    )
    .map(({ week, value }) => [week, value]);

it('closes deals only of those whose calls and sales it counts: leads by now', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [
    { contact_id: 1, contact_key: 'k1', lead_added_at: FRIDAY },
    { contact_id: 2, contact_key: 'k2', lead_added_at: as_of + DAY },
  ]);
  house.insert(
    'status_changes',
    [1, 2].map((contact_id) => ({
      contact_id,
      field: 'sales_stage',
      occurred_at: FRIDAY,
      from_value: 'new',
      to_value: 'closed_won',
      cause: 'test',
      rule_id: 'S1',
    })),
  );
  const sale = {
    provider: 'api',
    product_name: 'Course',
    status: 'enrolled',
    kind: 'one_off',
    amount_minor: 100,
  };
  house.insert('purchases', [
    { ...sale, contact_id: 1, purchase_key: 'p1', purchased_at: FRIDAY, currency: 'USD' },
    { ...sale, contact_id: 2, purchase_key: 'p2', purchased_at: FRIDAY, currency: 'AUD' },
  ]);
  const money = house.query(`select distinct line from weekly_summary where unit = 'money'`, {
    as_of,
  });
  expect(money).toEqual([{ line: 'Revenue' }]);
  expect(lineOf(house, 'Deals Closed')).toEqual([
    ['2026-W23', 1],
    ['2026-W24', 0],
  ]);
});

it('keeps a buyer off the danger list as of the week’s end, even if refunded since', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [{ contact_id: 1, contact_key: 'k1', lead_added_at: FRIDAY }]);
  house.insert(
    'calls',
    [1, 2, 3].map((n) => ({
      contact_id: 1,
      call_key: `c${n}`,
      provider: 'aircall',
      class: 'voicemail',
      direction: 'outbound',
      started_at: FRIDAY + n,
    })),
  );
  const sale = {
    contact_id: 1,
    provider: 'api',
    product_name: 'Course',
    currency: 'USD',
    status: 'enrolled',
  };
  const paid = {
    ...sale,
    purchase_key: 'p',
    kind: 'one_off',
    purchased_at: FRIDAY + DAY,
    amount_minor: 100,
  };
  const back = { ...sale, kind: 'refund', refund_of_key: 'p' };
  house.insert('purchases', [
    paid,
    { ...back, purchase_key: 'r1', purchased_at: FRIDAY + 4 * DAY, amount_minor: -60 },
  ]);
  const inDanger = () => lineOf(house, 'Danger List').map(([, value]) => value);
  expect(inDanger()).toEqual([0, 0]);
  // The second part of the refund, on the Tuesday after, makes the lead unpaid again.
  house.insert('purchases', [
    { ...back, purchase_key: 'r2', purchased_at: FRIDAY + 4 * DAY + 1, amount_minor: -40 },
  ]);
  expect(inDanger()).toEqual([0, 1]);
  expect(house.query('select attempts from danger_list', { as_of })).toEqual([{ attempts: 3 }]);
});
