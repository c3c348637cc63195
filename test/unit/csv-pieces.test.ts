/** A file is read alike wherever it is cut, and no part of it is held for long (V21). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, encodingOf, textOf } from '../../core/csv/encoding.ts';
import { readRecords } from '../../core/csv/records.ts';

const cut = <Whole extends string | Uint8Array>(whole: Whole, places: number[]): Whole[] => {
  const ends = [...places.map((place) => place % (whole.length + 1)), whole.length];
  const sorted = ends.sort((a, b) => a - b);
  return sorted.map((end, i) => whole.slice(sorted[i - 1] ?? 0, end) as Whole);
};
const places = fc.array(fc.nat(), { maxLength: 12 });

describe('a file in pieces', () => {
  it('has the records of the whole', () => {
    const signs = fc.constantFrom('a', '"', '""', ',', ' ', '\n', '\r\n', '","', '\n"', 'é');
    const body = fc.array(signs, { maxLength: 60 }).map((found) => found.join(''));
    fc.assert(
      fc.property(body, places, fc.constantFrom('\n', '\r\n'), (text, where, newline) => {
        // The header is as long as what is looked at first, so that the rest comes in pieces.
        const header = `${'x'.repeat(20)},y${newline}`;
        const longest = header.length - 1;
        const pieces = [header, ...cut(text, where)];
        const read = (given: string[]) => {
          try {
            return [...readRecords(given, longest)];
          } catch (error) {
            return (error as Error).message;
          }
        };
        expect(read(pieces)).toEqual(read([header, text]));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['utf8', 'utf16le', 'latin1'] as const)('has the text of the whole in %s', (encoding) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), places, (text, where) => {
        const bytes = Buffer.from(`name\r\nZoë ${text}`, encoding);
        const pieces = cut(bytes, where);
        const read = (given: Uint8Array[]) => {
          try {
            return [...textOf(given, encodingOf(given))].join('');
          } catch (error) {
            return (error as Error).message;
          }
        };
        expect(read(pieces)).toBe(read([bytes]));
      }),
      { numRuns: 100 },
    );
  });

  it('loses one line to a quote that never closes, however long the file', () => {
    const long = 'b,"2"\n'.repeat(10).concat('c,3\n'.repeat(600_000));
    const records = readRecords(['a,b\n', 'x,"never\n', long]);
    const [, stray, second] = [records.next(), records.next(), records.next()];
    expect(stray.value).toMatchObject({ line: 2, error: expect.stringContaining('quote') });
    expect(second.value).toEqual({ line: 3, cells: ['b', '2'] });
  });

  it('is refused where a line is no line of a table', () => {
    expect(() => [...readRecords(['a,b\n', 'x'.repeat(3_000_000)])]).toThrow('is this a CSV file?');
  });
});

it('a small file is decoded at once', () => {
  expect(decodeText(Buffer.from('Zoë'))).toEqual({ text: 'Zoë', encoding: 'UTF-8' });
});
