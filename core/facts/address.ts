/**
 * How a contact is addressed: by form, never by what is stored; cleaned before it is compared (F1,
 * P1).
 * Home of P1.
 */
import { excerpt, foldCase, visible } from '../characters.ts';
import { parsePhone, phoneParts } from '../phone.ts';

export type AddressKind = 'email' | 'phone' | 'external';
export type Address = { kind: AddressKind; value: string };

/**
 * Quotes and angle brackets around an address, the schemes of links, and the full stop of its
 * sentence.
 */
const QUOTES = '"\'`´‘’‚“”„«»‹›';
const wrapping = new RegExp(
  String.raw`^(?:[${QUOTES}<\s]|mailto:|tel:)+|[${QUOTES}>.,;\s]+$`,
  'giu',
);
/** An id may end with any sign of a sentence. */
const idWrapping = new RegExp(String.raw`^[${QUOTES}<\s]+|[${QUOTES}>\s]+$`, 'gu');

const unwrapped = (text: string): string => visible(text).replace(wrapping, '');

/**
 * By form: an email holds @; a phone begins with + or 0, or is a `tel:` link, and has no words but
 * an extension.
 */
function kindOf(text: string): AddressKind {
  if (/[@＠]|^\W*mailto:/i.test(text)) return 'email';
  const isLink = /^\W*tel:/i.test(visible(text));
  const number = phoneParts(unwrapped(text))?.number;
  return number !== undefined && (isLink || /^[+0][^/]*$/.test(number)) ? 'phone' : 'external';
}

/**
 * The address that `text` states. A phone has spaces of any kind, brackets, dots and any dash
 * between its digits, and maybe an extension after them; what is neither email nor phone is an
 * external id. `form` overrides the form where a mapping says so. Undefined: blank, or nobody's;
 * `addressError` says why.
 */
export function parseAddress(
  text: string,
  defaultCountry: string,
  form?: AddressKind,
): Address | undefined {
  const kind = form ?? kindOf(text);
  const value = parsers[kind](text, defaultCountry);
  return value === undefined ? undefined : { kind, value };
}

/** Why `text` is no address of its kind. */
export function addressError(
  text: string,
  defaultCountry: string,
  kind: AddressKind = kindOf(text),
): string {
  const stated = `"${excerpt(text)}"`;
  if (kind === 'external') return `${stated} ${idError(text) ?? 'is not an id'}`;
  if (kind === 'email')
    return (text.match(/@/g)?.length ?? 0) > 1
      ? `${stated} holds more than one address; one names a contact, ` +
          'and the field email takes several with ";" between'
      : `${stated} is not an email address`;
  return unwrapped(text).startsWith('+')
    ? `${stated} is not a valid phone number`
    : `${stated} is not a valid phone number of ${defaultCountry}, the DEFAULT_COUNTRY; ` +
        'write it with + and its country code, or set DEFAULT_COUNTRY';
}

/**
 * `ada@example.org` out of `Ada <Ada@Example.org>`, `mailto:ada@example.org` and the like; its
 * domain in ASCII.
 */
export function parseEmail(text: string): string | undefined {
  const [, name = '', inBrackets] = /^([^<>]*)<([^<>]+)>\W*$/u.exec(visible(text)) ?? [];
  const email = bareEmail(inBrackets ?? text);
  // Mail programs repeat the address as its name; another address there is another person's.
  return name.includes('@') && bareEmail(name) !== email ? undefined : email;
}

function bareEmail(text: string): string | undefined {
  const stated = visible(text);
  const isLink = /^\W*mailto:/i.test(stated);
  const address = unwrapped(isLink ? decoded(stated).replace(/\?.*$/s, '') : stated);
  const [, local, domain] = /^([^\s@<>,;"()]+)\s*[@＠]\s*([^\s@＠]+)$/u.exec(address) ?? [];
  const ascii = domain && asciiDomain(domain.toLowerCase());
  return ascii ? `${foldCase(local!)}@${ascii}` : undefined;
}

/** A link's text without its percent signs; as it stands where they encode nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `xn--mnchen-3ya.example` for `münchen.example` (IDN); undefined where it can be no domain. */
function asciiDomain(domain: string): string | undefined {
  if (/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(domain)) return domain;
  if (!/^[\p{L}\p{M}\p{N}._。．｡-]+$/u.test(domain)) return undefined;
  try {
    const { hostname } = new URL(`http://${domain}`);
    return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(hostname) ? hostname : undefined;
  } catch {
    return undefined;
  }
}

/** What no program gave to one person or thing, though it may stand in the column of ids (F1). */
function idError(text: string): string | undefined {
  const id = visible(text);
  if (/^#(?:[¡¿]?\p{L}[\p{L}\d_/]*[!?]|N\/[A-Z]|NV)$/u.test(id))
    return 'is an error of a spreadsheet, not an id';
  if (/^[+-]?\d([.,]\d+)?e[+-]\d+$/i.test(id))
    return 'is an id that a spreadsheet has rounded; format its column as text and export it again';
  if (/^\d+\.0+$/.test(id)) return `has decimals, which ids have not; write ${id.split('.')[0]}`;
  if (/^(?:null|nil|none|nan|n\/a|undefined|[-–—?.]+)$/i.test(id))
    return 'says that there is no id; leave it blank';
  return undefined;
}

/**
 * The id of a thing: as stated, without what nobody sees. Undefined where it can be no id;
 * `addressError` says why.
 */
export const parseId = (text: string): string | undefined =>
  idError(text) ? undefined : visible(text) || undefined;

/** The id of a person in another program. */
const parseExternal = (text: string): string | undefined =>
  parseId(visible(text).replace(idWrapping, ''));

const parsers: Record<AddressKind, (text: string, defaultCountry: string) => string | undefined> = {
  email: parseEmail,
  phone: (text, defaultCountry) => parsePhone(unwrapped(text), defaultCountry),
  external: parseExternal,
};

/**
 * One kind of address out of a text that may hold several, divided by semicolons, bars, lines or,
 * where each is whole, commas.
 */
export function splitAddresses(text: string, kind: 'email' | 'phone'): string[] {
  const parts = text.split(
    kind === 'email' ? /[;|\n\r]+/ : /[|\n\r]+|\s\/\s|[;,](?!\s*(?:ext|x|#))/i,
  );
  const whole = kind === 'email' ? parts.flatMap(divided) : parts;
  return whole.map((part) => part.trim()).filter(Boolean);
}

/**
 * Commas and spaces divide addresses only where each part has its @: `Lee, Ada <ada@example.org>`
 * is one.
 */
function divided(text: string): string[] {
  for (const separator of [/,/, /\s+/]) {
    const parts = text.split(separator).filter((part) => visible(part));
    if (parts.length > 1 && parts.every((part) => /[^\s@]@[^\s@]/.test(part))) return parts;
  }
  return [text];
}

const rank = { email: 0, phone: 1, external: 2 } as const;

/** Canonical order of identities: email before phone before external id, then by value (G6). */
export const compareAddresses = (a: Address, b: Address): number =>
  rank[a.kind] - rank[b.kind] || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);

export const addressText = (address: Address): string => `${address.kind}:${address.value}`;
