/**
 * `sql`: one select over the last export; read-only, since it runs in memory and reaches nothing
 * but the files of the export.
 */
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { callerOf } from '../house/call.ts';
import { findRuntime, openState, type State } from '../house/state.ts';
import { needPublished } from '../published.ts';
import { openTables, select } from '../tables-database.ts';
import { textTable } from '../text-table.ts';

/**
 * How many facts landed after `asOf` (UTC ms), if the house is running; no runtime is started to
 * count them.
 */
async function newerFacts(state: State, asOf: number): Promise<number | undefined> {
  const running = await findRuntime(state);
  if (!running) return undefined;
  const answer = await callerOf(new URL(running.url), state)(`/api/status?after=${asOf}`);
  return ((await answer.json()) as { facts_landed_after: number }).facts_landed_after;
}

export async function sql(call: Call): Promise<void> {
  const [query, ...rest] = call.positionals;
  if (query === undefined || rest.length)
    throw new UsageError('sql takes one argument, the query in quotes');
  const state = openState();
  const { folder, manifest } = needPublished(state, call.text('out'));
  const connection = await openTables(folder, manifest);
  const { columns, rows, printed } = await select(connection, query).finally(() =>
    connection.closeSync(),
  );
  call.print(rows, textTable(columns, printed));
  const newer = await newerFacts(state, manifest.as_of);
  const sample = manifest.is_sample ? 'Sample data. ' : '';
  const since = newer === undefined ? '' : `; ${newer} facts are newer`;
  call.say(`${sample}As of ${new Date(manifest.as_of).toISOString()}${since}.`);
}
