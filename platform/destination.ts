/** One interface for everything that a night publishes to (architecture decision 6). */
import type { DestinationName } from '../core/destinations.ts';
import type { Cell } from '../sql/cell.ts';
import type { Contract } from '../sql/contract.ts';

/** One rendered mart of a run, as a destination carries it. */
export type Table = {
  contract: Contract;
  /** Content-made id of this load (G5); every loaded row or its stamp carries it. */
  load_id: string;
  row_count: number;
  /** Of the rows without the run columns (G5), see `checksum.ts`. */
  checksum: string;
  /** The latest instant in the contract's `through` column, UTC milliseconds. */
  data_through: number | null;
  /**
   * Rows in the contract's order, cells in that of its columns, without the run columns, page by page, so that no publish
   * holds a whole table. Read one table at a time.
   */
  pages(): AsyncIterable<Cell[][]>;
};

/** All rows of a table that is known to be small. */
export async function rowsOf(table: Table): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for await (const page of table.pages()) rows.push(...page);
  return rows;
}

export type RunStamp = {
  house_id: string;
  is_sample: boolean;
  run_id: string;
  attempt: number;
  as_of: number;
  rules_version: string;
};

/** What the destination holds for a mart after the publish, as read back from it. */
export type Written = {
  mart: string;
  load_id: string;
  rows: number;
  checksum: string;
  /** Where a report finds it, for a destination whose places have no names of their own. */
  tab?: { spreadsheet: string; sheet_id: number };
  /** What the people who use the place should know, as sentences. */
  notes?: string[];
};

/** Why a destination still shows an earlier night. */
export type Stale = {
  house_id: string;
  /** The instant for which the data shown is true, UTC milliseconds. */
  since: number;
  reason: string;
};

export interface Destination {
  name: DestinationName;
  /** Whether this destination carries the table at all. */
  carries(contract: Contract): boolean;
  /** The condition over the columns that says which rows it carries; absent: every row. */
  condition?(contract: Contract): string | undefined;
  /**
   * Publishes all tables of a run so that readers see the old run or the new, reads back what arrived and answers with
   * rows and checksums as read. Writing the same run again changes nothing. Throws `Fault('other_house')` where the place
   * carries another house's runs.
   */
  publish(run: RunStamp, tables: Table[]): Promise<Written[]>;
  /**
   * Keeps the data shown and says beside it since when it is stale, and why; the next publish takes that back. Saying the
   * same again writes nothing.
   */
  markStale?(stale: Stale): Promise<void>;
}
