/** `current_run`: one row per mart naming the load that readers see. It is loaded last, and that is the publish. */
import type { RunStamp, Table } from '../destination.ts';
import { fieldOf } from './rows.ts';

export const CURRENT_RUN = 'current_run';

export const currentRunFields = [
  { name: 'mart', type: 'string', description: 'Name of the published table.' },
  { name: 'load_id', type: 'string', description: 'The load whose rows readers see.' },
  { name: 'table_id', type: 'string', description: 'The load table that holds them.' },
  { name: 'rows_loaded', type: 'integer', description: 'How many rows it has.' },
  { name: 'checksum', type: 'string', description: 'Of the rows without the run columns.' },
  { name: 'run_id', type: 'string', description: 'The night that published it.' },
  { name: 'as_of', type: 'timestamp', description: 'The instant for which it is true.' },
  { name: 'house_id', type: 'string', description: 'The house whose numbers these are.' },
  { name: 'is_sample', type: 'boolean', description: 'Whether they are sample data.' },
  { name: 'rules_version', type: 'string', description: 'The rules in force.' },
] as const;

export const currentRunSchema = currentRunFields.map((column) => fieldOf({ ...column }));

/** What readers see of one mart now. */
export type Current = { load_id: string; table_id: string };

export const currentOf = (rows: Record<string, string | null>[]): Map<string, Current> =>
  new Map(rows.map((row) => [row.mart!, { load_id: row.load_id!, table_id: row.table_id! }]));

/** The table that readers do not see: the next load goes there. */
export const otherTable = (mart: string, current: Current | undefined): string =>
  current?.table_id === `${mart}__a` ? `${mart}__b` : `${mart}__a`;

/** The rows of `current_run` for a run, as lines of JSON. */
export const currentRunLines = (run: RunStamp, tables: Table[], where: Map<string, string>): string[] =>
  tables.map(({ contract, load_id, row_count, checksum }) =>
    JSON.stringify({
      mart: contract.name,
      load_id,
      table_id: where.get(contract.name),
      rows_loaded: row_count,
      checksum,
      run_id: run.run_id,
      as_of: new Date(run.as_of).toISOString(),
      house_id: run.house_id,
      is_sample: run.is_sample,
      rules_version: run.rules_version,
    }),
  );
