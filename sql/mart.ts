/** A mart: a published table as one value, which its file in `sql/views/marts/<domain>` exports. */
import type { Contract } from './contract.ts';
import type { RowsBehind } from './rows-behind.ts';
import type { View } from './views/view.ts';

export type Mart<C extends Contract = Contract> = View & {
  contract: C;
  /** What `explain` shows behind its numbers; empty where each row is one thing, such as a day. */
  rows: RowsBehind[];
  /** The house keeps its rows, and refreshes them as often as their cost allows (decision 17). */
  isStored: boolean;
};

/**
 * `sql` is the text of the view, `rows` the published rows that its numbers are counted from. A
 * mart is stored unless it tells of people one by one or `isLive`: of the nights themselves, say.
 */
export const defineMart = <const C extends Contract>({
  sql,
  contract,
  rows = [],
  isLive = false,
}: {
  sql: string;
  contract: C;
  rows?: RowsBehind[];
  isLive?: boolean;
}): Mart<C> => ({
  name: contract.name,
  sql,
  contract,
  rows,
  isStored: !(isLive || 'byContact' in contract),
});
