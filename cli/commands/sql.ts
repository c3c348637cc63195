/** `sql`: one select over the last export, read-only by construction: DuckDB in memory, shut off from everything else. */
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { openState } from '../house/state.ts';
import { needPublished } from '../published.ts';
import { openTables, select } from '../tables-database.ts';
import { textTable } from '../text-table.ts';

async function newerFacts(asOf: number, say: (line: string) => void): Promise<number> {
  return withHouse(say, async (house) => {
    const answer = await house.call(`/api/status?after=${asOf}`);
    return ((await answer.json()) as { facts_landed_after: number }).facts_landed_after;
  });
}

export async function sql(call: Call): Promise<void> {
  const [query, ...rest] = call.positionals;
  if (!query || rest.length) throw new UsageError('sql takes one argument, the query in quotes');
  const state = openState();
  const folder = call.text('out') ?? state.out;
  const manifest = needPublished(folder, state.house.house_id);
  const connection = await openTables(folder, manifest);
  const { columns, rows, printed } = await select(connection, query).finally(() =>
    connection.closeSync(),
  );
  call.print(rows, textTable(columns, printed));
  const newer = await newerFacts(manifest.as_of, call.say);
  const sample = manifest.is_sample ? 'Sample data. ' : '';
  call.say(
    `${sample}True for ${new Date(manifest.as_of).toISOString()}; ${newer} facts are newer.`,
  );
}
