import { describe, expect, it } from 'vitest';
import { businessDay, calendarSpan } from '../../core/calendar.ts';
import { fact } from '../../core/facts/fact.ts';
import { fieldsOf, type RowKind, rowKinds } from '../../core/facts/fields.ts';
import { parseRow } from '../../core/facts/parse.ts';
import { instant, isInstant } from '../../core/instant.ts';
import { observationOf, refusedFields } from './rows.ts';

const now = Date.parse('2026-03-02');
const never = ['0001-01-01', '1969-12-31', '2009-06-30', '2045-01-01', '9999-12-31'];
const rows: Record<RowKind, Record<string, unknown>> = {
  contacts: { email: 'ana@example.org' },
  interactions: { contact: 'ana@example.org', occurred_at: '2026-01-01', channel: 'web' },
  calls: { contact: 'ana@example.org', started_at: '2026-01-01' },
  purchases: { contact: 'ana@example.org', external_id: 'p1' },
  'email-events': {
    contact: 'ana@example.org',
    type: 'opened',
    message_id: 'm1',
    occurred_at: '2026-01-01',
  },
  campaigns: { name: 'Spring' },
  enrolments: { contact: 'ana@example.org', campaign: 'spring' },
  sequences: { sequence: 'Welcome', step: '1' },
  'ad-spend': { channel: 'google', day: '2026-01-01', amount: '1' },
};
const instantsOf = (kind: RowKind) =>
  Object.keys(fieldsOf[kind]).filter((header) => fieldsOf[kind][header]!.type === 'instant');
const doors = rowKinds.flatMap((kind) => instantsOf(kind).map((header) => [kind, header] as const));

describe('an instant', () => {
  const zones = ['Etc/GMT+12', 'Etc/GMT-14', ...Intl.supportedValuesOf('timeZone')];
  const span = [Date.parse('2009-12-31T10:00Z'), Date.parse('2041-01-01T12:00Z') - 1] as const;

  it('has a day of the calendar in every time zone, from its first to its last', () => {
    expect(span.map(isInstant)).toEqual([true, true]);
    expect([span[0] - 1, span[1] + 1, 1.5, Number.NaN].map(isInstant)).toEqual(
      Array(4).fill(false),
    );
    for (const zone of zones) {
      expect(businessDay(span[0], zone) >= calendarSpan.first, zone).toBe(true);
      expect(businessDay(span[1], zone) <= calendarSpan.last, zone).toBe(true);
    }
  });

  it('can be anywhere in the first and last day that the message names, in any zone', () => {
    for (const zone of zones)
      for (const lead_added_at of ['2010-01-01', '2040-12-31T23:59:59'])
        expect(
          refusedFields('contacts', { ...rows.contacts, lead_added_at }, { zone, receivedAt: now }),
          zone,
        ).toEqual([]);
  });

  it('is refused outside with its range, at every field of every door', () => {
    for (const [kind, header] of doors)
      for (const stated of never) {
        const parsed = parseRow(
          kind,
          { ...rows[kind], [header]: stated },
          {
            origin: { provider: 'csv' },
            now,
            zone: 'UTC',
            defaultCountry: 'US',
            currency: 'USD',
            receivedAt: now,
          },
        );
        expect(parsed, `${kind}.${header} ${stated}`).toEqual({
          errors: [
            expect.objectContaining({
              field: header,
              message: expect.stringContaining(
                `${header}: "${stated}" is outside 2010-01-01 to 2040-12-31`,
              ),
            }),
          ],
        });
      }
  });

  it('is refused by the schema of a fact in the same words', () => {
    for (const text of never.map((day) => Date.parse(day)))
      expect(instant.safeParse(text).error?.issues[0]?.message).toBe(
        'is outside 2010-01-01 to 2040-12-31',
      );
    const known = observationOf('contacts', { ...rows.contacts, observed_at: '2026-01-01' });
    expect(fact.safeParse(known).success).toBe(true);
    expect(fact.safeParse({ ...known, observed_at: 253_402_300_799_999 }).success).toBe(false);
  });
});

describe('the instant of an observation (G6)', () => {
  const stated = (observed_at: string) => ({ ...rows.contacts, observed_at });

  it('is at most a day ahead of the clock, so that newer observations still win', () => {
    expect(refusedFields('contacts', stated('2026-03-03'))).toEqual([]);
    expect(refusedFields('contacts', stated('2026-03-03T00:00:00.001'))).toEqual(['observed_at']);
    expect(refusedFields('contacts', stated('2040-01-01'))).toEqual(['observed_at']);
  });

  it('is bounded as well where the command line states it', () => {
    const with_ = { observedAt: now + 86_400_001 };
    expect(refusedFields('contacts', rows.contacts, with_)).toEqual(['observed_at']);
  });
});
