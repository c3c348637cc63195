/**
 * The readers' views as they are written, run by DuckDB over what the load tables and `current_run`
 * hold.
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export type Row = Record<string, string | number | boolean | null>;
export type Stored = {
  tableReference: { datasetId: string; tableId: string };
  type: string;
  rows: Row[];
  schema?: { fields: { name: string }[] };
  view?: { query: string };
};

const quoted = (value: Row[string] | undefined): string =>
  value === null || value === undefined ? 'null' : `'${String(value).replaceAll("'", "''")}'`;

/** GoogleSQL's names in DuckDB's quotes; one dataset, so a table's own name is enough. */
const inDuckDb = (query: string): string =>
  query.replace(/`([^`]+)`/g, (_, name: string) => `"${name.split('.').at(-1)}"`);

export class Views {
  #connection: DuckDBConnection | undefined;

  /** Rows that each view shows, by its name; every cell as text. */
  async show(stored: Stored[]): Promise<Map<string, Row[]>> {
    this.#connection ??= await (await DuckDBInstance.create(':memory:')).connect();
    const duck = this.#connection;
    for (const { tableReference, type, schema, rows } of stored) {
      if (type === 'VIEW') continue;
      const name = `"${tableReference.tableId}"`;
      const columns = (schema?.fields ?? []).map((field) => field.name);
      await duck.run(
        `create or replace table ${name}
         (${columns.map((column) => `"${column}" varchar`).join(', ')})`,
      );
      const values = rows.map(
        (row) => `(${columns.map((column) => quoted(row[column])).join(', ')})`,
      );
      if (values.length > 0) await duck.run(`insert into ${name} values ${values.join(', ')}`);
    }
    const shown = new Map<string, Row[]>();
    for (const { tableReference, view } of stored)
      if (view) {
        const result = await duck.runAndReadAll(inDuckDb(view.query));
        shown.set(tableReference.tableId, result.getRowObjects() as Row[]);
      }
    return shown;
  }
}
