/** A mart: a published table as one value, which its file in `sql/views/marts/<domain>` exports. */
import type { Contract } from './contract.ts';
import type { RowsBehind } from './rows-behind.ts';
import type { View } from './views/view.ts';

export type Mart<C extends Contract = Contract> = View & {
  contract: C;
  /** What `explain` shows behind its numbers; empty where each row is one thing, such as a day. */
  rows: RowsBehind[];
};

/** `sql` is the text of the view, `rows` the published rows that its numbers are counted from. */
export const defineMart = <const C extends Contract>({
  sql,
  contract,
  rows = [],
}: {
  sql: string;
  contract: C;
  rows?: RowsBehind[];
}): Mart<C> => ({ name: contract.name, sql, contract, rows });
