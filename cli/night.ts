/**
 * One export started by hand: asks the house to export, waits for the end, downloads the files and
 * builds the workbook.
 */
import { MINUTE } from '../core/durations.ts';
import { Fault } from '../core/faults.ts';
import type { Manifest } from '../platform/files/manifest.ts';
import type { HouseClient } from './house/open.ts';
import { pull, refuseFolder } from './pull.ts';

const PATIENCE_MS = 30 * MINUTE;
const SAY_EVERY_MS = 3000;

export type Load = {
  mart: string;
  destination: string;
  load_id: string;
  status: string;
  rows_source: number;
  rows_destination: number | null;
  /** What people should know about it, one sentence per line. */
  note: string | null;
};

export type Night = {
  instance: string;
  run_id: string;
  loads: Load[];
  manifest: Manifest | null;
  workbook: string | null;
};

type Started = { instance: string; run_id: string; was_running: boolean };
type Progress = { status: string; error?: { message: string }; loads: Load[] };

/** Waits for the export to end; `failure` says why a destination did not get it. */
async function finish(
  house: HouseClient,
  instance: string,
  say: (line: string) => void,
): Promise<{ loads: Load[]; failure: string | null }> {
  const deadline = Date.now() + PATIENCE_MS;
  let lastSaid = Date.now();
  while (Date.now() < deadline) {
    const progress = (await (await house.call(`/exports/${instance}`)).json()) as Progress;
    const { loads, error } = progress;
    if (progress.status !== 'running') return { loads, failure: error?.message ?? null };
    if (Date.now() - lastSaid >= SAY_EVERY_MS) {
      say(`  ${loads.filter(({ status }) => status !== 'open').length} tables written`);
      lastSaid = Date.now();
    }
    await new Promise((done) => setTimeout(done, 150));
  }
  throw new Fault(
    'destination_busy',
    `the export ${instance} has not ended yet; status shows its progress`,
  );
}

/**
 * Publishes to `to` (files, sheets, bigquery) as of `asOf` (UTC ms, default now). If `to` includes
 * `files`, the run is downloaded to `folder` and the workbook is built there, even if another
 * destination fails. Throws `destination_refused` with the reasons of each failed destination.
 * Throws `file_exists`, before it asks the house, if `folder` has files of these names that the
 * house did not write.
 */
export async function runNight(
  house: HouseClient,
  options: { to: string[]; folder: string; asOf?: number },
  say: (line: string) => void,
): Promise<Night> {
  const isForFiles = options.to.includes('files');
  if (isForFiles) refuseFolder(options.folder, house.state.house.house_id);
  const started = await house.call('/exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      to: options.to,
      ...(options.asOf === undefined ? {} : { as_of: options.asOf }),
    }),
  });
  const { instance, run_id, was_running } = (await started.json()) as Started;
  say(
    was_running
      ? 'an export is already running; waiting for it'
      : `exporting to ${options.to.join(', ')}`,
  );
  const { loads, failure } = await finish(house, instance, say);
  const isInFiles = loads.some(
    ({ destination, status }) => destination === 'files' && status === 'closed',
  );
  const pulled = isForFiles && isInFiles ? await pull(house, options.folder) : null;
  if (failure !== null)
    throw new Fault('destination_refused', `not everything was published: ${failure}`);
  const { manifest, workbook } = pulled ?? { manifest: null, workbook: null };
  return { instance, run_id, loads, manifest, workbook };
}
