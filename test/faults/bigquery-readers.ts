/**
 * What readers of a dataset see now: each mart's view over the load tables and `current_run` that
 * Google's double holds. The double runs no SQL without ZetaSQL, so the view's meaning is worked
 * out here, or DuckDB runs its very text.
 */
import { CURRENT_RUN, sidesOf } from '../../platform/bigquery/names.ts';
import { LOAD_COLUMN } from '../../platform/bigquery/rows.ts';
import type { GoogleSandbox } from '../contract/google-sandbox.ts';
import type { Row, Stored, Views } from './bigquery-views.ts';
import { type Night, staleName } from './nights.ts';

/** A night is known by its run; its rows by the text of their plain cells. */
export class BigQueryReaders {
  /** Runs that readers saw, in order; '' while there was nothing to see. */
  readonly shown: string[] = [];
  /** Tables and views that belong to no mart, when last looked at. */
  strays: string[] = [];
  /** Set to have the views' own text run as well. */
  views: Views | undefined;
  readonly #google: GoogleSandbox;
  readonly #project: string;
  readonly #nights: Map<string, Night>;

  constructor(google: GoogleSandbox, project: string, nights: Map<string, Night>) {
    this.#google = google;
    this.#project = project;
    this.#nights = nights;
  }

  /** Complaints about what readers see at this moment; empty: one whole night, or nothing yet. */
  async look(): Promise<string[]> {
    const path = `/__bigquery/${this.#project}`;
    const { tables } = await this.#google.control<{ tables: Stored[] }>('GET', path);
    const stored = new Map(tables.map((table) => [table.tableReference.tableId, table]));
    this.strays = [...stored.keys()].filter((name) => !this.#known.has(name));
    const current = stored.get(CURRENT_RUN)?.rows ?? [];
    if (current.every(({ load_id }) => (load_id ?? null) === null)) {
      const lost = this.shown.some(Boolean);
      this.#note('');
      return lost ? ['readers see nothing any more'] : [];
    }
    const runs = new Set(current.map(({ run_id }) => String(run_id)));
    const night = runs.size === 1 ? this.#nights.get([...runs][0]!) : undefined;
    if (!night) return [`${CURRENT_RUN} names ${[...runs].join(', ')}`];
    const notes = new Set(
      current.map(({ stale_since, stale_reason }) => JSON.stringify([stale_since, stale_reason])),
    );
    if (notes.size !== 1) return [`${CURRENT_RUN} is stale in part: ${[...notes].join(', ')}`];
    this.#note((current[0]!.stale_reason ?? null) === null ? night.run.run_id : staleName(night));
    const marts = current.map(({ mart }) => String(mart));
    const shown = await this.views?.show(tables);
    const complaints = night.tables.flatMap((table) => {
      const { name } = table.contract;
      const named = marts.filter((mart) => mart === name).length;
      if (named !== 1) return [`${CURRENT_RUN} has ${named} rows for ${name}`];
      if (stored.get(name)?.type !== 'VIEW') return [`${name} is no view`];
      const seen = [seenBy(stored, current, name), ...(shown ? [shown.get(name) ?? []] : [])];
      return seen.flatMap((rows) => rowsAreThose(night, name, rows));
    });
    if (marts.length !== night.tables.length)
      complaints.push(`${CURRENT_RUN} names ${marts.join(', ')}`);
    return complaints;
  }

  /** `current_run`, and of each mart its view and its two sides. */
  get #known(): Set<string> {
    const [night] = this.#nights.values();
    const marts = night?.tables.map(({ contract }) => contract.name) ?? [];
    return new Set([CURRENT_RUN, ...marts.flatMap((mart) => [mart, ...sidesOf(mart)])]);
  }

  #note(run: string): void {
    if (this.shown.at(-1) !== run) this.shown.push(run);
  }
}

/**
 * Both arms of the reader's view: a side's rows of the load that `current_run` names, where it
 * names that side.
 */
function seenBy(stored: Map<string, Stored>, current: Row[], mart: string): Row[] {
  return sidesOf(mart).flatMap((table) => {
    const loads = current
      .filter((row) => row.mart === mart && row.table_id === table)
      .map(({ load_id }) => load_id);
    return (stored.get(table)?.rows ?? []).filter((row) => loads.includes(row[LOAD_COLUMN]!));
  });
}

function rowsAreThose(night: Night, mart: string, rows: Row[]): string[] {
  const { contract } = night.tables.find((table) => table.contract.name === mart)!;
  const wrong: string[] = [];
  const strangers = new Set(
    rows.map(({ run_id }) => run_id).filter((run) => run !== night.run.run_id),
  );
  if (strangers.size > 0)
    wrong.push(`${mart} shows rows of ${[...strangers].join(', ')} in ${night.run.run_id}`);
  const plain = contract.columns.flatMap(({ name, type }, i) =>
    type === 'string' || type === 'integer' ? [{ name, i }] : [],
  );
  // Rows come in no promised order.
  const lines = (all: (string | null)[][]): string =>
    all
      .map((row) => JSON.stringify(row))
      .toSorted()
      .join('\n');
  const text = (cell: Row[string] | undefined): string | null =>
    cell === null || cell === undefined ? null : String(cell);
  const expected = lines(night.rows.get(mart)!.map((row) => plain.map(({ i }) => text(row[i]))));
  const found = lines(rows.map((row) => plain.map(({ name }) => text(row[name]))));
  if (expected !== found)
    wrong.push(`${mart} shows ${rows.length} rows that are not those of ${night.run.run_id}`);
  return wrong;
}
