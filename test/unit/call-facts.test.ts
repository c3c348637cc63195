import { describe, expect, it } from 'vitest';
import { observationOf, refusedFields } from './rows.ts';

const call = { contact: 'a@b.c', started_at: '2026-02-01T10:00:00Z' };

describe('a call row (A2, F1)', () => {
  it('keeps its identity while its status, duration and completion become known', () => {
    const booked = { contact: 'a@b.c', booked_at: '2026-02-01', scheduled_at: '2026-02-05' };
    const key = observationOf('calls', booked).thing_key;
    const later = {
      ...booked,
      completed_at: '2026-02-05T11:00:00Z',
      duration_s: 900,
      class: 'connected',
      outcome: 'interested',
    };
    expect(observationOf('calls', later).thing_key).toBe(key);
    expect(observationOf('calls', later).observation_key).not.toBe(
      observationOf('calls', booked).observation_key,
    );
    expect(observationOf('calls', { ...booked, contact: 'A@B.c ' }).thing_key).toBe(key);
    expect(observationOf('calls', { ...booked, booked_at: '2026-02-02' }).thing_key).not.toBe(key);
  });

  it('belongs to its provider, a hand-logged one to the door', () => {
    expect(observationOf('calls', { ...call, source: 'aircall' }).provider).toBe('aircall');
    expect(observationOf('calls', { ...call, source: 'manual' }).provider).toBe('csv');
    const id = { ...call, external_id: '1' };
    expect(observationOf('calls', { ...id, source: 'discord' }).thing_key).not.toBe(
      observationOf('calls', id).thing_key,
    );
  });

  it('knows one agent under several spellings', () => {
    const ids = ['Ana  Silva', 'ana silva', 'ANA SÍLVA'].map(
      (agent) => observationOf('calls', { ...call, agent }).stated.agent_id,
    );
    expect(new Set(ids)).toEqual(new Set(['ana-silva']));
  });

  it('takes objections for codes, so that one is one however it is spelt', () => {
    const stated = (objections: unknown) =>
      observationOf('calls', { ...call, objections }).stated.objections;
    expect(stated('Price; needs approval;price')).toBe('["needs_approval","price"]');
    expect(stated(['Too-far', ' '])).toBe('["too_far"]');
  });

  it('refuses what no call has', () => {
    expect(refusedFields('calls', { ...call, duration_s: '-5' })).toEqual(['duration_s']);
    expect(refusedFields('calls', { ...call, duration_s: '900000' })).toEqual(['duration_s']);
    expect(refusedFields('calls', { ...call, duration_s: '86400' })).toEqual([]);
    expect(refusedFields('calls', { ...call, class: 'missed', source: 'zoom' }).sort()).toEqual([
      'class',
      'source',
    ]);
    expect(refusedFields('calls', { contact: 'a@b.c' })).toContain('started_at');
  });
});
