/** One interface for everything that a night publishes to (architecture decision 6). */
import type { Contract } from '../sql/contract.ts';

/** A cell as published: money decimal text is made from minor units by the destination's own formatter. */
export type Cell = string | number | null;

/** One rendered mart of a run: rows in contract order, without the run columns. */
export type Table = {
  contract: Contract;
  rows: Cell[][];
  /** Of the rows in order, without the run columns (G5). */
  checksum: string;
};

export type RunStamp = {
  house_id: string;
  is_sample: boolean;
  run_id: string;
  attempt: number;
  as_of: number;
  rules_version: string;
};

export type Written = { mart: string; load_id: string; rows: number; checksum: string };

export interface Destination {
  name: 'files' | 'sheets' | 'bigquery';
  /** Whether this destination carries the table, or which part of its rows. */
  carries(contract: Contract): boolean;
  /**
   * Publishes all tables of a run so that readers see the old run or the new, reads back what arrived and answers with
   * rows and checksums as read. Writing the same run again changes nothing. Throws `Fault('other_house')` where the place
   * carries another house's runs.
   */
  publish(run: RunStamp, tables: Table[]): Promise<Written[]>;
}
