/** One publish: look, repair tables, load, verify, and only then let readers see it. */
import { Fault } from '../../core/faults.ts';
import type { Contract } from '../../sql/contract.ts';
import { Checksum } from '../checksum.ts';
import type { RunStamp, Stale, Table, Written } from '../destination.ts';
import type { BigQueryApi, Job } from './api.ts';
import {
  CurrentRun,
  currentRunFields,
  isSameShown,
  nothingShown,
  overtaken,
  shownOf,
  staleOf,
} from './current-run.ts';
import { type JobOptions, Jobs, type Load, type Started } from './jobs.ts';
import { houseLabel, labelOf } from './labels.ts';
import { CURRENT_RUN, sidesOf } from './names.ts';
import { clusteringOf, linesOf, loadFields, loadReader, viewFields, viewQuery } from './rows.ts';
import { type Shaped, Shapes, type Wanted } from './shapes.ts';

export type PublishOptions = JobOptions & { now?: () => number };

/** Marts whose tables are checked at the same time. */
const TOGETHER = 8;

/** A table of the run on its way into a load table. */
type Pending = { table: Table; side: Shaped; load: Load; started: Started };

export class Publish {
  readonly #api: BigQueryApi;
  readonly #jobs: Jobs;
  readonly #current: CurrentRun;
  readonly #house: string;
  readonly #now: () => number;
  #marts: string[] = [];
  /** The load tables as they are now, by id. */
  readonly #sides = new Map<string, Shaped>();
  /** What people should know, by mart. */
  readonly #notes = new Map<string, string[]>();

  constructor(api: BigQueryApi, house_id: string, options: PublishOptions) {
    this.#api = api;
    this.#jobs = new Jobs(api, options);
    this.#current = new CurrentRun(api, this.#jobs, house_id);
    this.#house = houseLabel(house_id);
    this.#now = options.now ?? Date.now;
  }

  async publish(run: RunStamp, tables: Table[]): Promise<Written[]> {
    await this.#survey(tables.map(({ contract }) => contract));
    const written = new Map<string, Written>();
    const shown = new Map<string, string>();
    const pending: Pending[] = [];
    for (const table of tables) {
      const mart = table.contract.name;
      const { tableId, kept } = await this.#placeFor(table, run);
      shown.set(mart, tableId);
      if (kept) written.set(mart, kept);
      else pending.push(await this.#start(table, tableId, run));
    }
    const ended = await this.#jobs.ended(pending.map(({ started }) => started.job_id));
    for (const load of pending) {
      const job = ended.get(load.started.job_id);
      written.set(load.table.contract.name, await this.#settle(load, job, run));
    }
    const rows = tables.map((table) => shownOf(run, table, shown.get(table.contract.name)!));
    if (this.#current.isBroken || !isSameShown(this.#current.rows, rows))
      await this.#current.advance(rows, 'publish');
    return tables.map(({ contract: { name } }) => {
      const notes = this.#notes.get(name) ?? [];
      return { ...written.get(name)!, ...(notes.length > 0 && { notes }) };
    });
  }

  async markStale(stale: Stale): Promise<void> {
    const listed = await this.#api.tables();
    if (!listed.has(CURRENT_RUN)) return;
    await this.#readCurrent(new Shapes(this.#api, this.#house, listed, this.#now));
    const rows = this.#current.rows.map((row) =>
      row.load_id === null ? row : staleOf(row, stale),
    );
    if (!isSameShown(this.#current.rows, rows)) await this.#current.advance(rows, 'stale');
  }

  #note(mart: string, ...notes: string[]): void {
    this.#notes.set(mart, [...(this.#notes.get(mart) ?? []), ...notes]);
  }

  async #readCurrent(shapes: Shapes): Promise<void> {
    shapes.checkOwner([CURRENT_RUN]);
    const shaped = await shapes.ensure({
      table_id: CURRENT_RUN,
      description: 'What readers see.',
      fields: currentRunFields,
    });
    await this.#current.open(shaped);
  }

  /** Checks every table and view of ours, and creates or repairs what is missing or wrong. */
  async #survey(contracts: Contract[]): Promise<void> {
    const listed = await this.#api.tables();
    this.#marts = contracts.map(({ name }) => name);
    const ours = this.#marts.flatMap((name) => [name, ...sidesOf(name)]);
    const shapes = new Shapes(this.#api, this.#house, listed, this.#now);
    shapes.checkOwner(ours);
    await this.#readCurrent(shapes);
    if (!listed.has(CURRENT_RUN) && ours.some((name) => listed.has(name)))
      this.#note(contracts[0]!.name, `${CURRENT_RUN} had been deleted and was recreated`);
    for (let from = 0; from < contracts.length; from += TOGETHER)
      await Promise.all(
        contracts.slice(from, from + TOGETHER).map((contract) => this.#shape(shapes, contract)),
      );
  }

  async #shape(shapes: Shapes, contract: Contract): Promise<void> {
    const { name, answers: description } = contract;
    const { project, dataset } = this.#api.place;
    const wasShown = this.#current.of(name).load_id !== null;
    const ensure = async (wanted: Wanted): Promise<Shaped> => {
      const shaped = await shapes.ensure(wanted);
      if (shaped.wasMade && wasShown)
        this.#note(name, `${wanted.table_id} had been deleted and was recreated`);
      this.#note(name, ...shaped.notes);
      return shaped;
    };
    const side = { description, fields: loadFields(contract), clustering: clusteringOf(contract) };
    for (const table_id of sidesOf(name))
      this.#sides.set(table_id, await ensure({ table_id, ...side }));
    const query = viewQuery(project, dataset, contract);
    await ensure({ table_id: name, description, fields: viewFields(contract), query });
  }

  /**
   * The load table for this table: where it is already shown, or the side that readers do not see.
   */
  async #placeFor(table: Table, run: RunStamp): Promise<{ tableId: string; kept?: Written }> {
    const mart = table.contract.name;
    const [a, b] = sidesOf(mart);
    const { load_id, table_id } = this.#current.of(mart);
    const seen = table_id === a || table_id === b ? table_id : undefined;
    const other = seen === a ? b : a;
    if (load_id !== table.load_id || !seen) return { tableId: other };
    const { isBroken } = this.#sides.get(seen)!;
    const kept = isBroken ? undefined : await this.#readBack(table, seen, run);
    if (!kept) {
      this.#note(
        mart,
        `the rows of ${seen} were not those that were published; they were loaded again`,
      );
      return { tableId: seen };
    }
    return this.#sides.get(other)!.isBroken ? { tableId: other } : { tableId: seen, kept };
  }

  async #start(table: Table, tableId: string, run: RunStamp): Promise<Pending> {
    const side = this.#sides.get(tableId)!;
    const replaces = String(this.#current.of(table.contract.name).load_id ?? '');
    const load: Load = {
      slot: this.#jobs.slot(tableId, replaces),
      table_id: tableId,
      fields: loadFields(table.contract),
      labels: { house: this.#house, load: labelOf(table.load_id), checksum: table.checksum },
      lines: () => linesOf(table, run),
      clustering: side.isBroken ? clusteringOf(table.contract) : undefined,
    };
    return { table, side, load, started: await this.#send(load, 1) };
  }

  /**
   * Sends the load. If another publish has loaded something else in its place, that one is first
   * kept from going live: `current_run` gets a new generation, and what readers see stays the same.
   */
  async #send(load: Load, number: number): Promise<Started> {
    let started = await this.#jobs.start(load, number);
    while (started.state === 'other') {
      const { rows } = this.#current;
      const same = rows.length > 0 ? rows : this.#marts.map(nothingShown);
      await this.#current.advance(same, `${started.job_id} ${load.labels.load}`);
      started = await this.#jobs.start(load, started.number + 1);
    }
    return started;
  }

  /**
   * Waits until the load table holds the table. An adopted job may have been overtaken; then the
   * load is sent again.
   */
  async #settle(
    { table, side, load, started }: Pending,
    ended: Job | undefined,
    run: RunStamp,
  ): Promise<Written> {
    for (let at = started; ; at = await this.#send(load, at.number + 1)) {
      if (!(await this.#jobs.succeeded(load, at, at === started ? ended : undefined))) continue;
      if (side.isBroken) this.#sides.set(load.table_id, { ...side, fields: load.fields });
      const written = await this.#readBack(table, load.table_id, run);
      if (written) return written;
      if (at.state === 'sent') throw await this.#overtaken(load.table_id);
    }
  }

  async #overtaken(tableId: string): Promise<Fault> {
    const { generation } = this.#current;
    await this.#current.read();
    return generation === this.#current.generation
      ? new Fault(
          'destination_refused',
          `${this.#api.name(tableId)} does not hold what was loaded into it: make sure that no ` +
            'other program writes there, and export again',
        )
      : overtaken(this.#api.name());
  }

  /**
   * Reads the load table back; undefined unless it is exactly the table: its rows, its checksum,
   * each row of this load and run.
   */
  async #readBack(table: Table, tableId: string, run: RunStamp): Promise<Written | undefined> {
    const { fields } = this.#sides.get(tableId)!;
    const read = loadReader(table, run, fields);
    const checksum = new Checksum();
    for await (const page of this.#api.rows(tableId, fields.length))
      for (const row of page) {
        const { cells, isOfLoad } = read(row);
        if (!isOfLoad) return undefined;
        checksum.add(cells);
      }
    const back = {
      mart: table.contract.name,
      load_id: table.load_id,
      rows: checksum.rows,
      checksum: `${checksum}`,
    };
    return back.checksum === table.checksum && back.rows === table.row_count ? back : undefined;
  }
}
