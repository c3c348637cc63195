/**
 * Load jobs. The id of a job is made of the content that it replaces and a number, and BigQuery takes an id once: of two
 * publishes that start from the same state one is refused, and so is a load that arrives late.
 */
import { Fault } from '../../core/faults.ts';
import type { BigQueryApi, Field, Job } from './api.ts';
import { labelOf } from './labels.ts';
import { Upload } from './upload.ts';

export type Load = {
  /** What the load replaces: the part of the job id before the number. */
  slot: string;
  table_id: string;
  fields: Field[];
  /** `load` and `checksum` say what it brings: a job of that id that says the same is adopted. */
  labels: { house: string; load: string; checksum: string };
  /** Its rows as lines of JSON, some at a time; may be read again. */
  lines(): AsyncIterable<string>;
  /** Set where the table's columns have to be replaced as well. */
  clustering?: string[] | undefined;
};

/** A job that brings the load. `adopted`: it had been there before. `other`: it brought something else. */
export type Started = { job_id: string; number: number; state: 'sent' | 'adopted' | 'other' };

export type JobOptions = {
  sleep?: ((ms: number) => Promise<void>) | undefined;
  piece_bytes?: number | undefined;
};

const POLL_MS = { first: 200, longest: 5_000, deadline: 600_000 };
const PAUSE_MS = 5_000;
/** Ids that are looked through: a load may fail every night for a year. */
const MOST_IDS = 500;
/** Loads that one publish sends again because BigQuery had trouble of its own. */
const MOST_TROUBLES = 5;

/** Reasons for which Google asks to try again under another id. */
const TRANSIENT =
  /^(backendError|internalError|jobBackendError|jobInternalError|(job)?RateLimitExceeded|timeout|stopped)$/i;

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

  /** The slot of what replaces `content` in a table; ids are shared by all datasets of a project. */
  slot(tableId: string, content: string): string {
    return `signalhouse_${labelOf([this.#api.place.dataset, tableId, content].join('\n'))}`;
  }

  /** Sends the load under the first id from `number` on that is free, or finds the job that has brought it already. */
  async start(load: Load, number: number): Promise<Started> {
    for (let n = number; n < number + MOST_IDS; n += 1) {
      const job_id = `${load.slot}_${n}`;
      // One id after another that is spent: asking is cheaper than sending all rows.
      const isKnown = n > number && (await this.#api.hasJob(job_id));
      if (!isKnown && (await this.#insert(load, job_id)) === 'taken')
        return { job_id, number: n, state: 'sent' };
      const { configuration, status } = await this.#end(job_id);
      // A failed job is spent, whoever sent it.
      if (status.errorResult) continue;
      const { labels } = configuration;
      const isSame = labels?.load === load.labels.load && labels.checksum === load.labels.checksum;
      return { job_id, number: n, state: isSame ? 'adopted' : 'other' };
    }
    throw new Fault(
      'destination_refused',
      `${MOST_IDS} loads of ${this.#api.name(load.table_id)} failed: see its jobs in the BigQuery console`,
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

  /** Waits for the ends of jobs, which are no successes: read `status.errorResult`. */
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
          `loads into ${this.#api.name()} still run after ${waited / 60_000} minutes; nothing needs to be done: it is tried again`,
        );
      await this.sleep(wait);
      waited += wait;
    }
  }

  async #end(jobId: string): Promise<Job> {
    return (await this.ended([jobId])).get(jobId)!;
  }

  /** Whether the job loaded its rows, waiting for its end unless that is at hand; false where it is worth another id. Throws why it never will. */
  async succeeded(load: Load, { job_id, state }: Started, ended?: Job): Promise<boolean> {
    const { errorResult } = (ended ?? (await this.#end(job_id))).status;
    if (!errorResult) return true;
    if (state === 'sent' && !TRANSIENT.test(errorResult.reason))
      throw this.#failure(load, errorResult);
    if (state === 'sent') this.#troubles += 1;
    if (this.#troubles > MOST_TROUBLES)
      throw new Fault(
        'destination_busy',
        `BigQuery failed ${MOST_TROUBLES} loads into ${this.#api.name()}: ${errorResult.message}; nothing needs to be done: it is tried again`,
      );
    await this.sleep(PAUSE_MS);
    return false;
  }

  #failure(load: Load, { reason, message }: { reason: string; message: string }): Fault {
    const fix =
      reason === 'quotaExceeded'
        ? 'BigQuery takes 1,500 loads of a table a day: the next night catches up'
        : 'mend that and run the export again, or delete the table: it is made again';
    return new Fault(
      'destination_refused',
      `the load of ${this.#api.name(load.table_id)} failed: ${message}; ${fix}`,
      {
        reason,
      },
    );
  }
}
