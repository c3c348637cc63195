/**
 * Tells whether two engines gave the same rows: cell for cell, whole numbers and texts exactly,
 * fractions to nine digits.
 */
import type { Row } from './engine-house.ts';

const EXACT_TO = 1e-9;

const isSame = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  if (Number.isInteger(a) && Number.isInteger(b)) return false;
  return Math.abs(a - b) <= EXACT_TO * Math.max(1, Math.abs(a), Math.abs(b));
};

/**
 * Null first, then numbers, then all else as text: an order that a rounding in the last digit does
 * not change.
 */
function inOrder(a: unknown, b: unknown): number {
  if (isSame(a, b)) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  return String(a) < String(b) ? -1 : 1;
}

function ordered(rows: Row[]): unknown[][] {
  const cells = rows.map((row) => Object.values(row));
  return cells.sort((a, b) => {
    for (let i = 0; i < a.length; i++) {
      const order = inOrder(a[i], b[i]);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Null where the rows are the same in any order; else what differs first, in words. */
export function difference(expected: Row[], actual: Row[]): string | null {
  if (expected.length !== actual.length) return `${expected.length} rows, but ${actual.length}`;
  if (expected.length === 0) return null;
  const names = Object.keys(expected[0]!);
  if (names.join() !== Object.keys(actual[0]!).join())
    return `columns ${names.join()}, but ${Object.keys(actual[0]!)}`;
  const [want, got] = [ordered(expected), ordered(actual)];
  for (const [row, cells] of want.entries()) {
    const column = cells.findIndex((cell, i) => !isSame(cell, got[row]![i]));
    if (column >= 0)
      return (
        `${names[column]} is ${JSON.stringify(cells[column])}, ` +
        `but ${JSON.stringify(got[row]![column])} in ${JSON.stringify(cells)}`
      );
  }
  return null;
}
