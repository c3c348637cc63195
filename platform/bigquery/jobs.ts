/**
 * Load jobs. A job's id is made from the content that it replaces and a number, and BigQuery
 * accepts an id only once. So of two publishes that start from the same state, one is refused, and
 * so is a load that arrives late.
 */
import { MINUTE } from '../../core/durations.ts';
import { Fault } from '../../core/faults.ts';
import type { BigQueryApi, Field, Job } from './api.ts';
import { labelOf } from './labels.ts';
import { Upload } from './upload.ts';

export type Load = {
  /** What the load replaces: the part of the job id before the number. */
  slot: string;
  table_id: string;
  fields: Field[];
  /**
   * `load` and `checksum` identify the content: a job with that id and the same content is adopted.
   */
  labels: { house: string; load: string; checksum: string };
  /** Its rows as lines of JSON, in chunks; can be read again. */
  lines(): AsyncIterable<string>;
  /** Set if the table's columns have to be replaced as well. */
  clustering?: string[] | undefined;
};

/** A job for the load. `adopted`: it already existed. `other`: it loaded something else. */
export type Started = { job_id: string; number: number; state: 'sent' | 'adopted' | 'other' };

export type JobOptions = {
  sleep?: ((ms: number) => Promise<void>) | undefined;
  piece_bytes?: number | undefined;
};

const POLL_MS = { first: 200, longest: 5_000, deadline: 600_000 };
const PAUSE_MS = 5_000;
/** Ids that are tried: a load may fail every night for a year. */
const MOST_IDS = 500;
/** Loads that one publish retries because of BigQuery's own errors. */
const MOST_TROUBLES = 5;

/** Reasons for which Google asks for a retry under another id. */
const TRANSIENT = /^((job)?(backendError|internalError|rateLimitExceeded)|timeout|stopped)$/i;

export class Jobs {
  readonly #api: BigQueryApi;
  readonly #options: JobOptions;
  #troubles = 0;

  constructor(api: BigQueryApi, options: JobOptions) {
    this.#api = api;
    this.#options = options;
  }

  sleep(ms: number): Promise<void> {
    return this.#options.sleep?.(ms) ?? new Promise((resolve) => setTimeout(resolve, ms));
  }

  /**
   * The slot of a load that replaces `content` in a table; job ids are shared by all datasets of a
   * project.
   */
  slot(tableId: string, content: string): string {
    return `signalhouse_${labelOf([this.#api.place.dataset, tableId, content].join('\n'))}`;
  }

  /**
   * Sends the load under the first free id from `number` on, or finds the job that has already
   * loaded it.
   */
  async start(load: Load, number: number): Promise<Started> {
    for (let n = number; n < number + MOST_IDS; n += 1) {
      const job_id = `${load.slot}_${n}`;
      // After the first used id, asking is cheaper than sending all rows.
      const isKnown = n > number && (await this.#api.hasJob(job_id));
      if (!isKnown && (await this.#insert(load, job_id)) === 'taken')
        return { job_id, number: n, state: 'sent' };
      const { configuration, status } = await this.#end(job_id);
      // A failed job has used up its id, whoever sent it.
      if (status.errorResult) continue;
      const { labels } = configuration;
      const isSame = labels?.load === load.labels.load && labels.checksum === load.labels.checksum;
      return { job_id, number: n, state: isSame ? 'adopted' : 'other' };
    }
    throw new Fault(
      'destination_refused',
      `${MOST_IDS} loads of ${this.#api.name(load.table_id)} failed: look at its jobs in the ` +
        'BigQuery console',
    );
  }

  #insert(load: Load, jobId: string) {
    const { project, dataset } = this.#api.place;
    const upload = new Upload(this.#api, this.#api.name(load.table_id), this.#options.piece_bytes);
    const job = {
      jobReference: { projectId: project, jobId, location: this.#api.location },
      configuration: {
        labels: load.labels,
        load: {
          destinationTable: { projectId: project, datasetId: dataset, tableId: load.table_id },
          schema: { fields: load.fields },
          sourceFormat: 'NEWLINE_DELIMITED_JSON',
          createDisposition: 'CREATE_NEVER',
          ...(load.clustering
            ? {
                writeDisposition: 'WRITE_TRUNCATE',
                ...(load.clustering.length > 0 && { clustering: { fields: load.clustering } }),
              }
            : { writeDisposition: 'WRITE_TRUNCATE_DATA' }),
          maxBadRecords: 0,
        },
      },
    };
    return upload.send(job, load.lines);
  }

  /** Waits until jobs have ended, whether they succeeded (`status.errorResult`) or not. */
  async ended(jobIds: string[]): Promise<Map<string, Job>> {
    const ended = new Map<string, Job>();
    let waited = 0;
    for (let wait = POLL_MS.first; ; wait = Math.min(wait * 2, POLL_MS.longest)) {
      for (const jobId of jobIds.filter((id) => !ended.has(id))) {
        const job = await this.#api.job(jobId);
        if (job.status.state === 'DONE') ended.set(jobId, job);
      }
      if (ended.size === jobIds.length) return ended;
      if (waited > POLL_MS.deadline)
        throw new Fault(
          'destination_busy',
          `loads into ${this.#api.name()} still run after ${waited / MINUTE} minutes; there is ` +
            'nothing to do: it is tried again',
        );
      await this.sleep(wait);
      waited += wait;
    }
  }

  async #end(jobId: string): Promise<Job> {
    return (await this.ended([jobId])).get(jobId)!;
  }

  /**
   * Whether the job loaded its rows; waits for its end unless `ended` is given. False if another id
   * is worth a try; throws if none is.
   */
  async succeeded(load: Load, { job_id, state }: Started, ended?: Job): Promise<boolean> {
    const { errorResult } = (ended ?? (await this.#end(job_id))).status;
    if (!errorResult) return true;
    if (state === 'sent' && !TRANSIENT.test(errorResult.reason))
      throw this.#failure(load, errorResult);
    if (state === 'sent') this.#troubles += 1;
    if (this.#troubles > MOST_TROUBLES)
      throw new Fault(
        'destination_busy',
        `BigQuery failed ${MOST_TROUBLES} loads into ${this.#api.name()}: ` +
          `${errorResult.message}; there is nothing to do: it is tried again`,
      );
    await this.sleep(PAUSE_MS);
    return false;
  }

  #failure(load: Load, { reason, message }: { reason: string; message: string }): Fault {
    const fix =
      reason === 'quotaExceeded'
        ? 'BigQuery allows 1,500 loads per table and day: the next night catches up'
        : 'fix that and export again, or delete the table: it is recreated';
    return new Fault(
      'destination_refused',
      `the load of ${this.#api.name(load.table_id)} failed: ${message}; ${fix}`,
      {
        reason,
      },
    );
  }
}
