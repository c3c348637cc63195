/**
 * Rows that name people in full: found, unknown or several, and the same thing however the person
 * is found (F1).
 */
import { describe, expect, it } from 'vitest';
import { namesIn, type PeopleByName, withPeople } from '../../core/csv/people.ts';
import type { Address } from '../../core/facts/address.ts';
import { importCsv } from '../csv-import.ts';

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

  it('says the names of a row by header', () => {
    expect(csv.facts.map((fact) => namesIn(fact, csv.named))).toEqual([
      { contact: 'Ana Silva', referrer: 'Bo Lee' },
      { contact: 'Bo Lee' },
      { contact: 'Nobody' },
      { contact: 'Twin' },
    ]);
  });

  it('gives facts of those who are known, and rejects the other rows with the reason', () => {
    expect(csv.facts.map((fact) => withPeople(fact, csv.named, people))).toMatchObject([
      {
        fact: {
          contact: { kind: 'email', value: 'ana@example.org' },
          stated: { referrer_kind: 'external', referrer_value: '007' },
        },
      },
      { fact: { contact: { kind: 'external', value: '007' } } },
      { reasons: ['contact: nobody is called "Nobody"'] },
      { reasons: ['contact: 2 people are called "Twin"'] },
    ]);
  });

  it('gives the same things whoever the name leads to by now', () => {
    const later = new Map(people).set('Bo Lee', { kind: 'email', value: 'bo@example.org' });
    const keys = (known: PeopleByName) =>
      csv.facts.map((fact) => {
        const found = withPeople(fact, csv.named, known);
        return 'fact' in found && 'thing_key' in found.fact && found.fact.thing_key;
      });
    expect(keys(later)).toEqual(keys(people));
  });

  it('is refused where MAP says a form that there is not', () => {
    const wrong = { formats: { contact: 'nickname' } };
    expect(() => importCsv('purchases', text, wrong, context)).toThrow(
      'formats.contact: takes email, phone, external, full_name',
    );
  });
});
