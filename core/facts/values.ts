/** One stated value of a row, out of text or JSON. Blank and `unknown` state nothing (G6). */
import { isTimeZone } from '../calendar.ts';
import { excerpt, isStorable, NO_CHARACTER } from '../characters.ts';
import { isInstant, outsideSpan } from '../instant.ts';
import { notANumber, readMoney } from '../money.ts';
import { type DecimalMark, readNumber } from '../number.ts';
import { parseInstant } from '../written-instant.ts';
import {
  type Address,
  type AddressKind,
  addressError,
  parseAddress,
  parseId,
  splitAddresses,
} from './address.ts';
import type { Field, FieldType } from './fields.ts';
import { readJson, readList } from './json-values.ts';

/**
 * How a file writes its values, and one of its headers by its name; the API door uses the defaults.
 */
export type Formats = {
  dates?: string;
  decimal?: DecimalMark;
  [header: string]: string | undefined;
};
/** `currency`: the row's own, else the house's, as an ISO code. */
export type ValueContext = {
  zone: string;
  defaultCountry: string;
  currency?: string | undefined;
  formats?: Formats;
};
/** Of several emails or phones the distinct ones, in order. */
export type Value = string | number | Address | string[];
/**
 * The value stated and the sentence that says what is wrong; neither where nothing is stated, both
 * where only a part is read.
 */
export type Reading = { value?: Value; error?: string };

/** Characters of a text, and of any other value, of which some are keys (fact.ts). */
const LONGEST_TEXT = 100_000;
const LONGEST = 500;
const MOST_ADDRESSES = 20;

/**
 * What `raw` states for `field`; `format` is how the file writes this header, where its mapping
 * says so.
 */
export function parseValue(
  raw: unknown,
  { type, choices }: Field,
  context: ValueContext,
  format?: string,
): Reading {
  if (raw === null || raw === undefined) return {};
  if (type === 'list') return readList(raw, String);
  if (type === 'codes') return readList(raw, code);
  if (type === 'json') return readJson(raw);
  if (type === 'rules' && isRules(raw)) return readJson(raw);
  if (type === 'email' || type === 'phone') return readAddresses(raw, type, context);
  const { text, error } = statedText(raw, type === 'text' ? LONGEST_TEXT : LONGEST);
  if (text === undefined) return error ? { error } : {};
  const mark = typeof raw === 'number' ? '.' : (context.formats?.decimal ?? '.');
  const reading = readers[type](text, { ...context, mark, format });
  const { value } = reading;
  if (choices && value !== undefined && !choices.includes(value as string | number))
    return { error: `"${excerpt(text)}" is none of ${choices.join(', ')}` };
  return reading;
}

/**
 * The text of one value, trimmed; undefined where nothing is stated, or with the error where it
 * cannot be kept.
 */
function statedText(raw: unknown, longest: number): { text?: string; error?: string } {
  if (typeof raw === 'object') return { error: 'takes one value, not a list or an object' };
  if (typeof raw === 'number' && Number.isInteger(raw) && !Number.isSafeInteger(raw))
    return { error: 'send it as text; numbers of JSON are exact up to 2^53 only' };
  const text = String(raw).trim();
  if (text === '' || text.toLowerCase() === 'unknown') return {};
  if (!isStorable(text)) return { error: NO_CHARACTER };
  return text.length > longest ? { error: `is longer than ${longest} characters` } : { text };
}

/** `mark`: the decimal mark of this value; a number of JSON has its own, whatever the file's. */
type ReaderContext = ValueContext & { mark: DecimalMark; format: string | undefined };
type OneValue = Exclude<FieldType, 'list' | 'codes' | 'json' | 'email' | 'phone'>;

/** Rules for programs are an object; what people write instead is kept as it is. */
const isRules = (raw: unknown): boolean => typeof raw === 'object' || /^\s*\{/.test(String(raw));

const readers: Record<OneValue, (text: string, context: ReaderContext) => Reading> = {
  text: (text) => ({ value: text }),
  rules: (text) => ({ value: text }),
  code: (text) => ({ value: code(text) }),
  instant: readInstant,
  integer: (text, { mark }) => readInteger(text, mark),
  decimal(text, { mark }) {
    const number = readNumber(text, mark);
    return number === undefined
      ? { error: notANumber(text, mark, 'a number') }
      : { value: Number(number) };
  },
  money: (text, { mark, currency }) => readMoney(text, mark, currency),
  flag: (text) =>
    flags.has(text.toLowerCase())
      ? { value: flags.get(text.toLowerCase())! }
      : isNot(text, 'yes or no'),
  zone: (text) =>
    isTimeZone(text) ? { value: text } : isNot(text, 'an IANA time zone such as Australia/Sydney'),
  address(text, { defaultCountry, format }) {
    const form = format as AddressKind | undefined;
    const value = parseAddress(text, defaultCountry, form);
    return value ? { value } : { error: addressError(text, defaultCountry, form) };
  },
  external(text, { defaultCountry }) {
    const address = parseAddress(text, defaultCountry, 'external');
    return address
      ? { value: address.value }
      : { error: addressError(text, defaultCountry, 'external') };
  },
  id(text, { defaultCountry }) {
    const value = parseId(text);
    return value ? { value } : { error: addressError(text, defaultCountry, 'external') };
  },
};

/**
 * All the emails or phones that a cell or a list holds: those that are read, and what is wrong with
 * the others.
 */
function readAddresses(
  raw: unknown,
  kind: 'email' | 'phone',
  { defaultCountry }: ValueContext,
): Reading {
  const values = new Set<string>();
  const errors: string[] = [];
  for (const part of Array.isArray(raw) ? raw : [raw]) {
    const { text = '', error } = statedText(part ?? '', LONGEST_TEXT);
    if (error) errors.push(error);
    for (const stated of splitAddresses(text, kind)) {
      const address = parseAddress(stated, defaultCountry, kind);
      if (!address) errors.push(addressError(stated, defaultCountry, kind));
      else if (address.value.length > LONGEST) errors.push(`is longer than ${LONGEST} characters`);
      else values.add(address.value);
    }
  }
  if (values.size > MOST_ADDRESSES) return { error: `holds more than ${MOST_ADDRESSES}` };
  const [first, ...others] = [...values].sort();
  return {
    ...(first === undefined ? {} : { value: others.length > 0 ? [first, ...others] : first }),
    ...(errors.length > 0 ? { error: errors.join('; ') } : {}),
  };
}

const isNot = (text: string, wanted: string): Reading => ({
  error: `"${excerpt(text)}" is not ${wanted}`,
});

const flags = new Map<string, 0 | 1>([
  ...['1', 'true', 'yes', 'y', 'checked'].map((word) => [word, 1] as const),
  ...['0', 'false', 'no', 'n', 'unchecked'].map((word) => [word, 0] as const),
]);

const code = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, '_');

/** Programs write 12 as 12.0; 1.000 may be a thousand, so it is not read. */
function readInteger(text: string, mark: DecimalMark): Reading {
  const number = readNumber(text, mark);
  return number !== undefined && /^-?\d{1,15}(\.00?)?$/.test(number)
    ? { value: Number(number) }
    : { error: notANumber(text, mark, 'a whole number') };
}

function readInstant(text: string, { zone, formats, format }: ReaderContext): Reading {
  const dates = format ?? formats?.dates;
  const at = parseInstant(text, zone, dates);
  if (at === undefined && /^\d{10}$/.test(text))
    return {
      error: `"${text}" has 10 digits, as epoch seconds have; write milliseconds (${text}000)`,
    };
  if (at === undefined)
    return isNot(
      text,
      dates
        ? `a day as ${dates}, with or without a time such as 17:07 or 5:07 PM after it`
        : 'an instant such as 2026-01-31T09:00:00Z (other forms: "formats": {"dates": "D/M/YYYY"})',
    );
  if (!isInstant(at))
    return { error: `"${excerpt(text)}" ${outsideSpan}; leave blank what is not known` };
  return { value: at };
}
