/** BigQuery's REST calls that a publish needs, each through the publish's own `Requests`. */
import { Fault } from '../../core/faults.ts';
import { BIGQUERY_HOST, type GoogleAccount, type googleClient, rootOf } from '../google/account.ts';
import type { Requests } from '../google/requests.ts';

export type Field = { name: string; type: string; description?: string; mode?: string };

/** A table or view as BigQuery describes it; a load table has no `view`. */
export type TableBody = {
  schema?: { fields?: Field[] };
  view?: { query: string; useLegacySql: false };
  clustering?: { fields: string[] };
  description?: string;
  labels?: Record<string, string>;
  /** UTC milliseconds; absent: it never expires. */
  expirationTime?: string;
};

export type Job = {
  configuration: { labels?: Record<string, string>; load?: { destinationTable: { tableId: string } } };
  status: { state: string; errorResult?: { reason: string; message: string } };
};

/** A row as BigQuery lists it: a text for each of the table's columns; timestamps in microseconds. */
export type StoredRow = { f: { v: string | null }[] };

export type Place = {
  account: GoogleAccount;
  client: ReturnType<typeof googleClient>;
  project: string;
  dataset: string;
};

type Options = { params?: Record<string, unknown>; data?: unknown; also?: number[] };
type Answer<T> = { status: number; data: T; headers: Headers };

const ROWS_A_PAGE = 1_000;
const TABLE_FIELDS = 'schema,view(query),description,labels,expirationTime';

export class BigQueryApi {
  readonly place: Place;
  readonly requests: Requests;
  readonly root: string;
  /** Of the dataset; jobs outside the multi-regions US and EU are only found with it. */
  location = '';

  constructor(place: Place, requests: Requests) {
    this.place = place;
    this.requests = requests;
    this.root = rootOf(place.account, BIGQUERY_HOST);
  }

  get #dataset(): string {
    return `datasets/${this.place.dataset}`;
  }

  /** How messages name the dataset, or one table of it. */
  name(tableId?: string): string {
    const { project, dataset } = this.place;
    return tableId ? `${project}.${dataset}.${tableId}` : `the dataset ${project}.${dataset}`;
  }

  /** One request; `also` lists the statuses that are answers here and no errors. */
  async #send<T>(method: 'GET' | 'POST' | 'PATCH', path: string, { params, data, also = [] }: Options = {}) {
    const url = `${this.root}/bigquery/v2/projects/${this.place.project}/${path}`;
    const isFine = (status: number): boolean => (status >= 200 && status < 300) || also.includes(status);
    const send = () =>
      this.place.client.request<T>({ url, method, params, data, validateStatus: isFine }) as Promise<Answer<T>>;
    return method === 'GET' ? this.requests.read(this.name(), send) : this.requests.write(this.name(), send);
  }

  /** Every table and view of the dataset with its labels; finds the dataset's location on the way. */
  async tables(): Promise<Map<string, Record<string, string>>> {
    const { data } = await this.#send<{ location: string }>('GET', this.#dataset, { params: { fields: 'location' } });
    this.location = data.location;
    const found = new Map<string, Record<string, string>>();
    let pageToken: string | undefined;
    do {
      const { data: page } = await this.#send<{
        tables?: { tableReference: { tableId: string }; labels?: Record<string, string> }[];
        nextPageToken?: string;
      }>('GET', `${this.#dataset}/tables`, { params: { maxResults: 1000, ...(pageToken && { pageToken }) } });
      for (const { tableReference, labels } of page.tables ?? []) found.set(tableReference.tableId, labels ?? {});
      pageToken = page.nextPageToken;
    } while (pageToken);
    return found;
  }

  async table(tableId: string): Promise<TableBody> {
    const params = { fields: TABLE_FIELDS };
    return (await this.#send<TableBody>('GET', `${this.#dataset}/tables/${tableId}`, { params })).data;
  }

  /** A table that an unanswered request has made already is as good. */
  async create(tableId: string, body: TableBody): Promise<void> {
    const { project, dataset } = this.place;
    const data = { ...body, tableReference: { projectId: project, datasetId: dataset, tableId } };
    await this.#send('POST', `${this.#dataset}/tables`, { data, also: [409] });
  }

  async patch(tableId: string, body: TableBody): Promise<void> {
    await this.#send('PATCH', `${this.#dataset}/tables/${tableId}`, { data: body });
  }

  /** A table's rows page by page; it has `width` columns. Rows come in no promised order. */
  async *rows(tableId: string, width: number): AsyncIterable<StoredRow[]> {
    const asked = { maxResults: ROWS_A_PAGE, fields: 'rows,pageToken', 'formatOptions.useInt64Timestamp': true };
    let pageToken: string | undefined;
    do {
      const { data } = await this.#send<{ rows?: StoredRow[]; pageToken?: string }>(
        'GET',
        `${this.#dataset}/tables/${tableId}/data`,
        { params: { ...asked, ...(pageToken && { pageToken }) } },
      );
      const { rows = [] } = data;
      if (rows[0] && rows[0].f.length !== width)
        throw new Fault(
          'destination_busy',
          `the columns of ${this.name(tableId)} changed while it was read; nothing needs to be done: it is tried again`,
        );
      yield rows;
      pageToken = data.pageToken;
    } while (pageToken);
  }

  async job(jobId: string): Promise<Job> {
    return (await this.#send<Job>('GET', `jobs/${jobId}`, { params: { location: this.location } })).data;
  }
}
