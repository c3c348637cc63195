/** BigQuery's REST calls that a publish needs, over Google's own client. */
import { BigQuery } from '@google-cloud/bigquery';
import { Fault } from '../../core/faults.ts';
import { type GoogleAccount, googleClient } from '../google/account.ts';
import { statusOf } from '../google/faults.ts';

const SCOPE = 'https://www.googleapis.com/auth/bigquery';
const ENDPOINT = 'https://bigquery.googleapis.com';
const POLL_MS = { first: 200, longest: 5_000, deadline: 600_000 };

export type Field = { name: string; type: string; description?: string; mode?: string };
export type TableBody = {
  tableReference?: { projectId: string; datasetId: string; tableId: string };
  schema?: { fields: Field[] };
  view?: { query: string; useLegacySql: false };
  description?: string;
  labels?: Record<string, string>;
};
type Job = {
  jobReference: { jobId: string; location: string };
  configuration: { labels?: Record<string, string> };
  status: { state: string; errorResult?: { reason: string; message: string } };
};
type Load = { job_id: string; table_id: string; fields: Field[]; checksum: string; house: string; lines: string[] };

export class BigQueryApi {
  readonly project: string;
  readonly dataset: string;
  readonly #client: BigQuery;
  readonly #auth: ReturnType<typeof googleClient>;
  readonly #endpoint: string;
  #location = '';

  constructor(account: GoogleAccount, project: string, dataset: string) {
    this.project = project;
    this.dataset = dataset;
    this.#endpoint = account.api_root?.replace(/\/$/, '') ?? ENDPOINT;
    this.#auth = googleClient(account, SCOPE);
    this.#client = new BigQuery({
      projectId: project,
      apiEndpoint: this.#endpoint,
      authClient: this.#auth as never,
    });
  }

  #request<T>(method: string, uri: string, options: { qs?: Record<string, unknown>; json?: unknown } = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#client.request({ method, uri, ...options } as never, (error: Error | null, body: unknown) =>
        error ? reject(error) : resolve(body as T),
      );
    });
  }

  /** Labels of every table and view of the dataset, by id; finds the dataset's location on the way. */
  async tables(): Promise<Map<string, Record<string, string>>> {
    const { location } = await this.#request<{ location: string }>('GET', `/datasets/${this.dataset}`);
    this.#location = location;
    const found = new Map<string, Record<string, string>>();
    let pageToken: string | undefined;
    do {
      const page = await this.#request<{
        tables?: { tableReference: { tableId: string }; labels?: Record<string, string> }[];
        nextPageToken?: string;
      }>('GET', `/datasets/${this.dataset}/tables`, { qs: { maxResults: 1000, ...(pageToken && { pageToken }) } });
      for (const { tableReference, labels } of page.tables ?? []) found.set(tableReference.tableId, labels ?? {});
      pageToken = page.nextPageToken;
    } while (pageToken);
    return found;
  }

  async create(tableId: string, body: TableBody): Promise<void> {
    const tableReference = { projectId: this.project, datasetId: this.dataset, tableId };
    await this.#request('POST', `/datasets/${this.dataset}/tables`, { json: { ...body, tableReference } });
  }

  async patch(tableId: string, body: TableBody): Promise<void> {
    await this.#request('PATCH', `/datasets/${this.dataset}/tables/${tableId}`, { json: body });
  }

  /** Every row of a table as objects of texts; timestamps in microseconds. Rows come in no promised order. */
  async rows(tableId: string, fields: Field[]): Promise<Record<string, string | null>[]> {
    const rows: Record<string, string | null>[] = [];
    let pageToken: string | undefined;
    do {
      const page = await this.#request<{ rows?: { f: { v: string | null }[] }[]; pageToken?: string }>(
        'GET',
        `/datasets/${this.dataset}/tables/${tableId}/data`,
        { qs: { maxResults: 10_000, 'formatOptions.useInt64Timestamp': true, ...(pageToken && { pageToken }) } },
      );
      for (const { f } of page.rows ?? [])
        rows.push(Object.fromEntries(fields.map(({ name }, i) => [name, f[i]?.v ?? null])));
      pageToken = page.pageToken;
    } while (pageToken);
    return rows;
  }

  /** Replaces a table's rows by one load job; a job of that id that exists is adopted where it loaded the same content. */
  async load(load: Load): Promise<void> {
    const labels = { checksum: load.checksum, house: load.house };
    const job = {
      jobReference: { projectId: this.project, jobId: load.job_id, location: this.#location },
      configuration: {
        labels,
        load: {
          destinationTable: { projectId: this.project, datasetId: this.dataset, tableId: load.table_id },
          schema: { fields: load.fields },
          sourceFormat: 'NEWLINE_DELIMITED_JSON',
          createDisposition: 'CREATE_NEVER',
          writeDisposition: 'WRITE_TRUNCATE_DATA',
          maxBadRecords: 0,
        },
      },
    };
    await this.#upload(job, load.lines).catch((error) => {
      if (statusOf(error) !== 409) throw error;
    });
    const done = await this.#finished(load.job_id);
    if (done.status.errorResult)
      throw new Fault('destination_refused', `the load of ${load.table_id} failed: ${done.status.errorResult.message}`);
    if (done.configuration.labels?.checksum !== load.checksum)
      throw new Fault('destination_refused', `job ${load.job_id} exists already and loaded other content`);
  }

  /** The client's own upload adds a member that the API does not publish, so the two parts are written here. */
  async #upload(job: object, lines: string[]): Promise<void> {
    const boundary = 'signalhouse-part';
    const data = [
      `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(job)}\r\n`,
      `--${boundary}\r\nContent-Type: application/octet-stream\r\n\r\n${lines.join('\n')}\r\n`,
      `--${boundary}--`,
    ].join('');
    await this.#auth.request({
      url: `${this.#endpoint}/upload/bigquery/v2/projects/${this.project}/jobs?uploadType=multipart`,
      method: 'POST',
      headers: { 'Content-Type': `multipart/related; boundary=${boundary}` },
      data,
    });
  }

  async #finished(jobId: string): Promise<Job> {
    const deadline = Date.now() + POLL_MS.deadline;
    for (let wait = POLL_MS.first; ; wait = Math.min(wait * 2, POLL_MS.longest)) {
      const job = await this.#request<Job>('GET', `/jobs/${jobId}`, { qs: { location: this.#location } });
      if (job.status.state === 'DONE') return job;
      if (Date.now() > deadline) throw new Fault('destination_busy', `job ${jobId} is still ${job.status.state}`);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
