import { describe, expect, it } from 'vitest';
import { checkPoint, type Point, pointOf } from '../../platform/analytics-engine.ts';
import { factOf, observationOf } from './rows.ts';

const point = (more: Partial<Point>): Point => ({
  indexes: ['k'],
  blobs: ['b'],
  doubles: [1],
  ...more,
});

describe("Analytics Engine's limits", () => {
  it.each<[string, Partial<Point>, Partial<Point>]>([
    ['an index of 96 bytes', { indexes: ['é'.repeat(48)] }, { indexes: [`${'é'.repeat(48)}x`] }],
    ['20 blobs', { blobs: Array(20).fill('') }, { blobs: Array(21).fill('') }],
    ['16 KB of blobs', { blobs: ['é'.repeat(8192)] }, { blobs: ['é'.repeat(8192), 'x'] }],
    ['20 doubles', { doubles: Array(20).fill(0) }, { doubles: Array(21).fill(0) }],
    ['finite doubles', { doubles: [1e300] }, { doubles: [Number.NaN] }],
  ])('are held: %s', (_, fits, over) => {
    expect(() => checkPoint(point(fits))).not.toThrow();
    expect(() => checkPoint(point(over))).toThrow(RangeError);
  });
});

describe('a point (F7, R12)', () => {
  it('names nobody, whatever its fact says of a person', () => {
    const contact = {
      email: 'pia@x.test',
      phone: '+14155550100',
      full_name: 'Pia Person',
      notes: 'x',
      observed_at: '2026-02-01',
    };
    const call = {
      contact: '+14155550100',
      started_at: '2026-02-01',
      outcome: 'interested',
      agent: 'Ana',
    };
    const points = [observationOf('contacts', contact), observationOf('calls', call)].map((fact) =>
      pointOf(fact, 'secret'),
    );
    for (const each of points) {
      expect(() => checkPoint(each)).not.toThrow();
      expect(JSON.stringify(each)).not.toMatch(/pia|person|4155550100|@|Ana/i);
    }
  });

  it('stays within the limits with texts of any length', () => {
    const event = factOf('email-events', {
      contact: 'a@b.c',
      campaign: '界'.repeat(9000),
      type: 'sent',
      occurred_at: '2026-02-01',
    });
    expect(() => checkPoint(pointOf(event, 'secret'))).not.toThrow();
  });
});
