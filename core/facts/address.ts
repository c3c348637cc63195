/** How a contact is addressed: by form, never by what is stored (F1, P1). */
import { parsePhone } from '../phone.ts';

export type AddressKind = 'email' | 'phone' | 'external';
export type Address = { kind: AddressKind; value: string };

const looksLikePhone = /^[+0][\d\s()[\]-]*$/;

/**
 * The address that `text` states: an email holds @; a phone begins with + or 0 and has only digits, spaces, brackets and
 * dashes; all else is an external id. `form` overrides the form where a mapping says so. Undefined: blank or malformed.
 */
export function parseAddress(
  text: string,
  defaultCountry: string,
  form?: AddressKind,
): Address | undefined {
  const stated = text.trim();
  if (!stated) return undefined;
  const kind =
    form ?? (stated.includes('@') ? 'email' : looksLikePhone.test(stated) ? 'phone' : 'external');
  if (kind === 'external') return { kind, value: stated };
  const value = kind === 'email' ? parseEmail(stated) : parsePhone(stated, defaultCountry);
  return value ? { kind, value } : undefined;
}

/** Lower-cased address out of `a@b.c` or `Name <a@b.c>`. */
export function parseEmail(text: string): string | undefined {
  const email = (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
  return /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(email) ? email : undefined;
}

const rank = { email: 0, phone: 1, external: 2 } as const;

/** Canonical order of identities: email before phone before external id, then by value (G6). */
export const compareAddresses = (a: Address, b: Address): number =>
  rank[a.kind] - rank[b.kind] || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);

export const addressText = (address: Address): string => `${address.kind}:${address.value}`;
