/**
 * What the version before queued, buried or kept waiting is read as this version writes it (V19).
 */
import { describe, expect, it } from 'vitest';
import { fact } from '../../core/facts/fact.ts';
import { upgradeFact } from '../../core/facts/upgrade.ts';
import { messagesOf } from '../../workers/fact-queue.ts';

const contact = { kind: 'email', value: 'ana@example.org' };
const observed = { contact, thing_key: 't', observation_key: 'o', observed_at: 1_780_000_000_000 };
const call = (source: string, stated: object) => ({ kind: 'call', source, ...observed, stated });

describe('a fact with one source', () => {
  it.each([
    [
      'a call of Aircall',
      call('aircall', { source: 'aircall', class: 'done' }),
      'aircall',
      'phone',
    ],
    ['a Discord outcome', call('discord', { source: 'discord' }), 'discord', 'whatsapp'],
    [
      'a call that a client sent as Discord’s',
      call('crm', { source: 'discord' }),
      'discord',
      'whatsapp',
    ],
    ['a call logged by hand', call('api', { source: 'manual' }), 'api', 'phone'],
    ['a call of no stated source', call('csv', {}), 'csv', 'phone'],
  ])('is %s', (_, earlier, provider, medium) => {
    const { source: __, stated, ...rest } = earlier;
    const { source: ___, ...others } = stated as { source?: string };
    expect(upgradeFact(earlier)).toEqual({ ...rest, provider, medium, stated: others });
    expect(fact.parse(earlier)).toEqual({ ...rest, provider, medium, stated: others });
  });

  it('of another kind has its provider only, and mail its medium', () => {
    const stated = { channel_origin: 'referral' };
    expect(upgradeFact({ kind: 'contact', source: 'crm', ...observed, stated })).toEqual({
      kind: 'contact',
      provider: 'crm',
      ...observed,
      stated,
    });
    expect(upgradeFact({ kind: 'email_event', source: 'resend', event_id: 'e' })).toEqual({
      kind: 'email_event',
      provider: 'resend',
      medium: 'email',
      event_id: 'e',
    });
  });

  it('is left alone once it has its origin, and so is what is no fact', () => {
    const present = { kind: 'call', provider: 'aircall', ...observed, stated: {} };
    expect(upgradeFact(present)).toBe(present);
    expect(upgradeFact(null)).toBeNull();
    expect(upgradeFact('source')).toBe('source');
    expect(upgradeFact({ kind: 'call', source: 7 })).toEqual({ kind: 'call', source: 7 });
  });
});

it('is read from a queue that the version before filled', async () => {
  const queued = { door: 'api', facts: [call('discord', { class: 'booked' })] };
  const [message] = await messagesOf({} as D1Database, [queued as never]);
  expect(message!.facts).toMatchObject([
    { provider: 'discord', medium: 'whatsapp', stated: { class: 'booked' } },
  ]);
});
