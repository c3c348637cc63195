/** The one interface of everything that an export publishes to (architecture decision 6). */
import type { DestinationName } from '../core/destinations.ts';
import type { Cell } from '../sql/cell.ts';
import type { Contract } from '../sql/contract.ts';

/** One rendered mart of a run, as a destination receives it. */
export type Table = {
  contract: Contract;
  /** Id of this load, made from its content (G5); every loaded row, or the stamp, carries it. */
  load_id: string;
  row_count: number;
  /** Of the rows without the run columns (G5), see `checksum.ts`. */
  checksum: string;
  /** The latest instant in the contract's `through` column, UTC milliseconds. */
  data_through: number | null;
  /**
   * Rows in the contract's order, cells in column order, without the run columns; page by page, so
   * that no publish has a whole table in memory. Read one table at a time.
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

/** What the destination holds for a mart after the publish, as read back. */
export type Written = {
  mart: string;
  load_id: string;
  rows: number;
  checksum: string;
  /** The tab, for a destination in which reports find tables by id. */
  tab?: { spreadsheet: string; sheet_id: number };
  /** What the people who use the destination should know, as sentences. */
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
  /** A condition over the columns for the rows that it carries; default: every row. */
  condition?(contract: Contract): string | undefined;
  /**
   * Publishes all tables of a run so that readers see either the old run or the new. Reads
   * everything back and returns rows and checksums as read. Publishing the same run again changes
   * nothing. Throws `Fault('other_house')` if another house publishes there.
   */
  publish(run: RunStamp, tables: Table[]): Promise<Written[]>;
  /**
   * Keeps the data shown, and marks it as stale with the reason; the next publish removes the mark.
   * Marking the same again writes nothing.
   */
  markStale?(stale: Stale): Promise<void>;
}
