/**
 * Values as providers send them: what a fact does not need and cannot be read is left out, and an
 * explicit null is as absent.
 */
import { z } from 'zod';

const textOf = (value: unknown): string | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;

/** The texts of a list, or of one value where a list is expected. */
export const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? []);

export const text = z.unknown().optional().transform(textOf);
export const texts = z.unknown().optional().transform(textsOf);

/** Pairs of names and values, as an object or as a list; a name may have several values. */
export const named = z
  .unknown()
  .optional()
  .transform((value): Map<string, string> => {
    const pairs: [unknown, unknown][] = Array.isArray(value)
      ? Array.from(value, (pair) => [pair?.name, pair?.value])
      : Object.entries(value ?? {});
    const found = new Map<string, string>();
    for (const [name, given] of pairs)
      if (typeof name === 'string')
        found.set(name, [...textsOf(found.get(name)), ...textsOf(given)].join(' '));
    return found;
  });
