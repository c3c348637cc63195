/**
 * A row of text or JSON, of any kind, as normalised facts or as errors that name the field: both
 * doors use this one.
 */
import { canonicalJson } from '../canonical-json.ts';
import { hash } from '../hash.ts';
import { observedAtError } from '../instant.ts';
import type { Address } from './address.ts';
import type { Fact } from './fact.ts';
import { type Fields, fieldsOf, type RowKind } from './fields.ts';
import { type Origin, originKey } from './origin.ts';
import { parseValue, type Value, type ValueContext } from './values.ts';

export type RowError = { field: string; message: string };

export type RowContext = ValueContext & {
  /** The door, or the system that a MAP names (F1). */
  origin: Origin;
  now: number;
  /** Given by the client; else the hash of all that the row says, as it was understood. */
  observationKey?: string | undefined;
  /** The receipt stamped at the door (API only, G6). */
  receivedAt?: number | undefined;
  /** For every row that states none itself: the command line's `--observed-at`. */
  observedAt?: number | undefined;
};

/** A row's parsed values by header, with what every kind's parser needs. */
export type Row = {
  values: Record<string, Value>;
  context: RowContext;
  /**
   * The one that the row states, else the house's, in capitals; whether there is such a currency is
   * not judged here.
   */
  currency: string | undefined;
  observation_key: string;
  errors: RowError[];
  /** What costs a part of the row, and not the row. */
  warnings: RowError[];
  text(header: string): string | undefined;
  /** All that a header of several emails or phones states. */
  texts(header: string): string[];
  number(header: string): number | undefined;
  address(header: string): Address | undefined;
  /** Takes the errors of a header as warnings. */
  forgive(header: string): void;
  /** Notes an error where the header states nothing. */
  need(...headers: string[]): void;
  /** What the row states, by column. */
  stated(): Record<string, string | number | null>;
  /** The instant that the row is true for (G6); NaN, with an error noted, where there is none. */
  observedAt(): number;
};

/**
 * Reads every known header of `raw`; unknown headers are the caller's to refuse, since only it
 * knows the mapping.
 */
export function readRow(kind: RowKind, raw: Record<string, unknown>, context: RowContext): Row {
  const fields: Fields = fieldsOf[kind];
  const errors: RowError[] = [];
  const warnings: RowError[] = [];
  const values: Record<string, Value> = {};
  const currency = currencyOf(fields, raw) ?? context.currency;
  const valueContext: ValueContext = { ...context, currency };
  const { formats = {} } = context;
  for (const [header, field] of Object.entries(fields)) {
    const format = Object.hasOwn(formats, header) ? formats[header] : undefined;
    const { value, error } = parseValue(raw[header], field, valueContext, format);
    if (error) errors.push({ field: header, message: `${header}: ${error}` });
    if (value !== undefined) values[header] = value;
  }
  const plain = (header: string) =>
    typeof values[header] === 'object' ? undefined : values[header];
  const instants = Object.keys(fields).filter((h) => fields[h]!.type === 'instant');
  return {
    values,
    context,
    currency,
    errors,
    warnings,
    observation_key:
      context.observationKey ?? hash(canonicalJson({ observed_at: context.observedAt, ...values })),
    text: (header) => (plain(header) === undefined ? undefined : String(plain(header))),
    texts: (header) => [values[header] ?? []].flat().map(String),
    number: (header) => (plain(header) === undefined ? undefined : Number(plain(header))),
    address: (header) =>
      typeof values[header] === 'object' ? (values[header] as Address) : undefined,
    forgive(header) {
      warnings.push(...errors.filter(({ field }) => field === header));
      errors.splice(0, errors.length, ...errors.filter(({ field }) => field !== header));
    },
    need(...headers) {
      for (const header of headers)
        if (values[header] === undefined && !errors.some((error) => error.field === header))
          errors.push({ field: header, message: `${header}: is required` });
    },
    stated() {
      const stated: Record<string, string | number | null> = {};
      for (const [header, { column }] of Object.entries(fields))
        if (column && values[header] !== undefined)
          stated[column] = values[header] as string | number;
      return stated;
    },
    observedAt() {
      const own = values.observed_at ?? context.observedAt;
      if (own !== undefined) {
        const error = observedAtError(Number(own), context.now);
        if (error) errors.push({ field: 'observed_at', message: `observed_at: ${error}` });
        return Number(own);
      }
      if (context.receivedAt !== undefined) return context.receivedAt;
      const past = instants
        .map((header) => Number(values[header]))
        .filter((at) => at <= context.now);
      if (past.length > 0) return Math.max(...past);
      if (errors.some(({ field }) => instants.includes(field))) return Number.NaN;
      const day = new Date(context.now).toISOString().slice(0, 10);
      errors.push({
        field: 'observed_at',
        message: `observed_at: the row states no past instant; add --observed-at ${day}`,
      });
      return Number.NaN;
    },
  };
}

function currencyOf(fields: Fields, raw: Record<string, unknown>): string | undefined {
  const stated = Object.hasOwn(fields, 'currency') ? String(raw.currency ?? '').trim() : '';
  return stated && stated.toLowerCase() !== 'unknown' ? stated.toUpperCase() : undefined;
}

/**
 * A thing's identity: (origin, kind, external id), else what was first stated about it, never what
 * may change (F1).
 */
export function thingKey(
  origin: Origin,
  kind: string,
  external_id: string | undefined,
  first: unknown[],
): string {
  const about = external_id ? [external_id] : [null, ...first.map((part) => part ?? null)];
  return hash(canonicalJson([originKey(origin), kind, ...about]));
}

/** A key of content, at most as long as keys are (fact.ts). */
export const fittingKey = (text: string): string => (text.length > 500 ? hash(text) : text);

/** `warnings`: what the row says and no fact has, since it cannot be read. */
export type Parsed = { facts: Fact[]; warnings: RowError[] } | { errors: RowError[] };
