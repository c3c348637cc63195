/** The tables that the night renders by ranges of contacts are the same in slices as in one. */
import { expect, it } from 'vitest';
import { marts } from '../../sql/views/index.ts';
import { constantViews } from '../../warehouse/read/constant-views.ts';
import { martQuery } from '../../warehouse/read/mart-rows.ts';
import { randomAsOf, randomHouse } from './random-house.ts';

const PEOPLE = process.env.FULL ? 400 : 120;
const SLICE = 17;
const house = randomHouse(PEOPLE, 3);

/**
 * Enough customers for a percentile, and one whom others name as their referrer: what makes a VIP
 * reads the whole house (L3).
 */
for (let contact_id = 1; contact_id <= 40; contact_id += 1) {
  const at = randomAsOf - 1000 - contact_id;
  const bought = {
    contact_id,
    purchase_key: `vip${contact_id}`,
    provider: 'manual',
    purchased_at: at,
    kind: 'one_off',
  };
  const paid = {
    product_name: 'course',
    amount_minor: contact_id * 100_000,
    currency: 'USD',
    status: 'enrolled',
  };
  const named = { referrer_kind: 'email', referrer_value: `p${PEOPLE}@example.com` };
  house.insert('purchases', [{ ...bought, ...paid, ...named }]);
  const changed = {
    contact_id,
    field: 'lead_status',
    occurred_at: at,
    to_value: 'customer',
    cause: 'fact',
  };
  house.insert('status_changes', [{ ...changed, rule_id: 'test' }]);
}

const inSlices = marts.filter(({ contract }) => contract.byContact);

it('slices what has a row per fact or contact, and nothing that is counted', () => {
  const rowLevel = marts.filter(
    ({ contract: { kind, name, columns } }) =>
      name === 'dim_contact' ||
      (kind === 'fact' && columns.some((column) => column.name === 'contact_key')),
  );
  expect(inSlices.map(({ name }) => name).sort()).toEqual(rowLevel.map(({ name }) => name).sort());
});

it.each(inSlices.map(({ name, contract }) => [name, contract] as const))('%s', (_, contract) => {
  const rows = (lo?: number, hi?: number) =>
    house.db
      .prepare(
        martQuery(contract, null, {
          as_of: randomAsOf,
          ...(lo === undefined ? {} : { lo, hi: hi! }),
        }),
      )
      .all()
      .map((row) => JSON.stringify(row));
  const whole = rows();
  const sliced: string[] = [];
  for (let lo = 1; lo <= PEOPLE; lo += SLICE) sliced.push(...rows(lo, lo + SLICE - 1));
  expect(whole.length).toBeGreaterThan(0);
  expect(sliced.sort()).toEqual(whole.sort());
});

it('sees the VIPs of the whole house in a slice', () => {
  const vips = (lo: number, hi: number) =>
    house.query('select sum(vip) as vips from dim_contact', { as_of: randomAsOf, lo, hi });
  expect(vips(1, 20)).toEqual([{ vips: 0 }]);
  expect(vips(31, 40)[0]!.vips).toBeGreaterThan(0);
  expect(vips(PEOPLE, PEOPLE)).toEqual([{ vips: 1 }]);
});

/** What D1 answers of the house. */
const db = {
  prepare: (sql: string) => ({
    raw: async () => {
      const statement = house.db.prepare(sql);
      return [
        statement.columns().map(({ name }) => name),
        ...statement.all().map((row) => Object.values(row)),
      ];
    },
  }),
} as unknown as D1Database;

it.each([randomAsOf, 1])(
  'asks for the VIPs’ thresholds of everyone once, for the same rows, as of %i',
  async (as_of) => {
    const given = await constantViews(db, 'select * from dim_contact', as_of);
    expect([...given.keys()]).toEqual(['int_vip_thresholds']);
    const contract = marts.find(({ name }) => name === 'dim_contact')!.contract;
    const rows = (binding: object) =>
      house.db.prepare(martQuery(contract, null, { as_of, lo: 30, hi: 50, ...binding })).all();
    expect(rows({ given })).toEqual(rows({}));
    expect(martQuery(contract, null, { as_of, lo: 30, hi: 50, given })).not.toContain(
      'int_contact_status_of_everyone',
    );
  },
);
