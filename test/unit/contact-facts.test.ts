import { describe, expect, it } from 'vitest';
import { observationOf, refusedFields } from './rows.ts';

describe('a contact row', () => {
  const row = {
    email: 'Bo@x.test',
    phone: '415 555 0100',
    external_id: 'l7',
    observed_at: '2026-02-01',
  };

  it('is known by its canonical identity and carries them all (G6)', () => {
    const { contact, identities } = observationOf('contacts', row);
    expect(contact).toEqual({ kind: 'email', value: 'bo@x.test' });
    expect(identities?.map(({ kind, value }) => `${kind}:${value}`)).toEqual([
      'email:bo@x.test',
      'phone:+14155550100',
      'external:l7',
    ]);
  });

  it('states nothing where it is blank or unknown', () => {
    const blanks = {
      full_name: ' ',
      company: null,
      channel_origin: 'Unknown',
      tier: '',
      vip: 'unknown',
      tags: '',
    };
    expect(observationOf('contacts', { ...row, ...blanks }).stated).toEqual({});
  });

  it('is refused where its tier is none of the three (P3)', () => {
    expect(refusedFields('contacts', { ...row, tier: '4' })).toEqual(['tier']);
    expect(observationOf('contacts', { ...row, tier: '3' }).stated).toEqual({ tier: 3 });
  });

  it('is observed when it says, else at its latest past instant, else as given (G6)', () => {
    const told = {
      email: 'a@b.c',
      lead_added_at: '2026-01-05',
      last_contact_at: '2026-02-05',
      next_action_at: '2026-09-01',
    };
    expect(observationOf('contacts', { ...told, observed_at: '2026-02-20' }).observed_at).toBe(
      Date.UTC(2026, 1, 20),
    );
    expect(observationOf('contacts', told).observed_at).toBe(Date.UTC(2026, 1, 5));
    expect(observationOf('contacts', told, { receivedAt: 7 }).observed_at).toBe(7);
    expect(refusedFields('contacts', { email: 'a@b.c' })).toEqual(['observed_at']);
  });

  it('names each field that is wrong', () => {
    const wrong = {
      email: 'nobody',
      tier: 'two',
      lead_status: 'lukewarm',
      lead_added_at: 'soon',
      vip: 'perhaps',
    };
    expect(refusedFields('contacts', wrong).sort()).toEqual(Object.keys(wrong).sort());
    expect(refusedFields('contacts', { observed_at: '2026-01-01' })).toEqual(['email']);
  });

  it('takes codes as they are spoken and lists in any order', () => {
    const { stated } = observationOf('contacts', {
      ...row,
      lead_type: 'Facebook Ad',
      tags: 'b; a;b',
      deal_value: '1,200.50',
    });
    expect(stated).toMatchObject({
      lead_type: 'facebook_ad',
      tags: '["a","b"]',
      deal_value_minor: 120_050,
    });
  });
});
