import { describe, expect, it } from 'vitest';
import { observationOf, refusedFields } from './rows.ts';

const sale = {
  contact: 'a@b.c',
  purchased_at: '2026-02-01',
  product: 'Course',
  amount: '1,499.90',
};

describe('a purchase row (F8, F9)', () => {
  it('is minor units of its currency', () => {
    expect(observationOf('purchases', sale).stated).toMatchObject({
      amount_minor: 149_990,
      currency: 'USD',
    });
    const yen = observationOf('purchases', { ...sale, amount: '1500', currency: 'jpy' });
    expect(yen.stated).toMatchObject({ amount_minor: 1500, currency: 'JPY' });
    expect(refusedFields('purchases', { ...sale, currency: 'XQX' })).toContain('currency');
    expect(refusedFields('purchases', sale, { currency: undefined })).toEqual(['currency']);
  });

  it('keeps its identity while its amount and status change', () => {
    const key = observationOf('purchases', sale).thing_key;
    expect(
      observationOf('purchases', {
        ...sale,
        amount: '1',
        status: 'completed',
        completed_at: '2026-02-20',
      }).thing_key,
    ).toBe(key);
    expect(observationOf('purchases', { ...sale, product: 'Other' }).thing_key).not.toBe(key);
  });

  it('of a refund is negative and names the purchase by the key that the purchase has', () => {
    const bought = observationOf('purchases', { ...sale, external_id: 'p1' });
    for (const [amount, kind] of [
      ['40', 'refund'],
      ['-40', 'refund'],
      ['-40', undefined],
      ['-40', 'one_off'],
      ['-40', 'subscription'],
    ]) {
      const refund = observationOf('purchases', {
        ...sale,
        amount,
        kind,
        refund_of: 'p1',
        external_id: 'r1',
      });
      expect(refund.stated).toMatchObject({
        kind: 'refund',
        amount_minor: -4000,
        refund_of_key: bought.thing_key,
      });
    }
    expect(refusedFields('purchases', { ...sale, kind: 'refund' })).toEqual(['refund_of']);
    expect(refusedFields('purchases', { ...sale, amount: '-40' })).toEqual(['refund_of']);
    expect(refusedFields('purchases', { ...sale, kind: 'one_off', refund_of: 'p1' })).toEqual([
      'refund_of',
    ]);
    expect(
      refusedFields('purchases', { ...sale, kind: 'refund', refund_of: 'p1', external_id: 'p1' }),
    ).toEqual(['refund_of']);
  });

  it('of a subscription pays for whole months', () => {
    const receipt = { ...sale, kind: 'subscription' };
    expect(observationOf('purchases', { ...receipt, period_months: '3' }).stated).toMatchObject({
      period_months: 3,
    });
    expect(refusedFields('purchases', { ...receipt, period_months: '0' })).toEqual([
      'period_months',
    ]);
  });

  it('keeps a refund apart from its purchase, though all else is equal', () => {
    const refund = observationOf('purchases', { ...sale, kind: 'refund', refund_of: 'p1' });
    expect(refund.thing_key).not.toBe(observationOf('purchases', sale).thing_key);
  });
});
