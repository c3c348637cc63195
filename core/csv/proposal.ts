/** Proposes a MAP for unknown columns. */
import { parseEmail } from '../facts/address.ts';
import { PASSED_OVER } from '../facts/aliases.ts';
import { fieldsOf, type RowKind } from '../facts/fields.ts';
import { Fault } from '../faults.ts';
import type { Mapping } from './mapping.ts';
import { knownNames, nameKey } from './names.ts';
import { first, type Table } from './table.ts';

const CELLS_LOOKED_AT = 100;
const SHORTEST_LIKENESS = 4;

const isPhone = (cell: string): boolean =>
  /^[+0][\d\s()./-]{6,}$/.test(cell) && cell.replace(/\D/g, '').length >= 7;

const mostly = (cells: string[], is: (cell: string) => boolean): boolean =>
  cells.length > 0 && cells.filter(is).length > cells.length / 2;

/** A person's address is never proposed to be ignored. */
function addressHeader(kind: RowKind, name: string, cells: string[]): string | undefined {
  const isEmail = /e-?mail/i.test(name) || mostly(cells, (cell) => parseEmail(cell) !== undefined);
  if (isEmail) return Object.hasOwn(fieldsOf[kind], 'email') ? 'email' : 'contact';
  if (!/phone|mobile|whatsapp/i.test(name) && !mostly(cells, isPhone)) return undefined;
  return Object.hasOwn(fieldsOf[kind], 'phone') ? 'phone' : 'contact';
}

/** The header whose longest name is contained in this one, unless another column has it. */
function similarHeader(kind: RowKind, name: string, taken: Set<string>): string | undefined {
  const key = nameKey(name);
  const near = [...knownNames(kind)]
    .filter(([known, [header]]) => !taken.has(header!) && key.includes(known))
    .filter(([known]) => known.length >= SHORTEST_LIKENESS)
    .sort(([a], [b]) => b.length - a.length);
  return near[0]?.[1][0];
}

/**
 * The fault that lists the unknown columns with a proposal for each; `details.map` is the whole
 * MAP. A column without a likely header becomes an attribute, or is ignored if the kind has no
 * attributes.
 */
export function proposalOf(
  kind: RowKind,
  { header, rows }: Table,
  map: Mapping,
  unknown: string[],
  headersOf: (name: string) => string[],
): Fault {
  const taken = new Set(header.flatMap(headersOf));
  const rest = Object.hasOwn(fieldsOf[kind], 'attributes') ? 'attributes' : PASSED_OVER;
  const sample = first(CELLS_LOOKED_AT, rows);
  const columns = unknown.map((name) => {
    const place = header.indexOf(name);
    const cells = sample.map((row) => (row.error ? '' : row.cells[place]!.trim())).filter(Boolean);
    const likely = addressHeader(kind, name, cells) ?? similarHeader(kind, name, taken);
    if (likely) taken.add(likely);
    return [name, likely ?? rest] as const;
  });
  const lines = columns.map(
    ([name, likely]) => `    ${JSON.stringify(name)}: ${JSON.stringify(likely)}`,
  );
  const proposed = { ...map, columns: { ...map.columns, ...Object.fromEntries(columns) } };
  const empty = Object.entries(proposed).filter(([, member]) => Object.keys(member).length > 0);
  return new Fault(
    'unknown_column',
    [
      `unknown columns: ${unknown.join(', ')}`,
      `Nothing was written. Headers of ${kind}: ${Object.keys(fieldsOf[kind]).join(', ')}.`,
      `Check these lines of MAP.json, with a header, "${rest}" or "ignore" for each:`,
      `  "columns": {\n${lines.join(',\n')}\n  }`,
    ].join('\n'),
    { columns: unknown, map: Object.fromEntries(empty) },
  );
}
