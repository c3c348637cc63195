/** Creates missing tables and views, and repairs those that differ from their contracts. */
import { DAY } from '../../core/durations.ts';
import { Fault } from '../../core/faults.ts';
import type { BigQueryApi, Field, TableBody } from './api.ts';
import { labelOf } from './labels.ts';

/** The required shape of one of our tables or views. */
export type Wanted = {
  table_id: string;
  fields: Field[];
  description: string;
  /** Set for a view. */
  query?: string;
  clustering?: string[];
};

/** Its shape after `ensure`. */
export type Shaped = {
  /** Its columns, in its own order. */
  fields: Field[];
  wasMade: boolean;
  /** A column has a wrong type: the next load has to replace the columns as well. */
  isBroken: boolean;
  notes: string[];
};

type Listed = Map<string, Record<string, string>>;

/** Without billing, everything expires after 60 days, and only less than 60 can be requested. */
const EXPIRY_DAYS = { renewBelow: 58, renewTo: 59 };

/** BigQuery answers with older type names. */
const olderNames: Record<string, string> = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL' };
const typeOf = ({ type }: Field): string => olderNames[type] ?? type;

const versionOf = ({ query, fields }: Wanted): string =>
  labelOf(JSON.stringify([query, fields.map((field) => [field.name, typeOf(field)])]));

const quoted = (names: string[]): string => names.map((name) => `\`${name}\``).join(', ');

export class Shapes {
  readonly #api: BigQueryApi;
  readonly #house: string;
  readonly #now: () => number;
  readonly #listed: Listed;

  /** `house` is the label; `listed` are the tables and views of the dataset. */
  constructor(api: BigQueryApi, house: string, listed: Listed, now: () => number) {
    this.#api = api;
    this.#house = house;
    this.#listed = listed;
    this.#now = now;
  }

  /**
   * Throws `other_house` if another house owns a table of these names, before anything is written.
   */
  checkOwner(tableIds: string[]): void {
    for (const tableId of tableIds) {
      const labels = this.#listed.get(tableId);
      if (!labels || labels.house === this.#house) continue;
      const name = this.#api.name(tableId);
      if (labels.house)
        throw new Fault(
          'other_house',
          `${name} belongs to another house: give this house a dataset of its own ` +
            '(BIGQUERY_DATASET)',
        );
      throw new Fault(
        'destination_refused',
        `${name} is not this house's but has the name that its table needs: rename it, or set ` +
          'BIGQUERY_DATASET to another dataset',
      );
    }
  }

  ensure(wanted: Wanted): Promise<Shaped> {
    const labels = this.#listed.get(wanted.table_id);
    if (!labels) return this.#make(wanted);
    return this.#putRight(wanted, labels.columns === versionOf(wanted));
  }

  #labels(wanted: Wanted): Record<string, string> {
    return { house: this.#house, columns: versionOf(wanted) };
  }

  async #make(wanted: Wanted): Promise<Shaped> {
    const { table_id, description, query, fields, clustering } = wanted;
    const expiry = this.#renewed(this.#now() + this.#api.tables_last_ms);
    if (query) {
      await this.#api.create(table_id, {
        description,
        view: { query, useLegacySql: false },
        labels: { house: this.#house },
        ...expiry,
      });
      await this.#describe(wanted);
    } else {
      const order = clustering?.length ? { clustering: { fields: clustering } } : {};
      await this.#api.create(table_id, {
        description,
        schema: { fields },
        labels: this.#labels(wanted),
        ...order,
        ...expiry,
      });
    }
    return { fields, wasMade: true, isBroken: false, notes: [] };
  }

  /** A view is created without a schema; its columns can only be described once it exists. */
  #describe(wanted: Wanted): Promise<void> {
    return this.#api.patch(wanted.table_id, {
      schema: { fields: wanted.fields },
      labels: this.#labels(wanted),
    });
  }

  /**
   * `isKnown`: the house itself last created it for these very columns, so any difference was made
   * by a person.
   */
  async #putRight(wanted: Wanted, isKnown: boolean): Promise<Shaped> {
    const found = await this.#api.table(wanted.table_id);
    if (Boolean(found.view) !== Boolean(wanted.query))
      throw new Fault(
        'destination_refused',
        `someone replaced ${this.#api.name(wanted.table_id)} by a ` +
          `${found.view ? 'view' : 'table'}: rename or delete it, and export again`,
      );
    const expiry = found.expirationTime ? this.#renewed(Number(found.expirationTime)) : {};
    return wanted.query
      ? this.#view(wanted, found, isKnown, expiry)
      : this.#table(wanted, found, isKnown, expiry);
  }

  /** A later expiry if `expires` (UTC ms) is too near, else nothing. */
  #renewed(expires: number): TableBody {
    const ahead = (days: number) => this.#now() + days * DAY;
    return expires >= ahead(EXPIRY_DAYS.renewBelow)
      ? {}
      : { expirationTime: String(ahead(EXPIRY_DAYS.renewTo)) };
  }

  async #view(
    wanted: Wanted,
    found: TableBody,
    isKnown: boolean,
    expiry: TableBody,
  ): Promise<Shaped> {
    const { table_id, query, description, fields } = wanted;
    const described = new Map(
      (found.schema?.fields ?? []).map((field) => [field.name, field.description]),
    );
    const isSameQuery = found.view!.query === query;
    const isDescribed =
      isKnown && fields.every(({ name, description: text }) => described.get(name) === text);
    const isSame = isSameQuery && found.description === description;
    if (!isSame || expiry.expirationTime)
      await this.#api.patch(table_id, {
        ...(!isSame && { description, view: { query: query!, useLegacySql: false } }),
        ...expiry,
      });
    // A new query drops the descriptions of the columns.
    if (!isSameQuery || !isDescribed) await this.#describe(wanted);
    const notes =
      isKnown && !isSameQuery ? [`the view ${table_id} had been changed and was restored`] : [];
    return { fields, wasMade: false, isBroken: false, notes };
  }

  async #table(
    wanted: Wanted,
    found: TableBody,
    isKnown: boolean,
    expiry: TableBody,
  ): Promise<Shaped> {
    const { table_id, description } = wanted;
    const has = found.schema?.fields ?? [];
    const wantedBy = new Map(wanted.fields.map((field) => [field.name, field]));
    const names = new Set(has.map(({ name }) => name));
    const missing = wanted.fields.filter(({ name }) => !names.has(name));
    const retyped = has.filter(
      (field) => wantedBy.has(field.name) && typeOf(wantedBy.get(field.name)!) !== typeOf(field),
    );
    const added = has.filter(({ name }) => !wantedBy.has(name)).map(({ name }) => name);
    const undescribed = has.some(
      ({ name, description: text }) =>
        wantedBy.has(name) && wantedBy.get(name)!.description !== text,
    );
    const fields = [
      ...has.map((field) =>
        wantedBy.has(field.name)
          ? { ...field, description: wantedBy.get(field.name)!.description! }
          : field,
      ),
      ...missing,
    ];
    const isWrong =
      missing.length > 0 || undescribed || !isKnown || found.description !== description;
    if (isWrong || expiry.expirationTime)
      await this.#api.patch(table_id, {
        ...(isWrong && { schema: { fields }, description, labels: this.#labels(wanted) }),
        ...expiry,
      });
    const notes = [
      isKnown && missing.length > 0
        ? `${table_id} had lost ${quoted(missing.map(({ name }) => name))}, removed or renamed ` +
          'by a person; they were restored'
        : '',
      retyped.length > 0
        ? `${table_id} had another type for ${quoted(retyped.map(({ name }) => name))}; it was ` +
          'corrected'
        : '',
      added.length > 0
        ? `${table_id} has ${quoted(added)}, added by a person: every load leaves that empty, ` +
          'so keep your own columns in a view'
        : '',
    ].filter(Boolean);
    return { fields, wasMade: false, isBroken: retyped.length > 0, notes };
  }
}
