/** The BigQuery REST calls that a publish needs, each through the publish's own `Requests`. */
import { BigQuery } from '@google-cloud/bigquery';
import { Fault } from '../../core/faults.ts';
import {
  BIGQUERY_HOST,
  BIGQUERY_SCOPE,
  type GoogleAccount,
  googleClient,
  rootOf,
} from '../google/account.ts';
import { statusOf } from '../google/refusal.ts';
import type { Requests } from '../google/requests.ts';

export type Field = { name: string; type: string; description?: string; mode?: string };

/** A table or view as BigQuery describes it; a load table has no `view`. */
export type TableBody = {
  schema?: { fields?: Field[] };
  view?: { query: string; useLegacySql: false };
  clustering?: { fields: string[] };
  description?: string;
  labels?: Record<string, string>;
  /** UTC milliseconds; absent if it never expires. */
  expirationTime?: string;
};

export type Job = {
  configuration: {
    labels?: Record<string, string>;
    load?: { destinationTable: { tableId: string } };
  };
  status: { state: string; errorResult?: { reason: string; message: string } };
};

/** A row as BigQuery lists it: one text per column; timestamps in microseconds. */
export type StoredRow = { f: { v: string | null }[] };
type Page = { rows?: StoredRow[]; pageToken?: string };

export type Place = {
  account: GoogleAccount;
  /** Signs in and transfers rows. */
  client: ReturnType<typeof googleClient>;
  bigquery: BigQuery;
  project: string;
  dataset: string;
};

type Options = { qs?: Record<string, unknown>; json?: unknown; also?: number[] };

const ROWS_A_PAGE = 1_000;
const TABLE_FIELDS = 'schema,view(query),description,labels,expirationTime';
const SIGNED_OUT = 401;

/** Google's own client for everything except rows. It does not retry; `Requests` does. */
export function openPlace(account: GoogleAccount, project: string, dataset: string): Place {
  const client = googleClient(account, BIGQUERY_SCOPE);
  const apiEndpoint = rootOf(account, BIGQUERY_HOST);
  const bigquery = new BigQuery({
    projectId: project,
    apiEndpoint,
    authClient: client as never,
    autoRetry: false,
  });
  if (account.timeout_ms) bigquery.timeout = account.timeout_ms;
  return { account, client, bigquery, project, dataset };
}

export class BigQueryApi {
  readonly place: Place;
  readonly requests: Requests;
  readonly root: string;
  /**
   * Location of the dataset; jobs outside the multi-regions US and EU can only be found with it.
   */
  location = '';
  /** Lifetime of a table that is created without an expiry of its own, in ms. */
  tables_last_ms = Number.POSITIVE_INFINITY;

  constructor(place: Place, requests: Requests) {
    this.place = place;
    this.requests = requests;
    this.root = rootOf(place.account, BIGQUERY_HOST);
  }

  get #dataset(): string {
    return `datasets/${this.place.dataset}`;
  }

  /** The dataset, or one of its tables, as messages name it. */
  name(tableId?: string): string {
    const { project, dataset } = this.place;
    return tableId ? `${project}.${dataset}.${tableId}` : `the dataset ${project}.${dataset}`;
  }

  /** One request; `also` lists statuses that are not errors here. */
  #send<T>(
    method: 'GET' | 'POST' | 'PATCH',
    uri: string,
    { qs, json, also = [] }: Options = {},
  ): Promise<T> {
    const { bigquery, client } = this.place;
    const once = () =>
      new Promise<T>((resolve, reject) => {
        bigquery.request(
          { method, uri, qs, json } as never,
          (error: Error | null, body: unknown) => {
            if (!error || also.includes(statusOf(error))) resolve(body as T);
            else reject(Object.assign(error, { service_account: client.address }));
          },
        );
      });
    const send = () =>
      once().catch(async (error) => {
        if (statusOf(error) !== SIGNED_OUT) throw error;
        await client.dropToken();
        return once();
      });
    return method === 'GET'
      ? this.requests.read(this.name(), send)
      : this.requests.write(this.name(), send);
  }

  /**
   * Every table and view of the dataset with its labels. Also sets `location` and `tables_last_ms`.
   */
  async tables(): Promise<Map<string, Record<string, string>>> {
    const dataset = await this.#send<{ location: string; defaultTableExpirationMs?: string }>(
      'GET',
      this.#dataset,
      {
        qs: { fields: 'location,defaultTableExpirationMs' },
      },
    );
    this.location = dataset.location;
    this.tables_last_ms = Number(dataset.defaultTableExpirationMs ?? Number.POSITIVE_INFINITY);
    const found = new Map<string, Record<string, string>>();
    let pageToken: string | undefined;
    do {
      const page = await this.#send<{
        tables?: { tableReference: { tableId: string }; labels?: Record<string, string> }[];
        nextPageToken?: string;
      }>('GET', `${this.#dataset}/tables`, {
        qs: { maxResults: 1000, ...(pageToken && { pageToken }) },
      });
      for (const { tableReference, labels } of page.tables ?? [])
        found.set(tableReference.tableId, labels ?? {});
      pageToken = page.nextPageToken;
    } while (pageToken);
    return found;
  }

  table(tableId: string): Promise<TableBody> {
    return this.#send<TableBody>('GET', `${this.#dataset}/tables/${tableId}`, {
      qs: { fields: TABLE_FIELDS },
    });
  }

  /** If the table already exists, an unanswered request has created it, which is fine. */
  async create(tableId: string, body: TableBody): Promise<void> {
    const { project, dataset } = this.place;
    const json = { ...body, tableReference: { projectId: project, datasetId: dataset, tableId } };
    await this.#send('POST', `${this.#dataset}/tables`, { json, also: [409] });
  }

  async patch(tableId: string, body: TableBody): Promise<void> {
    await this.#send('PATCH', `${this.#dataset}/tables/${tableId}`, { json: body });
  }

  /** A table's rows, page by page, in no particular order. `width` is its number of columns. */
  async *rows(tableId: string, width: number): AsyncIterable<StoredRow[]> {
    const { client, project } = this.place;
    // Not through Google's BigQuery client: it deep-copies every answer, so rows would cost 2.2
    // times the CPU (20,000 x 22 cells).
    const dataset = `${this.root}/bigquery/v2/projects/${project}/${this.#dataset}`;
    const url = `${dataset}/tables/${tableId}/data`;
    const asked = {
      maxResults: ROWS_A_PAGE,
      fields: 'rows,pageToken',
      'formatOptions.useInt64Timestamp': true,
    };
    let pageToken: string | undefined;
    do {
      const params = { ...asked, ...(pageToken && { pageToken }) };
      const { data } = await this.requests.read(this.name(), () =>
        client.request<Page>({ url, params }),
      );
      const { rows = [] } = data;
      if (rows[0] && rows[0].f.length !== width)
        throw new Fault(
          'destination_busy',
          `the columns of ${this.name(tableId)} changed while it was read; there is nothing to ` +
            'do: it is tried again',
        );
      yield rows;
      pageToken = data.pageToken;
    } while (pageToken);
  }

  async hasJob(jobId: string): Promise<boolean> {
    const asked = { qs: { location: this.location, fields: 'status' }, also: [404] };
    return Boolean(
      (await this.#send<Partial<Job> | undefined>('GET', `jobs/${jobId}`, asked))?.status,
    );
  }

  job(jobId: string): Promise<Job> {
    return this.#send<Job>('GET', `jobs/${jobId}`, { qs: { location: this.location } });
  }
}
