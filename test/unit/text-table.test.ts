/**
 * A table for a terminal: numbers as people write them, and no line wider than the terminal
 * whatever the rows hold.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../cli/terminal.ts';
import { columnsThatFit, textTable } from '../../cli/text-table.ts';

const printed = (...values: unknown[]) =>
  textTable(
    ['it'],
    values.map((it) => ({ it })),
  )
    .split('\n')
    .slice(2)
    .map((line) => line.trim());

describe('a number in a table', () => {
  it.each([
    [12_345_748.92, '12345748.92'],
    [-12_345.678, '-12345.68'],
    [999.9996, '1000'],
    [1.639_864_321, '1.64'],
    [0.329_411, '0.329'],
    [0.000_123_456_78, '0.000123'],
    [0.1 + 0.2, '0.3'],
    [7, '7'],
    [2026, '2026'],
    [123_456_789_012, '123456789012'],
    [5e-324, '4.94e-324'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NaN, 'NaN'],
    [null, '–'],
  ])('%f is printed as %s', (value, text) => {
    expect(printed(value)).toEqual([text]);
  });

  it('has the decimals of its column', () => {
    expect(printed(984, 685.72, 639.5)).toEqual(['984.00', '685.72', '639.50']);
    expect(printed(15.1, 7, null)).toEqual(['15.1', '7.0', '–']);
    expect(printed(0.5, 0.000_01)).toEqual(['0.50000', '0.00001']);
    expect(printed(1.25, 0.000_000_012)).toEqual(['1.25', '1.20e-8']);
  });
});

describe('a table', () => {
  const rows = [
    {
      name: 'Mila Novak',
      note: 'asked for the price list of the autumn',
      n: 1,
      contact_key: 'k'.repeat(20),
    },
    { name: '李小龍', note: 'x\ny', n: 20.5, contact_key: 'l'.repeat(20) },
  ];
  const columns = ['name', 'note', 'n', 'contact_key'];

  it('cuts long texts, never a number or a key', () => {
    expect(textTable(columns, rows, 60)).toBe(`name        note                     n  contact_key
──────────  ────────────────────  ────  ────────────────────
Mila Novak  asked for the price…   1.0  ${'k'.repeat(20)}
李小龍      x y                   20.5  ${'l'.repeat(20)}`);
  });

  it('stands field by field where even that does not fit', () => {
    expect(textTable(columns, rows.slice(1), 30)).toBe(`name         李小龍
note         x y
n            20.5
contact_key  ${'l'.repeat(20)}`);
  });

  it('says which columns fit side by side, the keys always', () => {
    expect(columnsThatFit(columns, rows, undefined, 40)).toEqual(['name', 'n', 'contact_key']);
    expect(columnsThatFit(columns, rows, undefined, 200)).toEqual(columns);
  });

  it('without rows is a header', () => {
    expect(textTable(['a long name of a column', 'another'], [], 10)).toContain('another');
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\u001b[31mred\u001b[0m',
      '\u001b]0;title\u0007',
      '\u202eevil',
      '日本語',
      '👩‍👩‍👧',
      '\u009b2J',
    ),
  );
  const cell = fc.oneof(hostile, fc.double(), fc.integer(), fc.constant(null));

  it('never has a line wider than its terminal, and moves nothing there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: cell, note: cell, n: fc.double(), key: fc.uuid() }), {
          minLength: 1,
        }),
        fc.integer({ min: 140, max: 240 }),
        (drawn, width) => {
          const text = textTable(['name', 'note', 'n', 'key'], drawn, width);
          expect(text).not.toMatch(/[^\P{Cc}\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
          const lines = text.split('\n');
          expect(lines).toHaveLength(drawn.length + 2);
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
          for (const [i, { key }] of drawn.entries()) expect(lines[i + 2]).toMatch(`${key}`);
        },
      ),
    );
  });
});
