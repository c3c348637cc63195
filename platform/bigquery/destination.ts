/**
 * The destination `bigquery`: per mart, two load tables and a view of the one that `current_run`
 * names.
 */
import type { Destination } from '../destination.ts';
import type { GoogleAccount } from '../google/account.ts';
import { type RequestOptions, Requests } from '../google/requests.ts';
import { BigQueryApi, openPlace } from './api.ts';
import { Publish } from './publish.ts';

export type BigQueryOptions = RequestOptions & {
  timeout_ms?: number;
  /** Bytes of a table that are in memory at once while it is sent. */
  piece_bytes?: number;
};

/** BigQuery allows 100 requests per second and user. */
const PER_MINUTE = 5_000;

/** Publishes into a dataset that the service account may edit. */
export function bigqueryDestination(
  account: GoogleAccount,
  project: string,
  dataset: string,
  options: BigQueryOptions = {},
): Destination {
  const place = openPlace({ ...account, ...options }, project, dataset);
  const begin = (house_id: string) =>
    new Publish(
      new BigQueryApi(place, new Requests({ per_minute: PER_MINUTE, ...options })),
      house_id,
      options,
    );
  return {
    name: 'bigquery',
    carries: () => true,
    publish: (run, tables) => begin(run.house_id).publish(run, tables),
    markStale: (stale) => begin(stale.house_id).markStale(stale),
  };
}
