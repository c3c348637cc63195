/** Numbers in a terminal's table: money keeps its decimals however large, and small numbers their digits. */
import { describe, expect, it } from 'vitest';
import { textTable } from '../../cli/text-table.ts';

const printed = (value: unknown) =>
  textTable(['it'], [{ it: value }])
    .split('\n')
    .at(-1)!
    .trim();

describe('a number in a table', () => {
  it.each([
    [12_345_748.92, '12345748.92'],
    [-12_345.678, '-12345.678'],
    [12_345.6789, '12345.679'],
    [999.9996, '1000'],
    [1.639_864_321, '1.63986'],
    [0.000_123_456_78, '0.000123457'],
    [0.1 + 0.2, '0.3'],
    [7, '7'],
    [123_456_789_012, '123456789012'],
    [5e-324, '5e-324'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NaN, 'NaN'],
    [null, '–'],
  ])('%f is printed as %s', (value, text) => {
    expect(printed(value)).toBe(text);
  });
});
