/**
 * A fact as a client of the import door sends it: what the warehouse could never keep is refused by
 * its path, and not tried again (F1).
 */
import type { z } from 'zod';
import { observedAtError } from '../instant.ts';
import { currencyExponent } from '../money.ts';
import { type Fact, fact, type Observation } from './fact.ts';
import type { Field } from './fields.ts';
import { statedColumns } from './stated-columns.ts';
import type { ThingKind } from './thing-kinds.ts';
import { parseValue } from './values.ts';

const ofNobody: readonly ThingKind[] = ['campaign', 'planned_step', 'ad_spend'];

/** An attribute has any name, and is a text or a number. */
const attribute: Field = { type: 'text' };
const fieldOf = (kind: ThingKind, column: string): Field | undefined =>
  kind === 'contact' && /^attributes\../.test(column) ? attribute : statedColumns(kind).get(column);

/** A fact's JSON in bytes: a statement takes two million. */
const MOST_BYTES = 1_000_000;
const DAY_S = 86_400;

/** A fact of an import body; issues name their path. `now` (UTC ms) bounds `observed_at`. */
export const importFact = (now: number): z.ZodType<Fact> =>
  fact.superRefine((each, context) => {
    const refuse = (path: string[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (new TextEncoder().encode(JSON.stringify(each)).length > MOST_BYTES)
      refuse([], `is larger than ${MOST_BYTES} bytes`);
    if (each.kind === 'email_event') return;
    const late = observedAtError(each.observed_at, now);
    if (late) refuse(['observed_at'], late);
    if (!each.contact && !ofNobody.includes(each.kind)) refuse(['contact'], 'is required');
    for (const [column, value] of Object.entries(each.stated)) {
      const error = statedError(each, column, value);
      if (error) refuse(['stated', column], error);
    }
  });

/** What is wrong with a stated value: it is one that the field's own reader would give. */
function statedError(
  { kind }: Observation,
  column: string,
  value: string | number | null,
): string | undefined {
  const field = fieldOf(kind, column);
  if (!field) return `is no column of a ${kind}`;
  if (value === null) return undefined;
  if (field.type === 'money')
    return Number.isSafeInteger(value) ? undefined : 'takes whole minor units';
  if (column === 'currency')
    return currencyExponent(String(value)) === undefined ? 'is no ISO currency' : undefined;
  if (column === 'duration_s' && !(Number(value) >= 0 && Number(value) <= DAY_S))
    return 'takes seconds, at most a day';
  if (column === 'period_months' && Number(value) < 1) return 'takes a month or more';
  const isList = field.type === 'list' || field.type === 'codes';
  const raw = isList ? parsedList(value) : value;
  if (raw === undefined) return 'takes a list of texts as JSON';
  const { value: read, error } = parseValue(raw, field, { zone: 'UTC', defaultCountry: 'US' });
  if (error) return error;
  if (isList || field.type === 'json' || field === attribute) return undefined;
  return read === value ? undefined : `takes ${read === undefined ? 'no blank' : `${read}`}`;
}

function parsedList(value: string | number): unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(String(value));
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
