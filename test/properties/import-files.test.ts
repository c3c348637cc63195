/**
 * Files in every dialect that programs write: right to the cell, or refused with a reason (V21,
 * F9).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../core/csv/encoding.ts';
import { importCsv } from '../csv-import.ts';

const FILES = process.env.FULL ? 5000 : 200;
const NOW = Date.parse('2026-12-31');
const context = { now: NOW, zone: 'UTC', defaultCountry: 'GB', currency: 'EUR' };

type Purchase = { email: string; product: string; cents: number; at: number };

/**
 * Letters, and signs that a careless reader takes for its own. No letters of Windows-1252 that
 * together look like UTF-8.
 */
const product = fc
  .array(fc.constantFrom('a', 'B', 'ë', 'ü', 'ß', '"', ',', ';', '|', '\t', '\n', "'", ' ', '.'), {
    minLength: 1,
    maxLength: 12,
  })
  .map((signs) => `P${signs.join('')}`.trim());

const purchase: fc.Arbitrary<Purchase> = fc.record({
  email: fc.integer({ min: 1, max: 9999 }).map((i) => `p${i}@x.example`),
  product,
  cents: fc.integer({ min: 1, max: 9_999_999 }),
  at: fc.integer({ min: 0, max: 700 }).map((day) => Date.UTC(2025, 0, 1 + day, 9, 5)),
});

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  isDelimiterStated: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf8', 'utf8-bom', 'utf16le', 'utf16le-bom', 'utf16be-bom', 'cp1252'),
  isQuoted: fc.boolean(),
  padding: fc.integer({ min: 0, max: 3 }),
  isPaddedInHeader: fc.boolean(),
  hasBlankRows: fc.boolean(),
  hasTotal: fc.boolean(),
  decimal: fc.constantFrom('.', ','),
  isGrouped: fc.boolean(),
  isDecimalStated: fc.boolean(),
  dates: fc.constantFrom('YYYY-MM-DD', 'D.M.YYYY', 'D/M/YYYY', 'M/D/YYYY'),
  areDatesStated: fc.boolean(),
  spelling: fc.constantFrom(
    ['contact', 'product', 'amount', 'purchased_at'],
    ['Contact', 'Training / Product Name', 'Amount', 'Date'],
    ['E-MAIL', 'product name', 'AMOUNT PAID', 'purchase-date'],
    [' Customer ', 'Course', 'Price', 'PurchasedAt'],
  ),
});
type Dialect = typeof dialect extends fc.Arbitrary<infer D> ? D : never;

function amountText(cents: number, { decimal, isGrouped }: Dialect): string {
  const whole = String(Math.floor(cents / 100));
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, decimal === '.' ? ',' : '.');
  return `${isGrouped ? grouped : whole}${decimal}${String(cents % 100).padStart(2, '0')}`;
}

function dateText(at: number, { dates }: Dialect): string {
  const [year, month, day] = new Date(at).toISOString().slice(0, 10).split('-') as [
    string,
    string,
    string,
  ];
  const written = dates.replace('YYYY', year);
  const numbers = dates.startsWith('YYYY')
    ? written.replace('MM', month).replace('DD', day)
    : written.replace('D', String(Number(day))).replace('M', String(Number(month)));
  return `${numbers} 09:05`;
}

function fileText(rows: Purchase[], dialect: Dialect): string {
  const { delimiter, newline, isQuoted, padding, isPaddedInHeader, hasBlankRows, hasTotal } =
    dialect;
  const isSpecial = (cell: string) => /["\n\r]|^\s|\s$/.test(cell) || cell.includes(delimiter);
  const quoted = (cell: string) =>
    isQuoted || isSpecial(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const line = (cells: readonly string[], pad: number) =>
    [...cells.map(quoted), ...Array<string>(pad).fill('')].join(delimiter);
  const lines = [
    ...(dialect.isDelimiterStated ? [`sep=${delimiter}`] : []),
    line(dialect.spelling, isPaddedInHeader ? padding : 0),
    ...rows.flatMap(({ email, product, cents, at }) => [
      line([email, product, amountText(cents, dialect), dateText(at, dialect)], padding),
      ...(hasBlankRows ? [line(['', ' ', '', ''], padding)] : []),
    ]),
    ...(hasTotal ? [line(['Total', '', '99.00', ''], 0)] : []),
  ];
  return lines.join(newline) + newline;
}

function bytesOf(text: string, encoding: Dialect['encoding']): Uint8Array {
  if (encoding === 'cp1252') return Buffer.from(text, 'latin1');
  const [name, mark] = encoding.split('-');
  const whole = mark ? `\ufeff${text}` : text;
  if (name === 'utf16be') return Buffer.from(whole, 'utf16le').swap16();
  return Buffer.from(whole, name as BufferEncoding);
}

function read(rows: Purchase[], dialect: Dialect) {
  const { dates, decimal, areDatesStated, isDecimalStated } = dialect;
  const formats = {
    ...(areDatesStated ? { dates } : {}),
    ...(isDecimalStated ? { decimal } : {}),
  };
  const { text } = decodeText(bytesOf(fileText(rows, dialect), dialect.encoding));
  return importCsv('purchases', text, { formats }, context);
}

/** As `at`, product and contact stand in a fact. */
const landedOf = ({ email, product, cents, at }: Purchase) => ({
  contact: { kind: 'email', value: email },
  stated: { amount_minor: cents, product_name: product, purchased_at: at },
});

describe('a file of purchases in any dialect', () => {
  it('is right to the cell, row by row, or refused with a reason', () => {
    fc.assert(
      fc.property(fc.array(purchase, { minLength: 1, maxLength: 8 }), dialect, (rows, dialect) => {
        const { facts, lines, rejects, rows: count } = read(rows, dialect);
        const isDecimalClear = dialect.isDecimalStated || dialect.decimal === '.';
        const areDatesClear = dialect.areDatesStated || dialect.dates === 'YYYY-MM-DD';
        if (isDecimalClear && areDatesClear) expect(lines).toHaveLength(rows.length);
        expect(count).toBe(rows.length + (dialect.hasTotal ? 1 : 0));
        for (const { reasons } of rejects) expect(reasons.join('')).not.toBe('');
        // Rows land in their order, so the facts are those of the rows without the rejected ones.
        const all = [...lines, ...rejects.map(({ line }) => line)].sort((a, b) => a - b);
        const landed = rows.filter((_, i) => lines.includes(all[i]!));
        expect(facts).toMatchObject(landed.map(landedOf));
      }),
      { numRuns: FILES },
    );
  });
});
