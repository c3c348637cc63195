/**
 * No text of a downloaded CSV is a formula to a spreadsheet, and each comes back as it was (V12).
 */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvHeader, csvLines, fromCsv } from '../../platform/files/csv.ts';
import type { Contract } from '../../sql/contract.ts';
import { formulaPayloads } from '../formula-payloads.ts';

const notes: Contract = {
  name: 'notes',
  kind: 'mart',
  answers: 'What people wrote.',
  grain: ['note'],
  columns: [{ name: 'note', type: 'string', description: 'note' }],
  sheets: 'all',
};
const run = { house_id: 'h', is_sample: true, run_id: 'r1', as_of: 0, rules_version: 'v' };

const fileOf = (texts: string[]): string =>
  csvHeader(notes) + csvLines(notes, { ...run, attempt: 1 })(texts.map((text) => [text]));

/** The cells as a spreadsheet reads them, without knowing of apostrophes. */
const cellsOf = (file: string): string[] =>
  (parse(file, { from_line: 2 }) as string[][]).map((record) => record.at(-1)!);

const formula = /^[\s]*[=+\-@＝＋－＠]/;

it('guards every beginning of a formula', () => {
  const cells = cellsOf(fileOf(formulaPayloads));
  expect(cells).toHaveLength(300);
  // Behind a space it is a text to every spreadsheet.
  expect(cells.filter((cell) => formula.test(cell) && !cell.startsWith(' '))).toEqual([]);
});

it('loses nothing on the way there and back', () => {
  const text = fc.oneof(
    fc.constantFrom(...formulaPayloads),
    fc.string({ minLength: 1, unit: fc.constantFrom(...'=＝+＋-－@＠\'" \t\r\n,;ab') }),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
      expect(fromCsv(notes, fileOf(texts)).flat()).toEqual(texts);
    }),
  );
});
