/** `sql`: one select over the last export, read-only by construction: DuckDB in memory, shut off from everything else. */
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, DuckDBTypeId, StatementType } from '@duckdb/node-api';
import { Fault } from '../../core/faults.ts';
import type { Manifest } from '../../platform/files/manifest.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { openState } from '../house/state.ts';
import { needPublished } from '../published.ts';
import { textTable } from '../text-table.ts';

const NUMBERS: number[] = [
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
];

/** Loads each published table, then forbids files, network and further settings for the rest of the connection. */
async function connect(folder: string, manifest: Manifest) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const { name } of manifest.marts) {
    const path = join(folder, `${name}.parquet`).replaceAll("'", "''");
    await connection.run(`create table ${name} as select * from read_parquet('${path}')`);
  }
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
  return connection;
}

/** What changes the tables in memory would be lost with them, so it is refused rather than seem to have worked. */
async function oneSelect(connection: DuckDBConnection, query: string) {
  const statements = await connection.extractStatements(query);
  if (statements.count !== 1)
    throw new Fault('bad_input', `sql takes one select; this is ${statements.count} statements`);
  const statement = await statements.prepare(0);
  if (statement.statementType === StatementType.SELECT) return statement;
  throw new Fault('bad_input', 'sql only reads: the query must be a select; the export stays as it is');
}

/** Column names and rows of `query` over the export in `folder`; numbers are numbers, days and instants ISO text. */
export async function queryPublished(folder: string, manifest: Manifest, query: string) {
  const connection = await connect(folder, manifest);
  try {
    const result = await (await oneSelect(connection, query)).runAndReadAll();
    const columns = result.deduplicatedColumnNames();
    const types = result.columnTypes();
    const rows = result
      .getRowsJson()
      .map((row) =>
        Object.fromEntries(
          row.map((value, i) => [
            columns[i]!,
            value !== null && NUMBERS.includes(types[i]!.typeId) ? Number(value) : value,
          ]),
        ),
      );
    return { columns, rows };
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('bad_input', (error as Error).message);
  } finally {
    connection.closeSync();
  }
}

async function newerFacts(asOf: number, say: (line: string) => void): Promise<number> {
  return withHouse(say, async (house) => {
    const answer = await house.call(`/api/status?after=${asOf}`);
    return ((await answer.json()) as { facts_landed_after: number }).facts_landed_after;
  });
}

export const sql: Command = {
  name: 'sql',
  usage: '"<select>" [--out DIR]',
  summary: 'Asks the last export; each published table is a table. Says on stderr for when it is true.',
  options: { out: { type: 'string' } },
  async run(call) {
    const [query, ...rest] = call.positionals;
    if (!query || rest.length) throw new UsageError('sql takes one argument, the query in quotes');
    const state = openState();
    const folder = call.text('out') ?? state.out;
    const manifest = needPublished(folder, state.house.house_id);
    const { columns, rows } = await queryPublished(folder, manifest, query);
    call.print(rows, textTable(columns, rows));
    const newer = await newerFacts(manifest.as_of, call.say);
    const sample = manifest.is_sample ? 'Sample data. ' : '';
    call.say(`${sample}True for ${new Date(manifest.as_of).toISOString()}; ${newer} facts are newer.`);
  },
};
