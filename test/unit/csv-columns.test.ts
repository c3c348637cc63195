/**
 * Which column states what: names in any spelling, columns joined, and what an unknown one looks
 * like (P1, V21).
 */
import { describe, expect, it } from 'vitest';
import { nameKey } from '../../core/csv/names.ts';
import { optionsOf } from '../../core/csv/row.ts';
import { aliasesOf } from '../../core/facts/aliases.ts';
import { fieldsOf, type RowKind, rowKinds } from '../../core/facts/fields.ts';
import { Fault } from '../../core/faults.ts';
import { importCsv } from '../csv-import.ts';

const context = {
  now: Date.parse('2026-06-01'),
  zone: 'UTC',
  defaultCountry: 'GB',
  currency: 'USD',
};

function stated(text: string, kind: RowKind = 'contacts', map?: unknown): Record<string, unknown> {
  const { facts, rejects } = importCsv(kind, text, map, context);
  expect(rejects).toEqual([]);
  return (facts[0] as unknown as { stated: Record<string, unknown> }).stated;
}

function faultOf(text: string, kind: RowKind = 'contacts', map?: unknown): Fault {
  try {
    importCsv(kind, text, map, context);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('it was imported');
}

describe('names of columns', () => {
  it.each(['full_name', 'Full Name', 'full-name', 'FULL_NAME', ' Full  name: ', 'fullName'])(
    '%j is full_name',
    (name) => {
      expect(stated(`email,${name},observed_at\na@b.co,Ana,2026-05-04\n`).full_name).toBe('Ana');
    },
  );

  it.each(rowKinds)('of %s lead to headers that there are, each to one', (kind) => {
    const names = Object.entries(aliasesOf[kind]).flatMap(([header, aliases]) =>
      [...new Set(aliases.map(nameKey))].map((name) => ({ header, name })),
    );
    const headers = Object.keys(fieldsOf[kind]);
    expect(names.filter(({ header }) => ![...headers, 'ignore'].includes(header))).toEqual([]);
    const doubled = names.filter(
      ({ header, name }) =>
        (headers.map(nameKey).includes(name) && name !== nameKey(header)) ||
        names.some((other) => other.name === name && other.header !== header),
    );
    expect(doubled.map(({ name }) => name).filter((name) => name !== 'countrytimezone')).toEqual(
      [],
    );
  });

  it('in MAP are compared the same way', () => {
    const map = { columns: { Firm: 'company' } };
    expect(
      stated('email,FIRM ,observed_at\na@b.co,Acme,2026-05-04\n', 'contacts', map).company,
    ).toBe('Acme');
  });
});

describe('columns of one field', () => {
  it.each([
    ['First Name,Last Name', 'Ana,Silva', 'Ana Silva'],
    ['Last Name,First Name', 'Silva,Ana', 'Ana Silva'],
    ['First Name,Middle Name,Last Name', 'Ana,,Silva', 'Ana Silva'],
    ['First Name,Last Name', 'James,James', 'James James'],
    ['Name,Given Name,Family Name', 'Ana Silva,Ana,Silva', 'Ana Silva'],
    ['Name,Given Name,Family Name', ',Ana,Silva', 'Ana Silva'],
  ])('%s: %s is one name', (header, cells, name) => {
    const text = `email,${header},observed_at\na@b.co,${cells},2026-05-04\n`;
    expect(stated(text).full_name).toBe(name);
  });

  it('are joined where they are tags or notes', () => {
    const map = { columns: { Interests: 'tags', Remarks: 'notes' } };
    const text =
      'email,tags,Interests,notes,Remarks,observed_at\na@b.co,x,"y,z",one,two,2026-05-04\n';
    expect(stated(text, 'contacts', map)).toMatchObject({
      tags: '["x","y","z"]',
      notes: 'one\ntwo',
    });
  });

  it('are all identities of the person where they are emails or phones', () => {
    const text =
      'Email,Work Email,Phone Number,Mobile,observed_at\n' +
      'a@b.co,c@d.co;e@f.co,020 7946 0018,+447911123456,2026-05-04\n';
    const { facts } = importCsv('contacts', text, undefined, context);
    const [fact] = facts as unknown as { identities: { value: string }[] }[];
    expect(fact!.identities.map(({ value }) => value)).toEqual([
      'a@b.co',
      'c@d.co',
      'e@f.co',
      '+442079460018',
      '+447911123456',
    ]);
  });

  it('are refused with both names where they are not', () => {
    const fault = faultOf('email,Created,Date Added\na@b.co,2026-05-04,2026-05-05\n');
    expect(fault.code).toBe('bad_input');
    expect(fault.message).toContain('lead_added_at is stated by "Created" and "Date Added"');
  });
});

describe('a status', () => {
  it.each([
    ['VIP', { vip_by_hand: 1 }],
    ['Unsubscribed', { unsubscribed: 1 }],
    ['Hot', { lead_status: 'hot' }],
  ])('%s states %j', (status, expected) => {
    const found = stated(`Email,Lead Status,Date Added\na@b.co,${status},2026-05-04\n`);
    expect(found).toEqual({ ...expected, lead_added_at: Date.UTC(2026, 4, 4) });
  });
});

describe('one column of countries and time zones', () => {
  it.each([
    ['Portugal', { country: 'Portugal' }],
    ['Europe/Lisbon', { timezone: 'Europe/Lisbon' }],
  ])('%s states %j', (cell, expected) => {
    const text = `Email,Country / Timezone,observed_at\na@b.co,${cell},2026-05-04\n`;
    expect(stated(text)).toEqual(expected);
  });
});

describe('options of a list', () => {
  it.each([
    ['VIP,"Trial, maths",Alumni', ['VIP', 'Trial, maths', 'Alumni']],
    ['a; b, c; d', ['a', 'b, c', 'd']],
    ['a|b', ['a', 'b']],
    ['"say ""hi""",x', ['say "hi"', 'x']],
    ['5" pipe, x', ['5" pipe', 'x']],
    ['one', ['one']],
  ])('%s', (cell, options) => {
    expect(optionsOf(cell)).toEqual(options);
  });
});

describe('a blank cell', () => {
  it.each(['', ' ', '\u00a0'])('%j leaves a constant as it is', (cell) => {
    const text = `contact,purchased_at,product,amount,currency\na@b.co,2026-05-04,P,10,${cell}\n`;
    expect(stated(text, 'purchases', { constants: { currency: 'EUR' } }).currency).toBe('EUR');
  });
});

describe('an unknown column', () => {
  const text =
    'Firm e-mail,Cell of boss,Compani,Company house,Shoe\na@b.co,+44 20 7946 0018,x,y,44\n';

  it('is named with what it looks like, the headers there are, and a MAP to check', () => {
    const fault = faultOf(text);
    expect(fault.code).toBe('unknown_column');
    expect(fault.message).toMatch(
      /unknown columns: Firm e-mail, Cell of boss[\s\S]*Headers of contacts: external_id, email/,
    );
    expect(fault.details?.map).toEqual({
      columns: {
        'Firm e-mail': 'email',
        'Cell of boss': 'phone',
        Compani: 'attributes',
        'Company house': 'company',
        Shoe: 'attributes',
      },
    });
  });

  it('keeps what MAP says already', () => {
    const map = { columns: { Shoe: 'ignore' }, formats: { dates: 'D/M/YYYY' } };
    expect(faultOf(text, 'contacts', map).details?.map).toMatchObject({
      columns: { Shoe: 'ignore', 'Firm e-mail': 'email' },
      formats: { dates: 'D/M/YYYY' },
    });
  });

  it('that holds addresses is never proposed to be ignored', () => {
    const purchases = 'Buyer mailbox,Colour\na@b.co,red\nc@d.co,blue\n';
    expect(faultOf(purchases, 'purchases').details?.map).toEqual({
      columns: { 'Buyer mailbox': 'contact', Colour: 'ignore' },
    });
  });

  it.each([
    [
      'Campaign report\n"October 1, 2026"\nDay,Campaign,Cost\n2026-10-01,Brand,1\n',
      /line 1 is not a header: it has 1 cell, and line 3 has 3/,
    ],
    ['My list\nx1,y1,z1\n1,2,3\n', /line 1 is not a header/],
  ])('may be the title of a report: %j', (report, message) => {
    const fault = faultOf(report, 'ad-spend');
    expect([fault.code, fault.message]).toEqual(['bad_input', expect.stringMatching(message)]);
  });
});
