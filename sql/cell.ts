/**
 * A cell of a mart as D1 gives it: money in minor units, instants in UTC milliseconds, days as
 * text, booleans as 0/1, blank as null.
 */
export type Cell = string | number | null;

/** The name of a row: the values of its grain. */
export const keyText = (grain: Cell[]): string => grain.map((cell) => cell ?? '').join(' · ');
