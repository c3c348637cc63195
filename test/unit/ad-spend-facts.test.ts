import { describe, expect, it } from 'vitest';
import { observationOf, refusedFields } from './rows.ts';

const spent = { channel: 'google', campaign: 'spring', day: '2026-02-01', amount: '1,499.90' };

describe('a row of ad spend', () => {
  it('is minor units of its currency on a day', () => {
    expect(observationOf('ad-spend', spent).stated).toEqual({
      channel: 'google',
      campaign_id: 'spring',
      spent_at: Date.parse('2026-02-01'),
      amount_minor: 149_990,
      currency: 'USD',
    });
    expect(observationOf('ad-spend', { ...spent, amount: '0' }).stated.amount_minor).toBe(0);
  });

  it('keeps its key when its amount changes; channel, campaign, day and currency make it', () => {
    const keyOf = (row: object) => observationOf('ad-spend', { ...spent, ...row }).thing_key;
    const others = [
      { channel: 'meta' },
      { campaign: 'autumn' },
      { campaign: '' },
      { day: '2026-02-02' },
      { currency: 'AUD' },
    ];
    expect(keyOf({ amount: '1' })).toBe(keyOf({}));
    expect(new Set([{}, ...others].map(keyOf)).size).toBe(others.length + 1);
    expect(keyOf({ external_id: 'x', day: '2026-02-03' })).toBe(keyOf({ external_id: 'x' }));
  });

  it('names its channel as the visits that it paid for do, however either is written', () => {
    const visit = { contact: 'a@b.c', occurred_at: '2026-02-01', channel: 'web' };
    for (const [spelt, told] of [
      ['Google', 'google'],
      ['google ads', 'Google-Ads'],
    ] as const)
      expect(observationOf('ad-spend', { ...spent, channel: spelt }).stated.channel).toBe(
        observationOf('interactions', { ...visit, utm_source: told }).stated.utm_source,
      );
  });

  it('is refused by the name of what is wrong', () => {
    expect(refusedFields('ad-spend', { campaign: 'spring' })).toEqual(['channel', 'day', 'amount']);
    expect(refusedFields('ad-spend', { ...spent, amount: '-3' })).toEqual(['amount']);
    expect(refusedFields('ad-spend', { ...spent, amount: 'much' })).toEqual(['amount']);
    expect(refusedFields('ad-spend', { ...spent, currency: 'XQX' })).toEqual(['currency']);
    expect(refusedFields('ad-spend', spent, { currency: undefined })).toEqual(['currency']);
  });
});
