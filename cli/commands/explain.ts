/**
 * `explain`: from a published number to what it means, the run that published it, the rows behind
 * it and its SQL.
 */
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../core/faults.ts';
import type { Manifest } from '../../platform/files/manifest.ts';
import { formulaOf } from '../../sql/contract.ts';
import { dependencies, render } from '../../sql/render.ts';
import { views } from '../../sql/views/index.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import {
  findColumn,
  findNumber,
  findTable,
  type PublishedNumber,
} from '../explain/published-number.ts';
import { isSame, type Trace, type Traces, traceNumber } from '../explain/trace.ts';
import { openState } from '../house/state.ts';
import { needPublished } from '../published.ts';
import { openTables } from '../tables-database.ts';
import { columnsThatFit, textTable } from '../text-table.ts';

const USUAL_ROWS = 10;

const shown = (value: unknown): string =>
  value === null || value === undefined ? 'nothing' : String(value);

function explanation(
  number: PublishedNumber,
  { traces, unpublished, notes, computed }: Traces,
  manifest: Manifest,
) {
  const { mart, column, key, value, cells } = number;
  const { contract, sql } = mart;
  const load = manifest.marts.find(({ name }) => name === contract.name);
  const { run_id, as_of, rules_version } = manifest;
  const line = contract.lines?.find(({ name }) => name === cells.line);
  return {
    table: contract.name,
    key,
    column: column.name,
    value,
    description: column.description,
    formula: formulaOf(column),
    ...column.metric,
    ...(line ? { line: line.description, formula: line.formula, ...line.metric } : {}),
    run: { run_id, as_of, rules_version, load_id: load?.load_id, checksum: load?.checksum },
    rows_behind: traces,
    computed,
    notes,
    unpublished_views: unpublished.map((name) => ({
      name,
      sql: textOfView(name),
      query: queryOf(name, as_of),
    })),
    file: martFile(contract.name),
    sql: sql.trim(),
    reads: dependencies(sql),
    query: queryOf(contract.name, as_of),
  };
}

/**
 * The file that a mart is written in, from the repository's root: `metric_dictionary` has no
 * `.sql`.
 */
function martFile(name: string): string {
  const root = new URL('../../', import.meta.url);
  const files = globSync(`sql/views/marts/*/${name}.{sql,ts}`, { cwd: fileURLToPath(root) });
  return files.toSorted()[0]!;
}

const queryOf = (view: string, as_of: number): string => render(`select * from ${view}`, { as_of });

const textOfView = (name: string): string => views.find((view) => view.name === name)!.sql.trim();

type Explanation = ReturnType<typeof explanation>;

/**
 * Those that name a row and those that the query asks of or adds up, then as many others as fit.
 */
function tellingColumns(table: string, query: string, rows: Record<string, unknown>[]): string[] {
  const asked = new Set([...query.matchAll(/\bt\.(\w+)/g)].map(([, name]) => name!));
  const { grain } = findTable(table).contract;
  const isTelling = (name: string) => grain.includes(name) || asked.has(name);
  return columnsThatFit(Object.keys(rows[0] ?? {}), rows, isTelling);
}

function traceText({
  column,
  table,
  query,
  aggregate,
  rows_found,
  gives,
  published,
  rows,
}: Trace): string {
  const agrees = isSame(gives, published)
    ? 'as published'
    : `but ${shown(published)} was published`;
  const makes = `${rows_found === 1 ? 'makes' : 'make'} ${column}: ${shown(gives)}, ${agrees}`;
  const found = `${rows_found} ${rows_found === 1 ? 'row' : 'rows'} of ${table}`;
  const title = `${found} ${column === undefined ? 'behind its row' : makes}`;
  const more =
    rows_found > rows.length ? [`… and ${rows_found - rows.length} more (--rows N)`] : [];
  const columns = tellingColumns(table, `${query} ${aggregate ?? ''}`, rows);
  const hidden = Object.keys(rows[0] ?? {}).length - columns.length;
  const rest =
    hidden > 0 ? [`(${hidden} more columns: --json, or the query above in signalhouse sql)`] : [];
  const body = rows.length > 0 ? [textTable(columns, rows), ...more, ...rest] : [];
  return [title, query, ...body].join('\n');
}

function rowsText(found: Explanation, withQuery: boolean): string[] {
  const { rows_behind, computed, notes, unpublished_views, table, key } = found;
  const kept = unpublished_views.map(
    ({ name, sql, query }) =>
      `Its rows are those of the view ${name}, which is not published:\n${withQuery ? query : sql}`,
  );
  if (rows_behind.length + kept.length + notes.length + computed.length === 0)
    return [`This row of ${table} is one thing, ${key}; nothing is added up.`];
  const others = computed.map(
    (column) => `${column} is calculated by the SQL below, not added up from rows.`,
  );
  return [...others, ...rows_behind.map(traceText), ...kept, ...notes];
}

function textOf(found: Explanation, withQuery: boolean): string {
  const { table, key, column, value, description, formula, owner, run } = found;
  const lines = [
    `${table}.${column} = ${shown(value)}`,
    `of       ${key}`,
    `means    ${description}`,
    ...(found.line ? [`line     ${found.line}`] : []),
    ...(formula ? [`formula  ${formula}`] : []),
    ...(owner
      ? [
          `owner    ${owner}; healthy: ${found.healthy_range}; when worse: ` +
            `${found.what_to_do_when_worse}`,
        ]
      : []),
    `run      ${run.run_id}, true for ${new Date(run.as_of).toISOString()}, rules ` +
      `${run.rules_version}`,
    `load     ${shown(run.load_id)}, checksum ${shown(run.checksum)}`,
  ];
  const sql = withQuery
    ? `The whole query, for the house's database at that instant:\n${found.query}`
    : found.reads.length > 0
      ? `${found.file}, over ${found.reads.join(', ')} (--sql prints the whole ` +
        `query):\n${found.sql}`
      : `${found.file} writes it from the contracts of the marts (--sql prints the whole query).`;
  return [lines.join('\n'), ...rowsText(found, withQuery), sql].join('\n\n');
}

function rowLimit(text: string | undefined): number {
  if (text === undefined) return USUAL_ROWS;
  if (!/^\d{1,6}$/.test(text))
    throw new UsageError(`--rows takes a whole number up to 999999; not ${text}`);
  return Number(text);
}

export async function explain(call: Call): Promise<void> {
  const [table, key, column, ...rest] = call.positionals;
  if (!table || key === undefined || !column || rest.length)
    throw new UsageError(
      "explain takes a table, a key and a column: explain daily '2026-05-20 · …' revenue",
    );
  const limit = rowLimit(call.text('rows'));
  findColumn(findTable(table).contract, column);
  const state = openState();
  const { folder, manifest } = needPublished(state, call.text('out'));
  if (!manifest.marts.some(({ name }) => name === table))
    throw new Fault(
      'not_found',
      `the last export has no ${table}; run: npm run -s signalhouse -- export`,
    );
  const connection = await openTables(folder, manifest);
  try {
    const number = await findNumber(connection, table, key, column);
    const found = explanation(number, await traceNumber(connection, number, limit), manifest);
    call.print(found, textOf(found, call.flag('sql')));
  } finally {
    connection.closeSync();
  }
}
