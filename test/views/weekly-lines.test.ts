/** Lines of the week whose counting is easily got wrong, worked out by hand (R10, R10a). */
import { expect, it } from 'vitest';
import { at, SqliteHouse } from './sqlite-house.ts';

const FRIDAY = at('2026-06-05T09:00:00');
const DAY = 86_400_000;
/** The running week is the one after the two of June. */
const as_of = at('2026-06-17');

const lineOf = (house: SqliteHouse, line: string) =>
  house
    .query(`select week, value from weekly_summary where line = '${line}' and state = 'complete' order by week`, {
      as_of,
    })
    .map(({ week, value }) => [week, value]);

it('closes the deals of those whose calls and sales it counts: nobody who is not a lead yet', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [
    { contact_id: 1, contact_key: 'k1', lead_added_at: FRIDAY },
    { contact_id: 2, contact_key: 'k2', lead_added_at: as_of + DAY },
  ]);
  house.insert(
    'status_changes',
    [1, 2].map((contact_id) => ({
      ...{ contact_id, field: 'sales_stage', occurred_at: FRIDAY, from_value: 'new', to_value: 'closed_won' },
      ...{ cause: 'test', rule_id: 'S1' },
    })),
  );
  expect(lineOf(house, 'Deals Closed')).toEqual([
    ['2026-W23', 1],
    ['2026-W24', 0],
  ]);
});
