/** Matches column names without case, spaces and punctuation. */
import { aliasesOf, nameParts, PASSED_OVER, REASON_COLUMN } from '../facts/aliases.ts';
import { fieldsOf, type RowKind } from '../facts/fields.ts';

export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const known = new Map<RowKind, Map<string, string[]>>();

/** Every name that a column of the kind may have, as a key → its headers. */
export function knownNames(kind: RowKind): Map<string, string[]> {
  let names = known.get(kind);
  if (names) return names;
  names = new Map();
  for (const header of Object.keys(fieldsOf[kind])) names.set(nameKey(header), [header]);
  for (const [header, aliases] of Object.entries(aliasesOf[kind]))
    for (const key of new Set(aliases.map(nameKey)))
      names.set(key, [...new Set([...(names.get(key) ?? []), header])]);
  if (Object.hasOwn(fieldsOf[kind], 'full_name'))
    for (const key of nameParts.flat().map(nameKey)) names.set(key, ['full_name']);
  names.set(nameKey(REASON_COLUMN), [PASSED_OVER]);
  known.set(kind, names);
  return names;
}

/** Which part of a name the column holds: 0 the first to 2 the last; undefined for a whole name. */
export function namePartOf(name: string): number | undefined {
  const key = nameKey(name);
  const part = nameParts.findIndex((names) => names.some((each) => nameKey(each) === key));
  return part < 0 ? undefined : part;
}
