/** A named query over other views and tables. */
export type View = {
  name: string;
  sql: string;
  /**
   * A query computes it once and whole, even where the engine would merge it into what reads it: it
   * is read more than once and dear, or its readers' conditions would grow too deep for D1.
   */
  isComputedOnce?: true;
  /**
   * It speaks of the whole house, such as a percentile or who referred whom: it reads everyone,
   * even in a query over some contacts.
   */
  isOfEveryone?: true;
  /**
   * Its columns, where a refresh of the marts keeps its rows for the marts that read it: it is
   * house-wide, and what it is made of is dear or deep.
   */
  storedColumns?: readonly string[];
  /** It has few rows, about everyone: a night that reads the house by slices reads it once. */
  isSharedBySlices?: true;
};
