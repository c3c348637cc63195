/**
 * A dataset at Google's double for tests of `bigquery`: what readers see of it, and what a person
 * can do to it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BigQueryOptions, bigqueryDestination } from '../../platform/bigquery/destination.ts';
import type { Destination, RunStamp, Stale, Table, Written } from '../../platform/destination.ts';
import { BIGQUERY_SCOPE, googleClient } from '../../platform/google/account.ts';
import { type GoogleSandbox, PROJECT } from './google-sandbox.ts';

export type Row = Record<string, string | number | boolean | null>;
export type StoredTable = {
  tableReference: { datasetId: string; tableId: string };
  type: 'TABLE' | 'VIEW';
  schema?: { fields: { name: string; type: string; description?: string }[] };
  view?: { query: string };
  clustering?: { fields: string[] };
  description?: string;
  labels?: Record<string, string>;
  expirationTime?: string;
  rows: Row[];
};
type StoredJob = { jobReference: { jobId: string }; errorResult: object | null };

/** One arm of a readers' view, as the destination writes it. */
const ARM = new RegExp(
  [
    '^select (?<columns>.+) from `[\\w-]+\\.\\w+\\.(?<table>\\w+)`',
    'where published_load_id = \\(',
    ' {2}select load_id from `[\\w-]+\\.\\w+\\.current_run` ' +
      "where mart = '(?<mart>\\w+)' and table_id = '(?<side>\\w+)'",
    '\\)$',
  ].join('\n'),
);

/** What a view gives, worked out over the stored tables: the double runs no SQL without ZetaSQL. */
export function readView(tables: Map<string, StoredTable>, view: string): Row[] {
  const current = tables.get('current_run')!.rows;
  return tables
    .get(view)!
    .view!.query.split('\nunion all\n')
    .flatMap((text) => {
      const { columns, table, mart, side } = ARM.exec(text)!.groups!;
      const named = current
        .filter((row) => row.mart === mart && row.table_id === side)
        .map((row) => row.load_id);
      if (named.length > 1)
        throw new Error(`a scalar subquery over ${mart} gives ${named.length} rows`);
      const names = columns!.split(', ').map((name) => name.replaceAll('`', ''));
      return tables
        .get(table!)!
        .rows.filter((row) => named[0] != null && row.published_load_id === named[0])
        .map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null])));
    });
}

/** A line to Google that `carry` may cut, hold or change: an address for GOOGLE_API_ROOT. */
async function openLine(target: string, carry: typeof fetch) {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', async () => {
      const { method = 'GET', url = '/', rawHeaders } = incoming;
      const headers = new Headers(
        rawHeaders.flatMap((name, i) => (i % 2 ? [] : [[name, rawHeaders[i + 1]!]])),
      );
      for (const name of [
        'host',
        'connection',
        'content-length',
        'transfer-encoding',
        'accept-encoding',
        'expect',
      ])
        headers.delete(name);
      try {
        const body = method === 'GET' ? null : Buffer.concat(chunks);
        const answer = await carry(target + url, { method, headers, body, redirect: 'manual' });
        const bytes = Buffer.from(await answer.arrayBuffer());
        outgoing.writeHead(answer.status, [...answer.headers].flat());
        outgoing.end(bytes);
      } catch {
        outgoing.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Options = BigQueryOptions & { carry?: typeof fetch };

/**
 * Makes the dataset; `also` says more about it. No pause of a publish takes real time; `carry`
 * stands between it and Google.
 */
export async function bigQueryPlace(
  google: GoogleSandbox,
  dataset: string,
  location = 'australia-southeast1',
  also = {},
) {
  const account = { key_json: google.keyJson, api_root: google.root };
  const client = googleClient(account, BIGQUERY_SCOPE);
  await client.request({
    method: 'POST',
    url: `${google.root}/bigquery/v2/projects/${PROJECT}/datasets`,
    data: { datasetReference: { projectId: PROJECT, datasetId: dataset }, location, ...also },
  });
  const url = `${google.root}/bigquery/v2/projects/${PROJECT}/datasets/${dataset}/tables`;
  const destination = async ({ carry, ...options }: Options): Promise<Destination> => {
    const api_root = carry ? await openLine(google.root, carry) : google.root;
    return bigqueryDestination({ ...account, api_root }, PROJECT, dataset, {
      sleep: async () => {},
      ...options,
    });
  };
  const at = async () => (await google.journal()).at(-1)?.n ?? 0;
  return {
    dataset,
    client,
    async publish(run: RunStamp, tables: Table[], options: Options = {}): Promise<Written[]> {
      return (await destination(options)).publish(run, tables);
    },
    async markStale(stale: Stale, options: Options = {}): Promise<void> {
      await (await destination(options)).markStale!(stale);
    },

    /** Requests that changed or could have changed something since journal entry `after`. */
    async writes(after: number) {
      return (await google.journal(after)).filter(
        ({ method, path }) => method !== 'GET' && !path.endsWith('/token'),
      );
    },
    mark: at,

    async tables(): Promise<Map<string, StoredTable>> {
      const { tables } = await google.control<{ tables: StoredTable[] }>(
        'GET',
        `/__bigquery/${PROJECT}`,
      );
      const ours = tables.filter(({ tableReference }) => tableReference.datasetId === dataset);
      return new Map(ours.map((table) => [table.tableReference.tableId, table]));
    },
    async jobs(): Promise<StoredJob[]> {
      return (await google.control<{ jobs: StoredJob[] }>('GET', `/__bigquery/${PROJECT}`)).jobs;
    },
    async seen(view: string): Promise<Row[]> {
      return readView(await this.tables(), view);
    },

    /** What a person does in the console. */
    person: {
      remove: (table: string) => client.request({ method: 'DELETE', url: `${url}/${table}` }),
      patch: (table: string, data: object) =>
        client.request({ method: 'PATCH', url: `${url}/${table}`, data }),
      make: (tableId: string, data: object) =>
        client.request({
          method: 'POST',
          url,
          data: { ...data, tableReference: { projectId: PROJECT, datasetId: dataset, tableId } },
        }),
      /** Replaces a table's columns and rows, and leaves its labels. */
      async replace(tableId: string, fields: { name: string; type: string }[], rows: object[]) {
        const job = {
          jobReference: { projectId: PROJECT, location },
          configuration: {
            load: {
              destinationTable: { projectId: PROJECT, datasetId: dataset, tableId },
              schema: { fields },
              sourceFormat: 'NEWLINE_DELIMITED_JSON',
              writeDisposition: 'WRITE_TRUNCATE',
            },
          },
        };
        const parts = [
          `--part\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(job)}\r\n`,
          '--part\r\nContent-Type: application/octet-stream\r\n\r\n' +
            `${rows.map((row) => JSON.stringify(row)).join('\n')}\r\n--part--`,
        ];
        const { data } = await client.request<{ jobReference: { jobId: string } }>({
          method: 'POST',
          url: `${google.root}/upload/bigquery/v2/projects/${PROJECT}/jobs?uploadType=multipart`,
          headers: { 'content-type': 'multipart/related; boundary=part' },
          data: parts.join(''),
        });
        const { jobs } = await google.control<{ jobs: StoredJob[] }>(
          'GET',
          `/__bigquery/${PROJECT}`,
        );
        const job_id = data.jobReference.jobId;
        const { errorResult } = jobs.find(({ jobReference }) => jobReference.jobId === job_id)!;
        if (errorResult)
          throw new Error(`a person could not do that: ${JSON.stringify(errorResult)}`);
      },
    },
  };
}

export type BigQueryPlace = Awaited<ReturnType<typeof bigQueryPlace>>;
