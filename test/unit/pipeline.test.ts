import { describe, expect, it } from 'vitest';
import { on, path } from './contact-history.ts';

const stage = (...events: Parameters<typeof path>[1]) => path('sales_stage', events);
const byHand = (day: number, detail: string, more = {}) =>
  on(day, 'stated_stage', { detail, ...more });

describe('pipeline (section 4)', () => {
  it('advances by facts, one stage at a time or several', () => {
    expect(
      stage(
        on(0, 'added'),
        on(1, 'sent'),
        on(2, 'replied'),
        on(3, 'booked'),
        on(4, 'call_completed'),
        on(5, 'proposal_sent'),
        on(6, 'purchased'),
      ),
    ).toEqual([
      '0 new',
      '1 contacted',
      '2 replied',
      '3 scheduled',
      '4 called',
      '5 proposal',
      '6 closed_won',
    ]);
    expect(stage(on(0, 'added'), on(1, 'closed_won'))).toEqual(['0 new', '1 closed_won']);
  });

  it('never falls back by a fact (S2)', () => {
    expect(stage(on(0, 'booked'), on(1, 'sent'), on(2, 'replied'))).toEqual(['0 scheduled']);
  });

  it('a connected dial is a touch, not a completed call', () => {
    expect(stage(on(0, 'added'), on(1, 'attempted', { is_activity: 1 }))).toEqual([
      '0 new',
      '1 contacted',
    ]);
  });

  it('mail of type proposal is a proposal', () => {
    expect(stage(on(0, 'sent', { detail: 'proposal' }))).toEqual(['0 proposal']);
  });

  it('a person may set any stage, and facts go on from there', () => {
    expect(stage(on(0, 'booked'), byHand(1, 'contacted'), on(2, 'replied'))).toEqual([
      '0 scheduled',
      '1 contacted',
      '2 replied',
    ]);
  });

  it('a stage set by hand decides its instant; of two the greater key', () => {
    expect(
      stage(
        on(0, 'booked'),
        byHand(0, 'called', { event_key: 'a' }),
        byHand(0, 'proposal', { event_key: 'b' }),
      ),
    ).toEqual(['0 proposal']);
  });

  it('closed_lost is left by hand or by a purchase only (P5)', () => {
    const lost = [on(0, 'sent'), byHand(1, 'closed_lost')];
    expect(stage(...lost, on(2, 'replied'), on(3, 'closed_won'))).toEqual([
      '0 contacted',
      '1 closed_lost',
    ]);
    expect(stage(...lost, on(2, 'purchased'))).toEqual([
      '0 contacted',
      '1 closed_lost',
      '2 closed_won',
    ]);
    expect(stage(...lost, byHand(2, 'replied'))).toEqual([
      '0 contacted',
      '1 closed_lost',
      '2 replied',
    ]);
  });
});
