import { describe, expect, it } from 'vitest';
import { factOf, observationOf, refusedFields } from './rows.ts';

const happening = { contact: 'a@b.c', occurred_at: '2026-02-01T10:00:00Z' };
const at = Date.UTC(2026, 1, 1, 10);

describe('an interaction row (F6)', () => {
  it.each([
    ['booked', 'booked'],
    ['replied', 'connected'],
    ['converted', 'connected'],
    ['no_response', 'voicemail'],
    [undefined, 'voicemail'],
  ])('of channel call with outcome %s is a manual call of class %s (A2)', (outcome, expected) => {
    const fact = observationOf('interactions', { ...happening, channel: 'call', outcome });
    expect([fact.kind, fact.provider, fact.stated.class, fact.stated.started_at]).toEqual([
      'call',
      'csv',
      expected,
      at,
    ]);
    expect(fact.stated.booked_at).toBe(expected === 'booked' ? at : undefined);
  });

  it('of channel email that was replied to is a mail event', () => {
    const fact = factOf('interactions', {
      ...happening,
      channel: 'email',
      outcome: 'replied',
      campaign: 'spring',
    });
    expect(fact).toMatchObject({
      kind: 'email_event',
      event_type: 'replied',
      occurred_at: at,
      message: { campaign_id: 'spring' },
    });
    expect(
      factOf('interactions', { ...happening, channel: 'email', outcome: 'complaint' }).kind,
    ).toBe('interaction');
  });

  it('of any other channel stays at home', () => {
    const { kind, stated } = observationOf('interactions', {
      ...happening,
      channel: 'Web',
      outcome: 'Visited Pricing',
    });
    expect([kind, stated.channel, stated.outcome]).toEqual([
      'interaction',
      'web',
      'visited_pricing',
    ]);
  });

  it('refuses a channel and an outcome that there are not', () => {
    expect(
      refusedFields('interactions', { ...happening, channel: 'fax', outcome: 'shrugged' }),
    ).toEqual(['channel', 'outcome']);
  });
});
