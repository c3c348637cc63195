import { describe, expect, it } from 'vitest';
import { on, path } from './contact-history.ts';

const status = (...events: Parameters<typeof path>[1]) => path('lead_status', events);
const bought = (day: number, more = {}) =>
  on(day, 'purchased', { amount_minor: 100, event_key: 'p', ...more });

describe('lifecycle (section 3)', () => {
  it('opens cold at the smaller of lead_added_at and the first fact', () => {
    expect(status(on(5, 'added'), on(2, 'mail'))).toEqual(['2 cold']);
  });

  it('opens need not stand long: an open engages, a download warms, a reply makes hot', () => {
    expect(
      status(
        on(0, 'added'),
        on(1, 'opened'),
        on(2, 'downloaded'),
        on(3, 'replied'),
        on(4, 'opened'),
      ),
    ).toEqual(['0 cold', '1 engaged', '2 warm', '3 hot', '93 dormant']);
  });

  it('counts silence from the first touch, and activity ends it (L1)', () => {
    expect(status(on(0, 'added'), on(1, 'sent'), on(50, 'sent'), on(100, 'clicked'))).toEqual([
      '0 cold',
      '91 dormant',
      '100 engaged',
      '190 dormant',
    ]);
  });

  it('an open alone neither ends dormancy nor counts as activity (L2)', () => {
    expect(status(on(0, 'sent'), on(95, 'opened'))).toEqual(['0 cold', '90 dormant']);
  });

  it('activity at the very instant dormancy falls due prevents it', () => {
    expect(status(on(0, 'sent'), on(90, 'replied'))).toEqual(['0 cold', '90 hot', '180 dormant']);
  });

  it('is a customer until the training is completed, then alumni; dropped stays customer', () => {
    expect(status(bought(0))).toEqual(['0 customer']);
    expect(status(bought(0), on(200, 'completed', { subject: 'p' }))).toEqual([
      '0 customer',
      '200 alumni',
    ]);
  });

  it('a full refund undoes the purchase, a part of it does not (G1)', () => {
    const refund = (day: number, amount: number) =>
      on(day, 'refunded', { subject: 'p', amount_minor: -amount });
    expect(status(bought(0), refund(10, 40))).toEqual(['0 customer']);
    expect(status(bought(0), refund(10, 40), refund(20, 60))).toEqual([
      '0 customer',
      '20 cold',
      '90 dormant',
    ]);
    expect(status(bought(0), on(10, 'refunded', { subject: '', amount_minor: -100 }))).toEqual([
      '0 customer',
    ]);
    expect(status(bought(0, { amount_minor: 0 }))).toEqual(['0 customer']);
    expect(status(bought(0, { amount_minor: 0 }), refund(3, 0))).toEqual([
      '0 customer',
      '3 cold',
      '90 dormant',
    ]);
  });

  it('a subscription lapses when its last receipt says; a later one opens a new run (F8)', () => {
    const receipt = (day: number, until: number) =>
      on(day, 'receipt', {
        amount_minor: 50,
        subject: 'Coaching EUR',
        runs_until: on(until, 'added').occurred_at,
      });
    expect(status(receipt(0, 37), receipt(30, 67))).toEqual(['0 customer', '67 alumni']);
    expect(status(receipt(0, 37), receipt(37, 74))).toEqual(['0 customer', '74 alumni']);
    expect(status(receipt(0, 37), receipt(60, 97))).toEqual([
      '0 customer',
      '37 alumni',
      '60 customer',
      '97 alumni',
    ]);
  });

  it('facts of one instant leave one row', () => {
    expect(status(on(0, 'added'), on(1, 'opened'), on(1, 'replied'), bought(1))).toEqual([
      '0 cold',
      '1 customer',
    ]);
  });
});

describe('stated status (L6)', () => {
  const stated = (day: number, detail: string) => on(day, 'stated_status', { detail });

  it('the higher of asserted and derived holds', () => {
    expect(status(on(0, 'added'), stated(1, 'warm'), on(2, 'opened'), on(3, 'replied'))).toEqual([
      '0 cold',
      '1 warm',
      '3 hot',
      '93 dormant',
    ]);
    expect(status(on(0, 'replied'), stated(1, 'cold'))).toEqual(['0 hot', '90 dormant']);
  });

  it('an asserted dormant holds until the next activity, and its repeat changes nothing', () => {
    expect(
      status(on(0, 'replied'), stated(1, 'dormant'), on(2, 'clicked'), stated(3, 'dormant')),
    ).toEqual(['0 hot', '1 dormant', '2 hot', '92 dormant']);
  });

  it('ignores a value that is no status', () => {
    expect(status(on(0, 'added'), stated(1, 'lukewarm'))).toEqual(['0 cold']);
  });
});
