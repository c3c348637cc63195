/** One stated value of a row, out of text or JSON. Blank and `unknown` state nothing (G6). */
import { parseInstant } from '../calendar.ts';
import { isInstant, outsideSpan } from '../instant.ts';
import { parseDecimal } from '../money.ts';
import { parsePhone } from '../phone.ts';
import { type Address, type AddressKind, parseAddress, parseEmail } from './address.ts';
import type { Field } from './fields.ts';

/** How a file writes its values; the API door uses the defaults. */
export type Formats = { dates?: string; decimal?: '.' | ','; contact?: AddressKind };
export type ValueContext = { zone: string; defaultCountry: string; formats?: Formats };
export type Value = string | number | Address;

const wanted: Record<Field['type'], string> = {
  text: 'text',
  code: 'a word',
  instant:
    'an instant such as 2026-01-31T09:00:00Z (other forms: "formats": {"dates": "D/M/YYYY"})',
  integer: 'a whole number',
  decimal: 'a number',
  money: 'an amount such as 1234.50',
  flag: 'yes or no',
  list: 'a list',
  codes: 'a list of words',
  address: 'an email, a phone or an external id',
  email: 'an email address',
  phone: 'a phone number',
  external: 'an id',
  json: 'a JSON object',
};

/** The value stated, undefined where nothing is, or the sentence that says what the field takes. */
export function parseValue(
  raw: unknown,
  field: Field,
  context: ValueContext,
): { value?: Value; error?: string } {
  if (raw === null || raw === undefined) return {};
  if (['list', 'codes', 'json'].includes(field.type)) return fromJson(raw, field);
  if (typeof raw === 'object') return { error: `takes ${wanted[field.type]}` };
  const text = String(raw).trim();
  if (text === '' || text.toLowerCase() === 'unknown') return {};
  const value = fromText(text, field, context);
  if (value === undefined) return { error: `"${text.slice(0, 60)}" is not ${wanted[field.type]}` };
  if (field.type === 'instant' && !isInstant(value as number))
    return { error: `"${text.slice(0, 60)}" ${outsideSpan}; leave blank what is not known` };
  if (field.choices && !field.choices.includes(value as string | number))
    return { error: `"${text.slice(0, 60)}" is none of ${field.choices.join(', ')}` };
  return { value };
}

function fromText(
  text: string,
  field: Field,
  { zone, defaultCountry, formats }: ValueContext,
): Value | undefined {
  const decimal = () => parseDecimal(text, formats?.decimal);
  switch (field.type) {
    case 'code':
      return code(text);
    case 'instant':
      return parseInstant(text, zone, formats?.dates);
    case 'integer':
      return /^[+-]?\d{1,15}(\.0+)?$/.test(decimal() ?? '') ? Number(decimal()) : undefined;
    case 'decimal':
      return decimal() === undefined ? undefined : Number(decimal());
    case 'money':
      return decimal();
    case 'flag':
      return /^(1|true|yes|y)$/i.test(text) ? 1 : /^(0|false|no|n)$/i.test(text) ? 0 : undefined;
    case 'address':
      return parseAddress(text, defaultCountry, formats?.contact);
    case 'email':
      return parseEmail(text);
    case 'phone':
      return parsePhone(text, defaultCountry);
    default:
      return text;
  }
}

const code = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, '_');

/** Lists and objects as canonical JSON text; a list in text is divided by semicolons. */
function fromJson(raw: unknown, field: Field): { value?: string; error?: string } {
  if (field.type !== 'json') {
    const parts = (Array.isArray(raw) ? raw : String(raw).split(/[;|]/)).map((part) =>
      String(part).trim(),
    );
    const list = [
      ...new Set(parts.map(field.type === 'codes' ? code : String).filter(Boolean)),
    ].sort();
    return list.length > 0 ? { value: JSON.stringify(list) } : {};
  }
  const object = typeof raw === 'string' ? parsedOrUndefined(raw) : raw;
  if (raw === '') return {};
  if (typeof object !== 'object' || object === null) return { error: `takes ${wanted.json}` };
  return { value: canonicalJson(object) };
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON with sorted members, without those that state nothing: equal contents give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== null && member !== undefined && member !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
