/** One stated value of a row, out of text or JSON. Blank and `unknown` state nothing (G6). */
import { parseInstant } from '../calendar.ts';
import { excerpt, isStorable } from '../characters.ts';
import { isInstant, outsideSpan } from '../instant.ts';
import { notANumber, readMoney } from '../money.ts';
import { type DecimalMark, readNumber } from '../number.ts';
import { parsePhone } from '../phone.ts';
import { type Address, type AddressKind, parseAddress, parseEmail } from './address.ts';
import type { Field, FieldType } from './fields.ts';
import { readJson, readList } from './json-values.ts';

/** How a file writes its values, and one of its headers by its name; the API door uses the defaults. */
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
export type Value = string | number | Address;
/** The value stated, neither where nothing is, or the sentence that says what is wrong with it. */
export type Reading<T = Value> = { value?: T; error?: string };

const isNot = (text: string, wanted: string) => ({ error: `"${excerpt(text)}" is not ${wanted}` });
const read = (value: Value | undefined, text: string, wanted: string): Reading =>
  value === undefined ? isNot(text, wanted) : { value };

type Reader = (text: string, context: ValueContext, format: string | undefined) => Reading;

const readers: Record<Exclude<FieldType, 'list' | 'codes' | 'json'>, Reader> = {
  text: (text) => ({ value: text }),
  external: (text) => ({ value: text }),
  code: (text) => ({ value: code(text) }),
  instant: readInstant,
  integer: (text, { formats }) => readInteger(text, formats?.decimal ?? '.'),
  decimal(text, { formats }) {
    const mark = formats?.decimal ?? '.';
    const number = readNumber(text, mark);
    return number === undefined
      ? { error: notANumber(text, mark, 'a number') }
      : { value: Number(number) };
  },
  money: (text, { formats, currency }) => readMoney(text, formats?.decimal ?? '.', currency),
  flag: (text) => read(flags.get(text.toLowerCase()), text, 'yes or no'),
  address: (text, { defaultCountry }, format) =>
    read(
      parseAddress(text, defaultCountry, format as AddressKind | undefined),
      text,
      'an email, a phone or an external id',
    ),
  email: (text) => read(parseEmail(text), text, 'an email address'),
  phone: (text, { defaultCountry }) =>
    read(parsePhone(text, defaultCountry), text, 'a phone number'),
};

/** What `raw` states for `field`; `format` is how the file writes this header, where its mapping says so. */
export function parseValue(
  raw: unknown,
  field: Field,
  context: ValueContext,
  format?: string,
): Reading {
  if (raw === null || raw === undefined) return {};
  if (field.type === 'list') return readList(raw, String);
  if (field.type === 'codes') return readList(raw, code);
  if (field.type === 'json') return readJson(raw);
  if (typeof raw === 'object') return { error: 'takes one value, not a list or an object' };
  const text = String(raw).trim();
  if (text === '' || text.toLowerCase() === 'unknown') return {};
  if (!isStorable(text)) return { error: 'holds a character that is none (NUL or half of a pair)' };
  const reading = readers[field.type](
    text,
    typeof raw === 'number' ? plain(context) : context,
    format,
  );
  if (
    field.choices &&
    reading.value !== undefined &&
    !field.choices.includes(reading.value as string)
  )
    return { error: `"${excerpt(text)}" is none of ${field.choices.join(', ')}` };
  return reading;
}

/** A number of JSON has its own decimal mark, whatever the file's. */
const plain = (context: ValueContext): ValueContext => ({
  ...context,
  formats: { ...context.formats, decimal: '.' },
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

function readInstant(text: string, { zone, formats }: ValueContext, format?: string): Reading {
  const at = parseInstant(text, zone, format ?? formats?.dates);
  if (at === undefined)
    return isNot(
      text,
      'an instant such as 2026-01-31T09:00:00Z (other forms: "formats": {"dates": "D/M/YYYY"})',
    );
  if (!isInstant(at))
    return { error: `"${excerpt(text)}" ${outsideSpan}; leave blank what is not known` };
  return { value: at };
}
