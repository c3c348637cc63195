/** Texts that tell who somebody is never leave the house, in whatever column they were written (R12). */
import { contactKey } from './hash.ts';

const email = /[^\s@<>"',;:()]@[^\s@<>"',;:()]+\.[^\s@<>"',;:().]{2}/;
/** +61 412 345 678, (02) 9876 5432, 0049-30-123456; and 415-555-0123, which begins with neither + nor 0. */
const phones = [
  /(?:^|[\s:;,=(])((?:\+|\(?0)[\d\s().-]*\d)(?=$|[\s;,)]|:(?!\d))/g,
  /(?:^|[\s:;,=])(\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?=$|[\s;,)]|:(?!\d))/g,
];
/** Fewer digits are a date such as 01.02.2026; more in a row than E.164 has after 00 are a checksum. */
const isPhone = (text: string): boolean =>
  text.replace(/\D/g, '').length >= 9 && !/\d{18}/.test(text);

/** Whether a text holds an email address or what reads as a phone number. Bare digits are none: ids are written so. */
export const holdsAddress = (text: string): boolean =>
  email.test(text) ||
  phones.some((phone) => [...text.matchAll(phone)].some(([, found]) => isPhone(found!)));

/** What stands for such a text outside: equal texts stay equal, different ones different, and nobody can tell what they said. */
export const withheld = (text: string, secret: string): string =>
  `withheld-${contactKey(secret, `withheld:${text}`).slice(0, 16)}`;

/** The text, or what stands for it where it holds an address. */
export const publicText = (text: string, secret: string): string =>
  holdsAddress(text) ? withheld(text, secret) : text;
