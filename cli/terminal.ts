/** Makes text safe for a terminal and measures its width there. */
import { stripVTControlCharacters } from 'node:util';

/**
 * Control characters except the newline, marks that change the direction of text, and characters
 * that some terminals treat as a newline.
 */
const UNSAFE = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Columns of this process's terminal; infinite if its output goes to a file or a program. */
export const terminalWidth = (): number => process.stdout.columns ?? Number.POSITIVE_INFINITY;

/**
 * Text that cannot move the cursor, set colours or hide anything, whatever name it contains. A tab
 * becomes a space.
 */
export const forTerminal = (text: string): string =>
  stripVTControlCharacters(text.replaceAll(/\t|\r\n?/g, (found) => (found === '\t' ? ' ' : '\n')))
    .replaceAll(UNSAFE, '')
    .toWellFormed();

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const CJK = ['Han', 'Hangul', 'Hiragana', 'Katakana']
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const WIDE = new RegExp(
  `[${CJK}\\u3000-\\u303f\\uff01-\\uff60\\uffe0-\\uffe6]|\\p{Emoji_Presentation}|\\ufe0f`,
  'u',
);
const ASCII = /^[ -~]*$/;

/** The graphemes of `text`, each with the columns that it takes. */
function* signs(text: string): Generator<[sign: string, width: number]> {
  for (const { segment } of graphemes.segment(text)) yield [segment, WIDE.test(segment) ? 2 : 1];
}

/** Columns that one line of text takes: two for CJK and emoji, none for combining characters. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const [, columns] of signs(text)) width += columns;
  return width;
}

/** `text`, cut with … if it takes more than `width` columns. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let left = width - 1;
  for (const [sign, columns] of signs(text)) {
    if (columns > left) break;
    kept += sign;
    left -= columns;
  }
  return `${kept.trimEnd()}…`;
}
