/**
 * Texts that tell who somebody is never leave the house, in whatever column they were written
 * (R12).
 * Home of R12.
 */
import { contactKey } from './hash.ts';

const email = /[^\s@<>"',;:()]@[^\s@<>"',;:()]+\.[^\s@<>"',;:().]{2}/;
/**
 * +61 412 345 678, (02) 9876 5432, 0049-30-123456; and 415-555-0123, which begins with neither +
 * nor 0.
 */
const phones = [
  /(?:^|[\s:;,=(])((?:\+|\(?0)[\d\s().-]*\d)(?=$|[\s;,)]|:(?!\d))/g,
  /(?:^|[\s:;,=])(\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?=$|[\s;,)]|:(?!\d))/g,
];
/**
 * Fewer digits may be a date such as 01.02.2026; more in a row than E.164 allows after 00 are a
 * checksum.
 */
const isPhone = (text: string): boolean =>
  text.replace(/\D/g, '').length >= 9 && !/\d{18}/.test(text);

const holdsPlain = (text: string): boolean =>
  email.test(text) ||
  phones.some((phone) => [...text.matchAll(phone)].some(([, found]) => isPhone(found!)));

/** One round of percent signs; those that encode nothing stay. */
const decoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (signs) => {
    try {
      return decodeURIComponent(signs);
    } catch {
      return signs;
    }
  });

/** Each program that passes a link on may encode it again; more rounds hardly ever occur. */
const MOST_ROUNDS = 5;

/**
 * Whether a text contains an email address or what looks like a phone number, even if it is
 * percent-encoded, as in a link, once or several times. Plain digits do not count: ids look like
 * that.
 */
export function holdsAddress(text: string): boolean {
  let plain = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (holdsPlain(plain)) return true;
    const next = plain.includes('%') ? decoded(plain) : plain;
    if (next === plain) return false;
    plain = next;
  }
  return holdsPlain(plain);
}

/**
 * The replacement for such a text: equal texts stay equal, different ones different, and the
 * original cannot be recovered.
 */
export const withheld = (text: string, secret: string): string =>
  `withheld-${contactKey(secret, `withheld:${text}`).slice(0, 16)}`;

/** The text, or its replacement if it contains an address. */
export const publicText = (text: string, secret: string): string =>
  holdsAddress(text) ? withheld(text, secret) : text;
