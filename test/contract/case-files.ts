/**
 * The cases: one small file per kind of fault, read as the command line reads files. Absent where
 * there is no ../shared.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { decodeText } from '../../core/csv/encoding.ts';
import type { RowKind } from '../../core/facts/fields.ts';
import { type CsvImport, importCsv } from '../csv-import.ts';

export const NOW = Date.parse('2027-01-05T12:00:00Z');
const folder = new URL('../../../shared/cases/', import.meta.url);
export const casesAreThere = existsSync(folder);

export type Options = { kind?: RowKind; map?: string; country?: string; currency?: string };
export type Stated = Record<string, unknown>;

/** The folders of all cases. */
export const caseNames = (): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const bytesOf = (path: string): Uint8Array => readFileSync(new URL(path, folder));

export const textOf = (path: string): string => decodeText(bytesOf(path)).text;

export function readCase(
  path: string,
  { kind = 'contacts', map, country = 'US', currency = 'USD' }: Options = {},
): CsvImport {
  const json = map ? JSON.parse(textOf(map)) : undefined;
  return importCsv(kind, textOf(path), json, {
    now: NOW,
    zone: 'UTC',
    defaultCountry: country,
    currency,
  });
}

/** What each row came to, in the file's order: what it states, or why not. */
export function rowsOf({ facts, lines, rejects }: CsvImport): (Stated | string)[] {
  const landed = facts.map((fact, i) => ({
    line: lines[i]!,
    row: { ...fact, ...('stated' in fact ? fact.stated : {}) } as Stated,
  }));
  const refused = rejects.map(({ line, reasons }) => ({ line, row: reasons.join('; ') }));
  return [...landed, ...refused].sort((a, b) => a.line - b.line).map(({ row }) => row);
}
