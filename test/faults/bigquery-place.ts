/** Datasets to publish into, each in a project of its own, so that looking at it is quick. */
import { bigqueryDestination } from '../../platform/bigquery/destination.ts';
import { CURRENT_RUN } from '../../platform/bigquery/names.ts';
import type { GoogleAccount } from '../../platform/google/account.ts';
import type { RequestOptions } from '../../platform/google/requests.ts';
import type { GoogleSandbox } from '../contract/google-sandbox.ts';
import { BigQueryReaders } from './bigquery-readers.ts';
import type { Edge, Seen } from './edge.ts';
import { type Night, night, type Size } from './nights.ts';
import { Place } from './place.ts';

const DATASET = 'house';

export class BigQueryPlace extends Place {
  readonly readers: BigQueryReaders;
  readonly #project: string;
  readonly #size: Size;
  readonly #nights = new Map<string, Night>();

  private constructor(google: GoogleSandbox, edge: Edge, project: string, size: Size) {
    super(google, edge);
    this.#project = project;
    this.#size = size;
    this.readers = new BigQueryReaders(google, project, this.#nights);
  }

  /** A dataset far from the two regions where jobs are found without being told where. */
  static async make(
    google: GoogleSandbox,
    edge: Edge,
    project: string,
    size: Size,
  ): Promise<BigQueryPlace> {
    await google.control('POST', '/__datasets', {
      project,
      dataset: DATASET,
      location: 'australia-southeast1',
    });
    return new BigQueryPlace(google, edge, project, size);
  }

  get shown(): string[] {
    return this.readers.shown;
  }

  protected night(number: number): Promise<Night> {
    const one = night(number, this.#size);
    this.#nights.set(one.run.run_id, one);
    return Promise.resolve(one);
  }

  look(): Promise<string[]> {
    return this.readers.look();
  }

  /** Tables beside those of the marts. */
  get strays(): string[] {
    return this.readers.strays;
  }

  isLook({ method, path }: Seen): boolean {
    return method === 'GET' && path.includes(`/tables/${CURRENT_RUN}/data`);
  }

  protected destination(account: GoogleAccount, options: RequestOptions) {
    const { piece_bytes } = this.#size;
    return bigqueryDestination(account, this.#project, DATASET, {
      ...options,
      ...(piece_bytes && { piece_bytes }),
    });
  }
}
