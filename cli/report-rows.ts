/** The published rows that the report pages are drawn from, read from the last export's files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../looker/evaluate.ts';
import { contractOf, type Source, sourceNames } from '../looker/sources.ts';
import { fromCsv } from '../platform/files/csv.ts';

function rowsOf(folder: string, source: Source): Row[] {
  const path = join(folder, `${source}.csv`);
  if (!existsSync(path)) return [];
  const contract = contractOf(source);
  return fromCsv(contract, readFileSync(path, 'utf8')).map((cells) =>
    Object.fromEntries(contract.columns.map(({ name }, i) => [name, cells[i] ?? null])),
  );
}

/** Every source's rows; empty if the export has no such table. */
export const publishedSources = (folder: string): Record<Source, Row[]> =>
  Object.fromEntries(sourceNames.map((source) => [source, rowsOf(folder, source)])) as Record<
    Source,
    Row[]
  >;
