/**
 * Whatever happened, every conversion is credited whole and its revenue to the minor unit, and what
 * is no touch earns nothing (R8).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const start = at('2026-01-05');
const as_of = at('2026-12-31');
const instant = fc.integer({ min: 0, max: 300 }).map((days) => start + days * DAY);
const amount = fc.oneof(
  fc.integer({ min: 0, max: 1000 }),
  fc.integer({ min: 0, max: 40_000_000_000 }),
);

const history = fc.record({
  channel_origin: fc.constantFrom('unknown', 'linkedin', null),
  lead_added_at: instant,
  touches: fc.array(instant, { maxLength: 12 }),
  bookings: fc.array(instant, { maxLength: 4 }),
  purchases: fc.array(fc.record({ purchased_at: instant, amount, refund: fc.option(amount) }), {
    maxLength: 3,
  }),
});

type Person = typeof history extends fc.Arbitrary<infer P> ? P : never;

function houseOf(people: Person[]): SqliteHouse {
  const house = new SqliteHouse();
  people.forEach((person, i) => {
    const contact_id = i + 1;
    const sale = {
      contact_id,
      provider: 'api',
      product_name: 'Course',
      currency: 'USD',
      status: 'enrolled',
    };
    house.insert('contacts', [
      {
        contact_id,
        contact_key: `k${i}`,
        channel_origin: person.channel_origin,
        lead_added_at: person.lead_added_at,
      },
    ]);
    house.insert(
      'interactions',
      person.touches.map((occurred_at, n) => ({
        contact_id,
        interaction_key: `i${n}`,
        provider: 'api',
        occurred_at,
        channel: 'referral',
        direction: 'inbound',
      })),
    );
    house.insert(
      'calls',
      person.bookings.map((booked_at, n) => ({
        contact_id,
        call_key: `c${n}`,
        provider: 'manual',
        class: 'booked',
        direction: 'outbound',
        booked_at,
      })),
    );
    person.purchases.forEach(({ purchased_at, amount, refund }, n) => {
      house.insert('purchases', [
        { ...sale, purchase_key: `p${n}`, purchased_at, kind: 'one_off', amount_minor: amount },
      ]);
      if (refund !== null)
        house.insert('purchases', [
          {
            ...sale,
            purchase_key: `r${n}`,
            purchased_at,
            kind: 'refund',
            amount_minor: -refund,
            refund_of_key: `p${n}`,
          },
        ]);
    });
  });
  return house;
}

it('sums to one and to the revenue, per conversion, model and lookback', () => {
  fc.assert(
    fc.property(fc.array(history, { minLength: 1, maxLength: 4 }), (people) => {
      const house = houseOf(people);
      expect(house.query('select * from check_attribution_shares', { as_of })).toEqual([]);
      const totals = house.query(
        'select model, lookback, dimension, sum(revenue) as revenue from attribution_summary ' +
          'group by 1, 2, 3',
        { as_of },
      );
      const paid =
        house.query('select sum(amount) as revenue from fct_purchase', { as_of })[0]!.revenue ?? 0;
      for (const total of totals) expect(total.revenue).toBe(paid);
    }),
    { numRuns: 15 },
  );
});
