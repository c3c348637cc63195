/** Which characters a text may contain, and which are invisible. */

/**
 * NUL ends a text in SQLite, and half a surrogate pair is not a character: neither can be stored
 * and read back.
 */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
export const NO_CHARACTER = 'holds NUL or half of a surrogate pair, which are no characters';

/**
 * Zero-width characters, bidi marks, soft hyphens, byte order marks and control characters; not
 * spaces or line ends.
 */
const unseen = /\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** The text without invisible characters, and without spaces of any kind around it. */
export const visible = (text: string): string => text.replace(unseen, '').trim();

/** The beginning of a text, as a message quotes it. */
export const excerpt = (text: string): string =>
  text.length > 60 ? `${Array.from(text.slice(0, 61)).slice(0, -1).join('')}…` : text;

/** A text as it is compared where case does not count, whatever the language. */
export const foldCase = (text: string): string => text.normalize('NFC').toLowerCase();
