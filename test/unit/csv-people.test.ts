/**
 * Rows that name people in full: found, unknown or several, and the same thing however the person
 * is found (F1).
 */
import { describe, expect, it } from 'vitest';
import { importCsv } from '../../core/csv/import.ts';
import { namesIn, type PeopleByName, withPeople } from '../../core/csv/people.ts';
import type { Address } from '../../core/facts/address.ts';

const context = { now: Date.parse('2026-06-01'), zone: 'UTC', defaultCountry: 'GB' };
const text =
  'Contact,Date,Product,Amount,Currency,Referred By\n' +
  'Ana Silva,2026-05-04,P,10,USD,Bo Lee\nBo Lee,2026-05-05,P,10,USD,\n' +
  'Nobody,2026-05-06,P,10,USD,\nbad,never,P,10,USD,\nTwin,2026-05-07,P,10,USD,\n';
const map = { formats: { contact: 'full_name', referrer: 'full_name' } };
const people: PeopleByName = new Map<string, Address | string>([
  ['Ana Silva', { kind: 'email', value: 'ana@example.org' }],
  ['Bo Lee', { kind: 'external', value: '007' }],
  ['Twin', '2 people are called "Twin"'],
]);

describe('a file that names people in full', () => {
  const csv = importCsv('purchases', text, map, context);

  it('says each name once', () => {
    expect(namesIn(csv)).toEqual(['Ana Silva', 'Bo Lee', 'Nobody', 'Twin']);
  });

  it('gives facts of those who are known, and rejects the other rows with the reason', () => {
    const { facts, rejects, rows } = withPeople(csv, people);
    expect(facts).toMatchObject([
      {
        contact: { kind: 'email', value: 'ana@example.org' },
        stated: { referrer_kind: 'external', referrer_value: '007' },
      },
      { contact: { kind: 'external', value: '007' } },
    ]);
    expect(rejects.map(({ line, reasons }) => `${line} ${reasons[0]}`)).toEqual([
      '4 contact: nobody is called "Nobody"',
      expect.stringMatching(/^5 purchased_at: /),
      '6 contact: 2 people are called "Twin"',
    ]);
    expect(facts.length + rejects.length).toBe(rows);
  });

  it('gives the same things whoever the name leads to by now', () => {
    const later = new Map(people).set('Bo Lee', { kind: 'email', value: 'bo@example.org' });
    const keys = (known: PeopleByName) =>
      withPeople(csv, known).facts.map((fact) => 'thing_key' in fact && fact.thing_key);
    expect(keys(later)).toEqual(keys(people));
  });

  it('is refused where MAP says a form that there is not', () => {
    const wrong = { formats: { contact: 'nickname' } };
    expect(() => importCsv('purchases', text, wrong, context)).toThrow(
      'formats.contact: takes email, phone, external, full_name',
    );
  });
});
