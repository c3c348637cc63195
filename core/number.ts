/** Reads a number as people write it, in exactly one way or not at all (F9). */
import { visible } from './characters.ts';

export type DecimalMark = '.' | ',';

export const otherMark = (mark: DecimalMark): DecimalMark => (mark === '.' ? ',' : '.');

/**
 * The parts of a written amount: its digits with their marks, and the currencies before and after
 * them.
 */
export type WrittenAmount = { isNegative: boolean; digits: string; units: string[] };

/** No number or amount is longer; the limit also bounds the work for a hostile cell. */
const LONGEST = 60;
const SIGN = String.raw`[+\uff0b\p{Pd}\u2212]`;
const UNIT = String.raw`[\p{L}\p{Sc}]{1,4}`;
const SIGNED = `(${SIGN})?\\s*(${UNIT})?\\s*(${SIGN})?`;
const amount = new RegExp(
  `^${SIGNED}\\s*([\\d.,](?:[\\d.,'’\\s]*\\d)?)\\s*(${SIGN})?\\s*(${UNIT})?\\s*(${SIGN})?$`,
  'u',
);
/** Accountants write negative amounts in brackets: (12.00), $(12.00), (12.00) USD. */
const inBrackets = /^([^\d()]*)\(([^()]+)\)([^\d()]*)$/;

/**
 * The parts of a written amount; undefined for other text, and for two signs. Does not decide what
 * the marks mean.
 */
export function writtenAmount(text: string): WrittenAmount | undefined {
  const stated = visible(text);
  if (stated.length > LONGEST) return undefined;
  const bracketed = inBrackets.exec(stated);
  const match = amount.exec(bracketed ? bracketed.slice(1).join('') : stated);
  if (!match) return undefined;
  const [, before, unit, within, digits, after, unitAfter, last] = match;
  const signs = [before, within, after, last].filter((sign) => sign !== undefined);
  if (signs.length + (bracketed ? 1 : 0) > 1) return undefined;
  return {
    isNegative: bracketed !== null || (signs.length > 0 && !/[+\uff0b]/.test(signs[0]!)),
    digits: digits!,
    units: [unit, unitAfter].filter((name) => name !== undefined),
  };
}

/** Spaces of any width and apostrophes. */
const GROUPING = String.raw`'’ \u00a0\u2007\u2009\u202f`;

/**
 * Groups of three after the first, all separated by the same mark; a number that begins with 0 has
 * no groups.
 */
const digitsForm = (mark: DecimalMark): RegExp =>
  new RegExp(
    String.raw`^(\d*|[1-9]\d{0,2}([${otherMark(mark)}${GROUPING}])\d{3}(?:\2\d{3})*)` +
      String.raw`(?:[${mark}](\d+))?$`,
  );
const forms = { '.': digitsForm('.'), ',': digitsForm(',') };

/**
 * Digits and their marks as a plain decimal without a sign, such as 1234.50; undefined if they are
 * not a number.
 */
export function plainDigits(digits: string, mark: DecimalMark): string | undefined {
  const [, whole, , fraction] = forms[mark].exec(digits) ?? [];
  if (whole === undefined || (whole === '' && fraction === undefined)) return undefined;
  return `${whole.replace(/\D/g, '') || '0'}${fraction === undefined ? '' : `.${fraction}`}`;
}

/**
 * A plain decimal such as -1234.50 from `1,234.50-`, `(1'234.50)` or, with the mark ',',
 * `−1.234,50`. Grouping marks are allowed only between groups of three and must all be the same.
 * Undefined for text that cannot be read in exactly one way, or that names a currency.
 */
export function readNumber(text: string, mark: DecimalMark = '.'): string | undefined {
  const written = writtenAmount(text);
  if (!written || written.units.length > 0) return undefined;
  const plain = plainDigits(written.digits, mark);
  return plain && written.isNegative ? `-${plain}` : plain;
}

/**
 * Whether a text that is not a number under `mark` is one under the other mark, so that a person
 * has to decide.
 */
export const hasOtherMark = (text: string, mark: DecimalMark): boolean => {
  const digits = writtenAmount(text)?.digits ?? '';
  return (
    plainDigits(digits, mark) === undefined && plainDigits(digits, otherMark(mark)) !== undefined
  );
};
