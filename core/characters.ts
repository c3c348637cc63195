/** What characters a text may hold, and which of them nobody sees. */

/**
 * NUL ends a text in SQLite, and half a surrogate pair is no character: neither can be stored and
 * read back.
 */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
export const NO_CHARACTER = 'holds NUL or half of a surrogate pair, which are no characters';

/**
 * Zero width, bidi marks, soft hyphens, byte order marks and control characters; spaces and line
 * ends are none of them.
 */
const unseen = /\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** The text without what nobody sees, and without spaces of any kind around it. */
export const visible = (text: string): string => text.replace(unseen, '').trim();

/** The beginning of a text, as a message quotes it. */
export const excerpt = (text: string): string =>
  text.length > 60 ? `${Array.from(text.slice(0, 61)).slice(0, -1).join('')}…` : text;

/** A text as it is compared where case does not count, whatever the language. */
export const foldCase = (text: string): string => text.normalize('NFC').toLowerCase();
