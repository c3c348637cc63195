/** What may go to a terminal, and how wide it is there. */
import { stripVTControlCharacters } from 'node:util';

/** Controls but the newline, what turns the direction of writing, and signs that some terminals take for a newline. */
const UNSAFE = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Columns of this process's terminal; unbounded where its output goes to a file or a program. */
export const terminalWidth = (): number => process.stdout.columns ?? Number.POSITIVE_INFINITY;

/** Text that moves no cursor, sets no colour and hides nothing, whoever's name it holds. A tab becomes a space. */
export const forTerminal = (text: string): string =>
  stripVTControlCharacters(text.replaceAll(/\t|\r\n?/g, (found) => (found === '\t' ? ' ' : '\n')))
    .replaceAll(UNSAFE, '')
    .toWellFormed();

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;
const ASCII = /^[ -~]*$/;

/** What a terminal draws as one sign, with the columns that it takes. */
function* signs(text: string): Generator<[sign: string, width: number]> {
  for (const { segment } of graphemes.segment(text)) yield [segment, WIDE.test(segment) ? 2 : 1];
}

/** Columns that `text`, one line, takes: two for CJK and emoji, none for what is combined with the sign before it. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const [, columns] of signs(text)) width += columns;
  return width;
}

/** The beginning of `text` with … where it takes more than `width` columns. */
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
