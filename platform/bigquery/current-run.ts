/**
 * `current_run`: one row per mart that names the load readers see. It is loaded last, and that is
 * the publish. Each load of it is derived from the generation before: of two that start from the
 * same one, BigQuery accepts one.
 */
import { Fault } from '../../core/faults.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Column } from '../../sql/contract.ts';
import type { RunStamp, Stale, Table } from '../destination.ts';
import type { BigQueryApi, Field } from './api.ts';
import type { Jobs, Load } from './jobs.ts';
import { houseLabel, labelOf } from './labels.ts';
import { CURRENT_RUN } from './names.ts';
import { cellReader, fieldOf, lineWriter } from './rows.ts';

const text = (name: string, description: string): Column => ({ name, type: 'string', description });

/** Append-only, as the columns of a mart are. */
const columns: readonly Column[] = [
  text('mart', 'Name of the published table.'),
  text('load_id', 'The load whose rows readers see.'),
  text('table_id', 'The load table that holds them.'),
  { name: 'rows_loaded', type: 'integer', description: 'How many rows it has.' },
  text('checksum', 'Of the rows without the run columns.'),
  text('run_id', 'The night that published it.'),
  { name: 'as_of', type: 'timestamp', description: 'The instant for which it is true.' },
  text('house_id', 'The house whose numbers these are.'),
  { name: 'is_sample', type: 'boolean', description: 'Whether they are sample data.' },
  text('rules_version', 'The rules in force.'),
  text('generation', 'Another one with every load of this table; the next load is made from it.'),
  {
    name: 'stale_since',
    type: 'timestamp',
    description: 'Set while newer numbers are withheld: as_of of these.',
  },
  text('stale_reason', 'Why newer numbers are withheld.'),
];

export const currentRunFields: Field[] = columns.map(fieldOf);

type Named =
  | 'load_id'
  | 'table_id'
  | 'rows_loaded'
  | 'checksum'
  | 'run_id'
  | 'as_of'
  | 'house_id'
  | 'is_sample';
/** What readers see of one mart; nulls if nothing was loaded yet. */
export type Shown = { mart: string } & Record<
  Named | 'rules_version' | 'stale_since' | 'stale_reason',
  Cell
>;

const blank: Record<string, Cell> = Object.fromEntries(columns.map(({ name }) => [name, null]));
export const nothingShown = (mart: string): Shown => ({ ...(blank as Shown), mart });

/** What readers will see of a table of the run. */
export const shownOf = (
  run: RunStamp,
  { contract, load_id, row_count, checksum }: Table,
  table_id: string,
): Shown => ({
  mart: contract.name,
  load_id,
  table_id,
  rows_loaded: row_count,
  checksum,
  run_id: run.run_id,
  as_of: run.as_of,
  house_id: run.house_id,
  is_sample: run.is_sample ? 1 : 0,
  rules_version: run.rules_version,
  stale_since: null,
  stale_reason: null,
});

export const staleOf = (shown: Shown, { since, reason }: Stale): Shown => ({
  ...shown,
  stale_since: since,
  stale_reason: reason,
});

const write = lineWriter(columns);
const cellsOf = (shown: Shown, generation: string): Cell[] =>
  columns.map(({ name }) => (name === 'generation' ? generation : shown[name as keyof Shown]));

const fingerprint = (rows: Shown[]): string =>
  rows
    .map((shown) => JSON.stringify(cellsOf(shown, '')))
    .sort()
    .join('\n');

export const isSameShown = (a: Shown[], b: Shown[]): boolean => fingerprint(a) === fingerprint(b);

export const overtaken = (place: string): Fault =>
  new Fault(
    'overtaken',
    `another publish to ${place} came between, so this one stopped: there is nothing to do, ` +
      'unless this run should be shown; then export it again',
  );

export class CurrentRun {
  readonly #api: BigQueryApi;
  readonly #jobs: Jobs;
  readonly #house: string;
  /** Its columns, in their own order. */
  #fields: Field[] = [];
  /** Its columns have to be replaced at the next load. */
  isBroken = false;
  rows: Shown[] = [];
  generation = '';

  constructor(api: BigQueryApi, jobs: Jobs, house_id: string) {
    this.#api = api;
    this.#jobs = jobs;
    this.#house = houseLabel(house_id);
  }

  of(mart: string): Shown {
    return this.rows.find((shown) => shown.mart === mart) ?? nothingShown(mart);
  }

  /** Reads the rows; `table` is its current shape. */
  async open(table: { fields: Field[]; isBroken: boolean }): Promise<void> {
    this.#fields = table.fields;
    this.isBroken = table.isBroken;
    await this.read();
  }

  async read(): Promise<void> {
    const readCells = cellReader(columns, this.#fields);
    this.rows = [];
    const generations = new Set<Cell>();
    for await (const page of this.#api.rows(CURRENT_RUN, this.#fields.length))
      for (const row of page) {
        const cells = readCells(row);
        const { generation, ...shown } = Object.fromEntries(
          columns.map(({ name }, i) => [name, cells[i]!]),
        );
        this.rows.push(shown as Shown);
        generations.add(generation!);
      }
    const [only] = generations;
    // A table that a person edited, or one from before generations existed, is a generation of its
    // own.
    this.generation =
      generations.size === 1 && only ? String(only) : labelOf(fingerprint(this.rows));
  }

  /**
   * Replaces what readers see by these rows, all at once, and reads them back. `why` distinguishes
   * loads of the same rows. Throws `overtaken` if another publish has come between since `read`.
   */
  async advance(rows: Shown[], why: string): Promise<void> {
    const before = this.generation;
    const generation = labelOf([before, fingerprint(rows), why].join('\n'));
    const load: Load = {
      slot: this.#jobs.slot(CURRENT_RUN, before),
      table_id: CURRENT_RUN,
      fields: currentRunFields,
      labels: { house: this.#house, load: generation, checksum: labelOf(fingerprint(rows)) },
      clustering: this.isBroken ? [] : undefined,
      async *lines() {
        yield rows.map((shown) => write(cellsOf(shown, generation), 0)).join('');
      },
    };
    for (let number = 1; this.generation === before; number += 1) {
      const started = await this.#jobs.start(load, number);
      number = started.number;
      if (started.state !== 'other' && !(await this.#jobs.succeeded(load, started))) continue;
      if (this.isBroken) this.#fields = currentRunFields;
      // A used id whose rows are no longer there is skipped; `read` shows which.
      await this.read();
    }
    if (this.generation !== generation) throw overtaken(this.#api.name());
    if (!isSameShown(this.rows, rows))
      throw new Fault(
        'destination_refused',
        `${this.#api.name(CURRENT_RUN)} does not hold what was loaded into it: make sure that ` +
          'no other program writes there, and export again',
      );
    this.isBroken = false;
  }
}
