/**
 * What the import door refuses by its path, since the warehouse could never keep it, and that it
 * takes all that rows say (F1).
 */
import { describe, expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { importFact } from '../../core/facts/import-fact.ts';
import { observationOf } from './rows.ts';

const now = Date.parse('2026-03-02');
const issues = (fact: unknown): string[] =>
  importFact(now)
    .safeParse(fact)
    .error?.issues.map(({ path }) => path.join('.')) ?? [];

const call = observationOf('calls', {
  contact: 'a@b.c',
  started_at: '2026-02-01',
  duration_s: 60,
  agent: 'Ana Silva',
  objections: 'too dear; no time',
  recorded: 'yes',
});
const sale = observationOf('purchases', {
  contact: 'a@b.c',
  purchased_at: '2026-02-01',
  product: 'Course',
  amount: '1499.90',
  external_id: 'p1',
  agent: 'Ana',
  referrer: 'lead-9',
});
const person = observationOf('contacts', {
  email: 'a@b.c',
  tags: 'b; a',
  tier: 2,
  vip: 'yes',
  timezone: 'Australia/Sydney',
  deal_value: '12',
  lead_score: '4.5',
  lead_added_at: '2026-01-01',
  attributes: { grid: 'good', depth: { a: 1 }, n: 2 },
});
const rows = [
  call,
  sale,
  person,
  observationOf('purchases', {
    contact: 'a@b.c',
    purchased_at: '2026-02-02',
    amount: '-40',
    refund_of: 'p1',
    external_id: 'r1',
    product: 'Course',
  }),
  observationOf('interactions', { contact: 'x-1', occurred_at: '2026-02-01', channel: 'call' }),
  observationOf('campaigns', {
    name: 'Spring',
    target_segment: { tier: 1 },
    observed_at: '2026-02-01',
  }),
  observationOf('enrolments', { contact: 'a@b.c', campaign: 'spring', observed_at: '2026-02-01' }),
  observationOf('ad-spend', { channel: 'google', day: '2026-02-01', amount: '12.50' }),
];

describe('the import door', () => {
  it.each(rows.map((row): [string, unknown] => [row.kind, row]))(
    'takes a %s of a row',
    (_, row) => {
      expect(issues(row)).toEqual([]);
    },
  );

  it.each([
    ['a number for a text', { ...call, stated: { notes: 7 } }, 'stated.notes'],
    ['a text for an instant', { ...call, stated: { started_at: 'soon' } }, 'stated.started_at'],
    [
      'an instant of year 1',
      { ...call, stated: { started_at: -62135596800000 } },
      'stated.started_at',
    ],
    ['half a second', { ...call, stated: { started_at: now + 0.5 } }, 'stated.started_at'],
    ['a year of talk', { ...call, stated: { duration_s: 31_536_000 } }, 'stated.duration_s'],
    ['an unknown class', { ...call, stated: { class: 'great' } }, 'stated.class'],
    ['a text for a list', { ...call, stated: { objections: 'too dear' } }, 'stated.objections'],
    ['a flag of two', { ...call, stated: { recorded: 2 } }, 'stated.recorded'],
    ['a column of another kind', { ...call, stated: { product_name: 'x' } }, 'stated.product_name'],
    [
      'a name of prototypes',
      { ...call, stated: JSON.parse('{"constructor":"x"}') },
      'stated.constructor',
    ],
    ['half a cent', { ...sale, stated: { amount_minor: 0.5 } }, 'stated.amount_minor'],
    ['a text of money', { ...sale, stated: { amount_minor: '10' } }, 'stated.amount_minor'],
    ['no currency', { ...sale, stated: { currency: 'XQX' } }, 'stated.currency'],
    [
      'attributes of deep JSON',
      { ...person, stated: { 'attributes.a': true } },
      'stated.attributes.a',
    ],
    ['a blank', { ...person, stated: { full_name: ' ' } }, 'stated.full_name'],
    ['half a character', { ...person, stated: { full_name: '\ud800' } }, 'stated.full_name'],
    ['NUL', { ...person, thing_key: 'a\0' }, 'thing_key'],
    ['a zone of nowhere', { ...person, stated: { timezone: 'Mars/Base' } }, 'stated.timezone'],
    ['nobody', { ...call, contact: undefined }, 'contact'],
    ['tomorrow but one', { ...call, observed_at: now + 2 * DAY }, 'observed_at'],
    [
      'a fact of a megabyte',
      {
        ...person,
        stated: Object.fromEntries(
          Array.from({ length: 11 }, (_, i) => [`attributes.${i}`, 'x'.repeat(99_999)]),
        ),
      },
      '',
    ],
  ])('refuses %s', (_, fact, path) => {
    expect([...new Set(issues(fact))]).toEqual([path]);
  });
});
