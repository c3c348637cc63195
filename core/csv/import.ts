/** A CSV file as facts and rejected rows with their reasons; nothing is written here (F1, V21). */
import { parseInstant } from '../calendar.ts';
import type { AddressKind } from '../facts/address.ts';
import type { Fact } from '../facts/fact.ts';
import { fieldsOf, type RowKind } from '../facts/fields.ts';
import { parseRow } from '../facts/parse.ts';
import type { RowContext } from '../facts/row.ts';
import { Fault } from '../faults.ts';
import { type Mapping, parseMapping, targetsOf } from './mapping.ts';
import { readRecords } from './records.ts';

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
  const [head, ...records] = readRecords(text);
  if (!head) throw new Fault('bad_input', 'the file is empty');
  const columns = head.record.map((name) => name.trim());
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
  for (const { record, info } of records) {
    if (record.length !== columns.length) {
      rejects.push({
        line: info.lines,
        reasons: [`has ${record.length} cells where the header has ${columns.length}`],
      });
      continue;
    }
    const parsed = parseRow(
      kind,
      canonicalRow(kind, record, columns, targets, mapping, context.zone),
      rowContext,
    );
    if ('facts' in parsed) facts.push(...parsed.facts);
    else rejects.push({ line: info.lines, reasons: parsed.errors.map((error) => error.message) });
  }
  return { rows: records.length, facts, rejects };
}

/** The row under our headers: values mapped, dates of a format of their own as ISO, free columns in `attributes`. */
function canonicalRow(
  kind: RowKind,
  record: string[],
  columns: string[],
  targets: string[][],
  { constants, formats, values }: Mapping,
  zone: string,
): Record<string, unknown> {
  const row: Record<string, unknown> = { ...constants };
  if (kind !== 'calls') delete row.source;
  const attributes: Record<string, string> = {};
  record.forEach((cell, i) => {
    for (const header of targets[i]!) {
      if (header === 'ignore') continue;
      if (header === 'attributes') {
        if (cell.trim()) attributes[columns[i]!] = cell;
        continue;
      }
      const theirs = cell.trim();
      const ours =
        values[header] && Object.hasOwn(values[header], theirs) ? values[header][theirs] : cell;
      if (ours === '' && row[header] !== undefined) continue;
      row[header] = ours;
      const format = fieldsOf[kind][header]?.type === 'instant' ? formats[header] : undefined;
      const instant = format ? parseInstant(String(ours), zone, format) : undefined;
      if (instant !== undefined) row[header] = new Date(instant).toISOString();
    }
  });
  if (Object.keys(attributes).length > 0) row.attributes = attributes;
  return row;
}
