/**
 * What the tests share that work marts out by loops: sums, percentiles, and rows as texts that two
 * ways may agree on.
 */
import { expect } from 'vitest';
import { drawnHouse } from './drawn-house.ts';
import { randomHouse } from './random-house.ts';
import type { SqliteHouse } from './sqlite-house.ts';

export const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

/**
 * The value at row ceil(p · n), null of nothing (G9); 0.9 is no binary fraction, hence the hair.
 */
export const percentile = (p: number, numbers: number[]): number | null =>
  [...numbers].sort((a, b) => a - b)[Math.ceil(p * numbers.length - 1e-9) - 1] ?? null;

const shown = (value: unknown): string =>
  typeof value === 'number' ? value.toFixed(5) : String(value);

/**
 * Rows as texts of those columns that the loops know, in an order of their own; billionths are not
 * told apart.
 */
const comparable = (rows: object[], columns: string[]): string[] =>
  rows
    .map((row) => columns.map((name) => `${name}=${shown(row[name as keyof object])}`).join(' '))
    .sort();

/** Expects the published rows to be those that the loops made. */
export function expectAgreement(published: object[], made: object[], words: string): void {
  const columns = Object.keys(made[0] ?? published[0] ?? {});
  expect.soft(comparable(published, columns), words).toEqual(comparable(made, columns));
}

/**
 * Compares a larger house of `people`, then so many drawn ones; answers with how much was compared
 * in all.
 */
export function inHouses(
  people: number,
  houses: number,
  compare: (house: SqliteHouse, words: string) => number,
): number {
  let compared = compare(randomHouse(people, 5, { zone: 'America/New_York' }), 'a larger house');
  for (let n = 0; n < houses; n++) {
    const { house, words } = drawnHouse(n);
    compared += compare(house, words);
  }
  return compared;
}
