/**
 * Phone numbers in E.164 (P1, A3): parsed locally, never by a remote lookup.
 * Home of A3.
 */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { visible } from './characters.ts';

/**
 * Digits, spaces of any kind, brackets, dots, strokes and any dash; nothing that could be words.
 */
const NUMBER = String.raw`[+\d(][\d\s()[\]./\p{Pd}\u2212]*`;
const EXTENSION = String.raw`(?:[,;]?\s*(?:ext(?:ension|n)?\.?|x|#)\s*[:.=]?\s*)(\d{1,7})`;
const written = new RegExp(`^(${NUMBER}?)(?:${EXTENSION})?$`, 'iu');
/** Fewer digits before an extension are not a number: 0x12 is an id. */
const FEWEST_DIGITS = 6;
/**
 * Ofcom keeps these for drama, so libphonenumber calls some of them invalid; trials and demos write
 * them as anybody’s.
 */
const forDrama = /^\+44(?:7700900|1(?:1[3-8]|[2-6]1)4960)\d{3}$/;

/**
 * A number and its extension, as written; undefined if the text has other words or signs.
 */
export function phoneParts(
  text: string,
): { number: string; extension: string | undefined } | undefined {
  const [, number, extension] =
    written.exec(visible(text).normalize('NFKC').replace(/^tel:/i, '')) ?? [];
  if (number === undefined) return undefined;
  if (extension !== undefined && number.replace(/\D/g, '').length < FEWEST_DIGITS) return undefined;
  return { number: number.trim(), extension };
}

/**
 * `+614…` for a number that libphonenumber considers valid or that is kept for drama, else
 * undefined. A number without country code belongs to `defaultCountry`. A number with an extension
 * is a separate identity, in the form of RFC 3966: `+442079460018;ext=12` (F1).
 */
export function parsePhone(text: string, defaultCountry: string): string | undefined {
  const parts = phoneParts(text);
  if (!parts) return undefined;
  const phone = parsePhoneNumberFromString(parts.number.replace(/^00(?=[1-9])/, '+'), {
    defaultCountry: defaultCountry as CountryCode,
    extract: false,
  });
  if (!phone || !(phone.isValid() || forDrama.test(phone.number))) return undefined;
  return parts.extension ? `${phone.number};ext=${parts.extension}` : phone.number;
}
