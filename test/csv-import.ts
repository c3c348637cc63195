/** A small CSV text read at once, as the command line reads a file of any size. */
import { type CsvFile, openCsv } from '../core/csv/import.ts';
import type { Fact } from '../core/facts/fact.ts';

export type Reject = { line: number; reasons: string[] };

/** `facts` and `lines` go together. */
export type CsvImport = CsvFile & {
  facts: Fact[];
  lines: number[];
  rejects: Reject[];
  warnings: Reject[];
};

export function importCsv(
  kind: Parameters<typeof openCsv>[0],
  text: string,
  map: unknown,
  context: Parameters<typeof openCsv>[3],
): CsvImport {
  const file = openCsv(kind, [text], map, context);
  const rows = [...file.read()];
  const read = rows.flatMap((row) => ('fact' in row ? [row] : []));
  return {
    ...file,
    facts: read.map(({ fact }) => fact),
    lines: read.map(({ line }) => line),
    rejects: rows.flatMap((row) => ('fact' in row ? [] : [row])),
    warnings: read
      .filter(({ warnings }) => warnings.length > 0)
      .map(({ line, warnings }) => ({ line, reasons: warnings })),
  };
}
