/** A CSV file as facts and rejected rows with their reasons; nothing is written here (F1, V21). */
import { parseInstant } from '../calendar.ts';
import type { AddressKind } from '../facts/address.ts';
import type { Fact } from '../facts/fact.ts';
import { fieldsOf, type RowKind } from '../facts/fields.ts';
import { parseRow } from '../facts/parse.ts';
import type { RowContext } from '../facts/row.ts';
import { type Mapping, parseMapping, targetsOf } from './mapping.ts';
import { readTable } from './table.ts';

export type Reject = { line: number; reasons: string[] };
export type CsvImport = { rows: number; facts: Fact[]; rejects: Reject[] };

/**
 * Reads the whole text. `map` is the parsed JSON of MAP.json, undefined for canonical headers. Throws `unknown_column`, or
 * `bad_input` for a file or a mapping that cannot be read at all; a bad row only rejects itself.
 */
export function importCsv(
  kind: RowKind,
  text: string,
  map: unknown,
  context: Omit<RowContext, 'source' | 'formats'>,
): CsvImport {
  const mapping = parseMapping(kind, map);
  const { header: columns, rows } = readTable(text);
  const targets = targetsOf(kind, columns, mapping);
  const { decimal, dates, contact } = mapping.formats;
  const rowContext: RowContext = {
    ...context,
    source: String(mapping.constants.source ?? 'csv'),
    formats: {
      ...(dates ? { dates } : {}),
      ...(decimal === ',' ? { decimal } : {}),
      ...(contact ? { contact: contact as AddressKind } : {}),
    },
  };
  const facts: Fact[] = [];
  const rejects: Reject[] = [];
  for (const { line, cells, error } of rows) {
    if (error) {
      rejects.push({ line, reasons: [error] });
      continue;
    }
    const row = canonicalRow(kind, cells, columns, targets, mapping, context.zone);
    const parsed = parseRow(kind, row, rowContext);
    if ('facts' in parsed) facts.push(...parsed.facts);
    else rejects.push({ line, reasons: parsed.errors.map((wrong) => wrong.message) });
  }
  return { rows: rows.length, facts, rejects };
}

/** The row under our headers: values mapped, dates of a format of their own as ISO, free columns in `attributes`. */
function canonicalRow(
  kind: RowKind,
  cells: string[],
  columns: string[],
  targets: string[][],
  { constants, formats, values }: Mapping,
  zone: string,
): Record<string, unknown> {
  const row: Record<string, unknown> = { ...constants };
  if (kind !== 'calls') delete row.source;
  const attributes: Record<string, string> = {};
  cells.forEach((cell, i) => {
    for (const header of targets[i]!) {
      if (header === 'ignore') continue;
      if (header === 'attributes') {
        if (cell.trim()) attributes[columns[i]!] = cell;
        continue;
      }
      const theirs = cell.trim();
      const ours =
        values[header] && Object.hasOwn(values[header], theirs) ? values[header][theirs] : cell;
      if (String(ours).trim() === '' && row[header] !== undefined) continue;
      row[header] = ours;
      const format = fieldsOf[kind][header]?.type === 'instant' ? formats[header] : undefined;
      const instant = format ? parseInstant(String(ours), zone, format) : undefined;
      if (instant !== undefined) row[header] = new Date(instant).toISOString();
    }
  });
  if (Object.keys(attributes).length > 0) row.attributes = attributes;
  return row;
}
