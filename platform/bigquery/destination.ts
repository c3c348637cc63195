/** The destination `bigquery`: per mart two load tables and a view over the one that `current_run` names. */
import { Fault } from '../../core/faults.ts';
import { hash } from '../../core/hash.ts';
import type { Contract } from '../../sql/contract.ts';
import { checksumOf } from '../checksum.ts';
import { type Destination, type RunStamp, rowsOf, type Table, type Written } from '../destination.ts';
import type { GoogleAccount } from '../google/account.ts';
import { googleFault } from '../google/faults.ts';
import { BigQueryApi, type TableBody } from './api.ts';
import { CURRENT_RUN, currentOf, currentRunLines, currentRunSchema, otherTable } from './current-run.ts';
import { fromRows, LOAD_COLUMN, loadFields, toLines, viewFields, viewQuery } from './rows.ts';

type Labels = Map<string, Record<string, string>>;
/** Fits a label's 63 characters. */
const short = (text: string): string => hash(text).slice(0, 40);

/** One publish into one dataset. */
class Publish {
  readonly api: BigQueryApi;
  readonly run: RunStamp;
  readonly house: string;
  labels: Labels = new Map();

  constructor(api: BigQueryApi, run: RunStamp) {
    this.api = api;
    this.run = run;
    this.house = short(run.house_id);
  }

  /** Makes a table or view of ours where it is missing, and brings its columns up to date where they grew. */
  async ensure(tableId: string, body: TableBody, columns: TableBody['schema']): Promise<void> {
    const version = short(JSON.stringify([body.view?.query, columns]));
    const found = this.labels.get(tableId);
    if (found && found.house !== this.house)
      throw new Fault(
        'other_house',
        `${this.api.dataset}.${tableId} is not this house's; give it another dataset (BIGQUERY_DATASET)`,
      );
    if (found?.columns === version) return;
    const labels = { house: this.house, columns: version };
    if (body.view) {
      // A view is made without a schema: what its columns mean can only be said once it exists.
      if (!found) await this.api.create(tableId, { ...body, labels: { house: this.house } });
      await this.api.patch(tableId, { ...body, schema: columns!, labels });
    } else if (found) await this.api.patch(tableId, { schema: columns!, labels });
    else await this.api.create(tableId, { ...body, schema: columns!, labels });
  }

  async ensureLoadTables(contract: Contract): Promise<void> {
    const schema = { fields: loadFields(contract) };
    for (const side of ['a', 'b'])
      await this.ensure(`${contract.name}__${side}`, { description: contract.answers }, schema);
  }

  async load(table: Table, tableId: string): Promise<void> {
    await this.ensureLoadTables(table.contract);
    await this.api.load({
      job_id: `signalhouse_${table.load_id}`,
      table_id: tableId,
      fields: loadFields(table.contract),
      checksum: table.checksum,
      house: this.house,
      lines: toLines(table.contract, await rowsOf(table), this.run, table.load_id),
    });
  }

  async readBack({ contract, load_id }: Table, tableId: string): Promise<Written> {
    const rows = await this.api.rows(tableId, loadFields(contract));
    const ours = rows.filter((row) => row[LOAD_COLUMN] === load_id);
    return { mart: contract.name, load_id, rows: ours.length, checksum: checksumOf(fromRows(contract, ours)) };
  }

  async switchReaders(tables: Table[], where: Map<string, string>): Promise<void> {
    for (const { contract } of tables) {
      const view = { query: viewQuery(this.api.project, this.api.dataset, contract), useLegacySql: false as const };
      await this.ensure(contract.name, { view, description: contract.answers }, { fields: viewFields(contract) });
    }
    const lines = currentRunLines(this.run, tables, where);
    const checksum = short(lines.join('\n'));
    await this.api.load({
      job_id: `signalhouse_current_${checksum}_${this.run.attempt}`,
      table_id: CURRENT_RUN,
      fields: currentRunSchema,
      checksum,
      house: this.house,
      lines,
    });
  }

  /** Loads what is not there yet, verifies every table, and only then lets the readers see it. */
  async publish(tables: Table[]): Promise<Written[]> {
    this.labels = await this.api.tables();
    const known = this.labels.has(CURRENT_RUN);
    await this.ensure(CURRENT_RUN, { description: 'What readers see.' }, { fields: currentRunSchema });
    const current = currentOf(known ? await this.api.rows(CURRENT_RUN, currentRunSchema) : []);
    const where = new Map<string, string>();
    const written: Written[] = [];
    let changed = current.size !== tables.length;
    for (const table of tables) {
      const mart = table.contract.name;
      const shown = current.get(mart);
      const isThere = shown?.load_id === table.load_id;
      const tableId = isThere ? shown.table_id : otherTable(mart, shown);
      if (!isThere) await this.load(table, tableId);
      changed ||= !isThere;
      where.set(mart, tableId);
      const back = await this.readBack(table, tableId);
      if (back.checksum !== table.checksum || back.rows !== table.row_count)
        throw new Fault('destination_refused', `${tableId} does not hold what was loaded into it`, { ...back });
      written.push(back);
    }
    if (changed) await this.switchReaders(tables, where);
    return written;
  }
}

/** Publishes into a dataset that the service account may edit. */
export function bigqueryDestination(account: GoogleAccount, project: string, dataset: string): Destination {
  const api = new BigQueryApi(account, project, dataset);
  return {
    name: 'bigquery',
    carries: () => true,
    publish: (run, tables) =>
      new Publish(api, run).publish(tables).catch((error) => {
        throw googleFault(error, `the dataset ${project}.${dataset}`);
      }),
  };
}
