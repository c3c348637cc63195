import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import type { ContactEvent, EventName } from '../../core/status/contact-event.ts';
import { statusHistory } from '../../core/status/history.ts';
import { on, path, RULES } from './contact-history.ts';

const details: Partial<Record<EventName, string[]>> = {
  stated_status: ['cold', 'warm', 'hot', 'dormant', 'customer', 'alumni'],
  stated_stage: ['new', 'replied', 'proposal', 'closed_lost', 'closed_won'],
  sent: ['', 'proposal'],
};
const names: EventName[] = [
  'added',
  'mail',
  'sent',
  'opened',
  'clicked',
  'replied',
  'attempted',
  'booked',
  'call_completed',
  'proposal_sent',
  'closed_won',
  'visited_pricing',
  'downloaded',
  'attended',
  'purchased',
  'receipt',
  'refunded',
  'completed',
  'unsubscribed',
  'stated_status',
  'stated_stage',
  'contacted',
];

/** Few days and few purchases, so that instants coincide and refunds find what they name. */
const event: fc.Arbitrary<ContactEvent> = fc
  .record({
    name: fc.constantFrom(...names),
    day: fc.integer({ min: 0, max: 300 }).map((day) => (day > 200 ? day : day % 40)),
    pick: fc.nat(5),
    product: fc.constantFrom('p1', 'p2'),
    amount: fc.constantFrom(0, 50, 100),
  })
  .map(({ name, day, pick, product, amount }) =>
    on(day, name, {
      event_key:
        name === 'purchased' || name === 'receipt' ? `${product}-${day}` : `${name}-${pick}`,
      detail: details[name]?.[pick % details[name].length] ?? '',
      subject: name === 'receipt' ? product : `${product}-${pick * 7}`,
      amount_minor: name === 'refunded' ? -amount : amount,
      runs_until: name === 'receipt' ? (day + 10 + pick) * DAY : null,
    }),
  );
const history = fc.uniqueArray(event, {
  selector: ({ occurred_at, event_key, event }) => `${occurred_at} ${event_key} ${event}`,
  maxLength: 25,
});

describe('the history is a fold of facts (P5)', () => {
  it('opens with nothing before it and links each change to the last', () => {
    expect(statusHistory([on(0, 'added')], RULES)).toEqual([
      {
        field: 'lead_status',
        occurred_at: 0,
        from_value: null,
        to_value: 'cold',
        cause: 'opened',
        rule_id: 'P5',
      },
      {
        field: 'sales_stage',
        occurred_at: 0,
        from_value: null,
        to_value: 'new',
        cause: 'opened',
        rule_id: 'P5',
      },
    ]);
  });

  it('an unsubscribe is a flag of its own, set once (L4)', () => {
    expect(
      path('unsubscribed', [on(0, 'added'), on(3, 'unsubscribed'), on(5, 'unsubscribed')]),
    ).toEqual(['3 1']);
  });

  it('names what decided each change, time included, even when instants coincide', () => {
    const causes = (...events: ContactEvent[]) =>
      statusHistory(events, RULES)
        .filter(({ field }) => field === 'lead_status')
        .map(({ to_value, cause, rule_id }) => `${to_value} ${cause} ${rule_id}`);
    const sale = { event_key: 's', amount_minor: 100 };
    expect(
      causes(on(0, 'added'), on(1, 'purchased', sale), on(1, 'completed', { subject: 's' })),
    ).toEqual(['cold opened P5', 'alumni purchased G1']);
    expect(causes(on(0, 'sent'), on(90, 'mail'))).toEqual(['cold opened P5', 'dormant silence L1']);
    const receipt = { subject: 'Club USD', amount_minor: 100, runs_until: 30 * DAY };
    expect(causes(on(0, 'receipt', receipt), on(30, 'booked'))).toEqual([
      'customer receipt F8',
      'alumni lapsed F8',
    ]);
    const stated = (day: number, detail: string) => on(day, 'stated_status', { detail });
    expect(causes(on(0, 'visited_pricing'), stated(1, 'customer'), stated(2, 'warm'))).toEqual([
      'hot visited_pricing L5',
      'customer stated_status L6',
      'hot stated_status L6',
      'dormant silence L1',
    ]);
  });

  it('no contact without facts has a history', () => {
    expect(statusHistory([], RULES)).toEqual([]);
  });

  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(
        history.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          expect(statusHistory(shuffled, RULES)).toEqual(statusHistory(events, RULES));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('up to an instant depends only on facts up to it', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 400 }), (events, day) => {
        const until = <T extends { occurred_at: number }>(rows: T[]) =>
          rows.filter((row) => row.occurred_at <= day * DAY);
        expect(until(statusHistory(events, RULES))).toEqual(
          until(statusHistory(until(events), RULES)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves one row per field and instant, each from the value before it', () => {
    fc.assert(
      fc.property(history, (events) => {
        const rows = statusHistory(events, RULES);
        expect(new Set(rows.map((row) => `${row.field} ${row.occurred_at}`)).size).toBe(
          rows.length,
        );
        for (const field of ['lead_status', 'sales_stage']) {
          let value: string | null = null;
          for (const row of rows.filter((row) => row.field === field)) {
            expect(row.from_value).toBe(value);
            expect(row.to_value).not.toBe(value);
            value = row.to_value;
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
