/**
 * Files of real tools that went wrong elsewhere, each through the whole import: right, or refused
 * with a reason.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../cli/import/parts.ts';
import { type CsvImport, importCsv } from '../csv-import.ts';
import {
  caseNames,
  casesAreThere,
  NOW,
  readCase as read,
  rowsOf,
  type Stated,
} from './case-files.ts';

const MOST_BODY_BYTES = 1_600_000;

/** Each row states one of the values, or is refused with a reason that matches. */
function expectEach(csv: CsvImport, column: string, values: unknown[][], reason: RegExp): void {
  const rows = rowsOf(csv);
  expect(rows).toHaveLength(values.length);
  rows.forEach((row, i) => {
    if (typeof row === 'string') expect(row).toMatch(reason);
    else expect(values[i]).toContain(row[column]);
  });
}

const utc = (text: string): number => Date.parse(`${text}Z`);

/** What the tests of this folder say; a title begins with the number of its case. */
const tested = (): string =>
  readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))
    .join('\n');

describe.skipIf(!casesAreThere)('a file of the cases', () => {
  it('has a test, whichever it is', () => {
    const text = tested();
    const untested = caseNames().filter((name) => !text.includes(`('${name.slice(0, 2)}: `));
    expect(untested).toEqual([]);
  });

  it('01: a decimal comma is never read as another amount', () => {
    const decimal = /"formats": \{"decimal": ","\}|decimal/;
    const purchases = { kind: 'purchases', currency: 'EUR' } as const;
    const amounts = [[51277], [123456], [1250]];
    expectEach(read('01-decimal-comma/in.csv', purchases), 'amount_minor', amounts, decimal);
    const map = '01-decimal-comma/b.map.json';
    expectEach(
      read('01-decimal-comma/b.csv', { ...purchases, map }),
      'amount_minor',
      [[11070], [123450]],
      decimal,
    );
  });

  it.each([
    ['cp1252.csv', ['Zoë Müller']],
    ['utf16.txt', ['Zoë Müller']],
    ['semicolon.csv', ['Zoe']],
    ['cr-only.csv', ['Zoe', 'Bo']],
    ['bom-middle.csv', ['Zoe', 'repeats the header', 'Bo']],
  ])('02: %s is read in its encoding', (file, names) => {
    const rows = rowsOf(read(`02-encodings/${file}`));
    expect(rows.map((row) => (typeof row === 'string' ? row : row.full_name))).toEqual(names);
  });

  it('02: a NUL is refused', () => {
    expect(rowsOf(read('02-encodings/nul.csv'))).toEqual([expect.stringContaining('NUL')]);
  });

  it('03: two columns of one field are both kept', () => {
    const map = '03-two-columns-one-field/map.json';
    const [row] = rowsOf(read('03-two-columns-one-field/in.csv', { map })) as Stated[];
    expect(row!.full_name).toBe('Ana Silva');
    expect((row!.identities as { value: string }[]).map(({ value }) => value).sort()).toEqual([
      '+442079460018',
      '+447911123456',
      'c03.work@example.com',
      'c03@example.com',
    ]);
  });

  it('06: no time becomes midnight', () => {
    const map = '06-forms-timestamp/map.json';
    const kind = 'interactions';
    const day = '2026-03-04T';
    const instants = ['15:07:09', '15:07:09', '17:07:00', '17:07:09', '10:30:00'];
    expectEach(
      read('06-forms-timestamp/in.csv', { kind, map }),
      'occurred_at',
      instants.map((time) => [utc(day + time)]),
      /occurred_at: /,
    );
  });

  it.each(['map.json', 'map-values.json'])('08: an Airtable export is read with %s', (file) => {
    const rows = rowsOf(read('08-airtable-export/in.csv', { map: `08-airtable-export/${file}` }));
    expect(rows[0]).toMatchObject({
      full_name: 'Ana "The Boss" Silva',
      tags: '["Alumni","Trial, maths","VIP"]',
      unsubscribed: 1,
      notes: 'line one\nline two, "quoted"',
      lead_added_at: utc('2026-03-04T17:07:00'),
      company: 'Acme, Inc',
    });
    expect(rows).toHaveLength(2);
  });

  it.each([
    ['head.csv', ['Ana']],
    ['rows.csv', ['Bo', 'Cy']],
    ['short.csv', ['Ed']],
    ['blank.csv', ['Di']],
  ])('09: the padding of %s is passed over', (file, names) => {
    expect(
      (rowsOf(read(`09-trailing-columns/${file}`)) as Stated[]).map((r) => r.full_name),
    ).toEqual(names);
  });

  it('12: long notes are sent in requests that the door takes', () => {
    const notes = 'Long note of a call. '.repeat(450);
    const lines = Array.from(
      { length: 1000 },
      (_, i) => `c12-${i}@x.example,"${notes}",2026-05-04`,
    );
    const text = ['email,notes,observed_at', ...lines].join('\n');
    const { facts } = importCsv('contacts', text, undefined, {
      now: NOW,
      zone: 'UTC',
      defaultCountry: 'US',
    });
    const parts = [...partsOf(facts.map((fact) => ({ fact: JSON.stringify(fact) })))];
    expect(parts.flat()).toHaveLength(1000);
    for (const part of parts)
      expect(Buffer.byteLength(part.map(({ fact }) => fact).join())).toBeLessThan(
        MOST_BODY_BYTES - 20,
      );
  });

  it('13: a stray quote costs its own row at most', () => {
    const rows = rowsOf(read('13-stray-quote/in.csv'));
    expect(rows.map((row) => (typeof row === 'string' ? 'refused' : row.full_name))).toEqual([
      'Ana',
      'Bo',
      'refused',
      'Di',
    ]);
    expect((rows[1] as Stated).notes).toBe('wants a 27" screen');
  });

  it('14: accounting signs are read or refused, and no decimals are rounded away', () => {
    const kind = 'purchases';
    const amounts = [[120000], [-20000], [-5000], [-2500], [1000, -1000], [-1000]];
    expectEach(read('14-accounting-money/in.csv', { kind }), 'amount_minor', amounts, /amount: /);
    expect(rowsOf(read('14-accounting-money/minor.csv', { kind }))).toEqual(
      Array(3).fill(expect.stringContaining('amount: ')),
    );
  });

  it('15: a cell of one space leaves the constant as it is', () => {
    const options = { kind: 'purchases', map: '15-blank-with-space/map.json' } as const;
    const rows = rowsOf(read('15-blank-with-space/in.csv', options)) as Stated[];
    expect(rows.map(({ currency }) => currency)).toEqual(['EUR', 'EUR', 'GBP']);
  });

  it('16: a bounce of no stated kind is neither hard nor soft', () => {
    const rows = rowsOf(read('16-email-events-spellings/in.csv', { kind: 'email-events' }));
    expect(rows[1]).toMatchObject({ event_type: 'bounced', bounce_type: null });
    expect(rows).toHaveLength(6);
  });

  it('27: the title of a report is not a header', () => {
    const map = '27-ads-report-preamble/map.json';
    expect(() => read('27-ads-report-preamble/in.csv', { kind: 'ad-spend', map })).toThrow(
      /line 1 is not a header: it has 1 cell, and line 3 has 4/,
    );
  });
});
