/** `explain`: from a published number to what it means, the run that published it, the rows behind it and its SQL. */
import { Fault } from '../../core/faults.ts';
import type { Manifest } from '../../platform/files/manifest.ts';
import { formulaOf } from '../../sql/contract.ts';
import { dependencies, render } from '../../sql/render.ts';
import { views } from '../../sql/views/index.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { findColumn, findNumber, findTable, type PublishedNumber } from '../explain/published-number.ts';
import { isSame, type Trace, type Traces, traceNumber } from '../explain/trace.ts';
import { openState } from '../house/state.ts';
import { needPublished } from '../published.ts';
import { openTables } from '../tables-database.ts';
import { textTable } from '../text-table.ts';

const USUAL_ROWS = 10;

const shown = (value: unknown): string => (value === null || value === undefined ? 'nothing' : String(value));

function explanation(number: PublishedNumber, { traces, unpublished, computed }: Traces, manifest: Manifest) {
  const { contract, column, key, value, sql } = number;
  const load = manifest.marts.find(({ name }) => name === contract.name);
  const { run_id, as_of, rules_version } = manifest;
  return {
    ...{ table: contract.name, key, column: column.name, value, description: column.description },
    ...{ formula: formulaOf(column), ...column.metric },
    run: { run_id, as_of, rules_version, load_id: load?.load_id, checksum: load?.checksum },
    ...{
      rows_behind: traces,
      computed,
      unpublished_views: unpublished.map((name) => ({ name, sql: textOfView(name) })),
      sql: sql.trim(),
    },
    reads: dependencies(sql),
    query: render(`select * from ${contract.name}`, { as_of }),
  };
}

const textOfView = (name: string): string => views.find((view) => view.name === name)!.sql.trim();

type Explanation = ReturnType<typeof explanation>;

function traceText({ column, table, query, rows_found, gives, published, rows }: Trace): string {
  const isTold = column !== undefined;
  const agrees = isSame(gives, published) ? 'as published' : `but ${shown(published)} was published`;
  const title = `${rows_found} rows of ${table}${isTold ? ` make ${column}: ${shown(gives)}, ${agrees}` : ''}`;
  const more = rows_found > rows.length ? [`… and ${rows_found - rows.length} more (--rows N)`] : [];
  const body = rows.length > 0 ? [textTable(Object.keys(rows[0]!), rows), ...more] : [];
  return [title, query, ...body].join('\n');
}

function rowsText({ rows_behind, computed, unpublished_views, table, key }: Explanation): string[] {
  const kept = unpublished_views.map(
    ({ name, sql }) => `Its rows are those of the view ${name}, which is not published:\n${sql}`,
  );
  if (rows_behind.length + kept.length === 0)
    return [`The row ${key} of ${table} is itself the fact; nothing is counted.`];
  const others = computed.map((column) => `${column} is no sum over rows; the SQL below makes it.`);
  return [...rows_behind.map(traceText), ...kept, ...others];
}

function textOf(found: Explanation, withQuery: boolean): string {
  const { table, key, column, value, description, formula, owner, run } = found;
  const lines = [
    `${table}.${column} = ${shown(value)}`,
    `of       ${key}`,
    `means    ${description}`,
    ...(formula ? [`formula  ${formula}`] : []),
    ...(owner
      ? [`owner    ${owner}; healthy: ${found.healthy_range}; when worse: ${found.what_to_do_when_worse}`]
      : []),
    `run      ${run.run_id}, true for ${new Date(run.as_of).toISOString()}, rules ${run.rules_version}`,
    `load     ${shown(run.load_id)}, checksum ${shown(run.checksum)}`,
  ];
  const sql = withQuery
    ? `The whole query, for the house's database at that instant:\n${found.query}`
    : `sql/views/marts/${table}.sql, over ${found.reads.join(', ')} (--sql prints the whole query):\n${found.sql}`;
  return [lines.join('\n'), ...rowsText(found), sql].join('\n\n');
}

function rowLimit(text: string | undefined): number {
  if (text === undefined) return USUAL_ROWS;
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`--rows takes a whole number up to 999999; not ${text}`);
  return Number(text);
}

export const explain: Command = {
  name: 'explain',
  usage: "<table> '<key>' <column> [--rows N] [--sql] [--out DIR]",
  summary: 'From a published number to its meaning, its run, the rows behind it and its SQL.',
  options: { rows: { type: 'string' }, sql: { type: 'boolean' }, out: { type: 'string' } },
  async run(call) {
    const [table, key, column, ...rest] = call.positionals;
    if (!table || key === undefined || !column || rest.length)
      throw new UsageError(
        "explain takes a table, the key of a row and a column: explain daily '2026-05-20 · …' revenue",
      );
    const limit = rowLimit(call.text('rows'));
    findColumn(findTable(table).contract, column);
    const state = openState();
    const folder = call.text('out') ?? state.out;
    const manifest = needPublished(folder, state.house.house_id);
    if (!manifest.marts.some(({ name }) => name === table))
      throw new Fault('not_found', `the last export has no ${table}; run: npm run -s signalhouse -- export`);
    const connection = await openTables(folder, manifest);
    try {
      const number = await findNumber(connection, table, key, column);
      const found = explanation(number, await traceNumber(connection, number, limit), manifest);
      call.print(found, textOf(found, call.flag('sql')));
    } finally {
      connection.closeSync();
    }
  },
};
