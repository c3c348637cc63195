/** Texts that tell who somebody is never leave the house, in whatever column they were written (R12). */
import { contactKey } from './hash.ts';

const email = /[^\s@<>"',;:()]@[^\s@<>"',;:()]+\.[^\s@<>"',;:().]{2}/;
/** +61 412 345 678, (02) 9876 5432, 0049-30-123456; and 415-555-0123, which begins with neither + nor 0. */
const phones = [
  /(?:^|[\s:;,=(])((?:\+|\(?0)[\d\s().-]*\d)(?=$|[\s;,)]|:(?!\d))/,
  /(?:^|[\s:;,=])(\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?=$|[\s;,)]|:(?!\d))/,
];
/** Fewer are a date such as 01.02.2026. */
const FEWEST_DIGITS = 9;

const digitsOf = (text: string): number => text.replace(/\D/g, '').length;

/** Whether a text holds an email address or what reads as a phone number. Bare digits are none: ids are written so. */
export const holdsAddress = (text: string): boolean =>
  email.test(text) || phones.some((phone) => digitsOf(phone.exec(text)?.[1] ?? '') >= FEWEST_DIGITS);

/** What stands for such a text outside: equal texts stay equal, different ones different, and nobody can tell what they said. */
export const withheld = (text: string, secret: string): string =>
  `withheld-${contactKey(secret, `withheld:${text}`).slice(0, 16)}`;

/** The text, or what stands for it where it holds an address. */
export const publicText = (text: string, secret: string): string =>
  holdsAddress(text) ? withheld(text, secret) : text;
