/** The rows of a file, read into the scratch: what would land, and what is rejected and why. */
import type { CsvFile } from '../../core/csv/import.ts';
import type { HouseClient } from '../house/open.ts';
import { findPeople } from './people.ts';
import { rejectProductless } from './productless.ts';
import type { Scratch } from './scratch.ts';

/** Rows after which other work of this process gets its turn. */
const ROWS_AT_A_TIME = 1000;

/**
 * Reads every row, and asks the house for what only it knows of them. `mayCreate`: a name that
 * nobody in the house has becomes an id. `onRows` learns how many rows have been read.
 */
export async function readRows(
  house: Pick<HouseClient, 'call'>,
  { named, statesProduct, read }: CsvFile,
  options: { scratch: Scratch; mayCreate: boolean; onRows?: (count: number) => void },
): Promise<void> {
  const { scratch, mayCreate, onRows } = options;
  let count = 0;
  for (const row of read()) {
    if ('reasons' in row) scratch.rejects.add(row.line, row.reasons);
    else {
      scratch.facts.put(row.line, row.fact);
      if (row.warnings.length > 0) scratch.warnings.add(row.line, row.warnings);
    }
    if (++count % ROWS_AT_A_TIME !== 0) continue;
    onRows?.(count);
    await new Promise(setImmediate);
  }
  if (named.length > 0) await findPeople(house, named, scratch, mayCreate);
  if (!statesProduct) await rejectProductless(house, scratch);
}
