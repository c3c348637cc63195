/**
 * Texts in links that stand for a person: the token of a mail's links, by which their visits are
 * theirs, and the code of the link that they pass on to others. Both name the contact and carry a
 * keyed hash, so nobody can make one up.
 */
import { sameSecret } from './bearer.ts';
import { DAY } from './durations.ts';
import { contactKey } from './hash.ts';

const RADIX = 36;
const number = /^[0-9a-z]{1,10}$/;

const signature = (secret: string, what: string, length: number): string =>
  contactKey(secret, what).slice(0, length);

const LINK_DIGITS = 16;
const linkText = (secret: string, id: string, day: string): string =>
  `${id}.${day}.${signature(secret, `link ${id} ${day}`, LINK_DIGITS)}`;

/** `sh=` of a link to the website; it expires with the UTC day of `expires_at` (UTC ms). */
export const linkToken = (secret: string, contact_id: number, expires_at: number): string =>
  linkText(secret, contact_id.toString(RADIX), Math.floor(expires_at / DAY).toString(RADIX));

/** The contact that a token names; undefined if it is forged or, at `now` in UTC ms, expired. */
export function readLinkToken(secret: string, token: string, now: number): number | undefined {
  const [id = '', day = ''] = token.split('.');
  if (!number.test(id) || !number.test(day)) return undefined;
  if (!sameSecret(token, linkText(secret, id, day))) return undefined;
  return Number.parseInt(day, RADIX) < Math.floor(now / DAY)
    ? undefined
    : Number.parseInt(id, RADIX);
}

const CODE_DIGITS = 10;
const codeText = (secret: string, id: string): string =>
  `${id}-${signature(secret, `referral ${id}`, CODE_DIGITS)}`;

/** The end of a person's referral link, `/r/<code>`; it never expires. */
export const referralCode = (secret: string, contact_id: number): string =>
  codeText(secret, contact_id.toString(RADIX));

/** The contact whose code it is; undefined if it is nobody's. */
export function readReferralCode(secret: string, code: string): number | undefined {
  const [id = ''] = code.split('-');
  if (!number.test(id) || !sameSecret(code, codeText(secret, id))) return undefined;
  return Number.parseInt(id, RADIX);
}
