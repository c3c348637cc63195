/** Lists and objects as canonical JSON text: equal contents give equal text (F1). */
import { canonicalJson } from '../canonical-json.ts';
import { isStorable, NO_CHARACTER } from '../characters.ts';
import { jsonOf } from '../json.ts';

/**
 * A list that is an object's member is one deeper than the object; the database itself stops at a
 * thousand.
 */
const DEEPEST = 20;

/** Distinct members in order, blanks left out; a list in text is divided by semicolons or bars. */
export function readList(
  raw: unknown,
  member: (text: string) => string,
): { value?: string; error?: string } {
  const parts: unknown[] = Array.isArray(raw) ? raw : String(raw).split(/[;|]/);
  if (parts.some((part) => typeof part === 'object' && part !== null))
    return { error: 'takes a list of texts' };
  const texts = parts.map((part) => member(String(part ?? '').trim()));
  if (!texts.every(isStorable)) return { error: NO_CHARACTER };
  const list = [...new Set(texts.filter(Boolean))].sort();
  return list.length > 0 ? { value: JSON.stringify(list) } : {};
}

/** An object, or its JSON. */
export function readJson(raw: unknown): { value?: string; error?: string } {
  if (raw === '') return {};
  const object = typeof raw === 'string' ? jsonOf(raw) : raw;
  if (typeof object !== 'object' || object === null) return { error: 'takes a JSON object' };
  const error = errorIn(object, DEEPEST);
  return error ? { error } : { value: canonicalJson(object) };
}

/** Why a value of JSON cannot be kept, with `levels` still to go down. */
function errorIn(value: unknown, levels: number): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : NO_CHARACTER;
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `is nested deeper than ${DEEPEST} levels`;
  for (const [name, member] of Object.entries(value)) {
    const error = (isStorable(name) ? undefined : NO_CHARACTER) ?? errorIn(member, levels - 1);
    if (error) return error;
  }
  return undefined;
}
