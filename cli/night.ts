/** One night, started by hand: asks the house to export, waits for it, pulls the files and builds the workbook. */
import { join } from 'node:path';
import { Fault } from '../core/faults.ts';
import type { Manifest } from '../platform/files/manifest.ts';
import type { House } from './house/open.ts';
import { pullPublished, WORKBOOK } from './published.ts';
import { writeWorkbook } from './workbook/workbook.ts';

const PATIENCE_MS = 30 * 60_000;

export type Night = { instance: string; run_id: string; manifest: Manifest | null; workbook: string | null };

type Progress = { status: string; error?: unknown; output?: unknown };

const reasonOf = (error: unknown): string =>
  typeof error === 'object' && error && 'message' in error ? String(error.message) : JSON.stringify(error ?? null);

async function finish(house: House, instance: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const progress = (await (await house.call(`/exports/${instance}`)).json()) as Progress;
    if (progress.status === 'complete') return;
    if (progress.status === 'errored' || progress.status === 'terminated')
      throw new Fault('destination_refused', `the export ${progress.status}: ${reasonOf(progress.error)}`);
    await new Promise((done) => setTimeout(done, 150));
  }
  throw new Fault('destination_busy', `the export ${instance} has not ended yet; status shows how far it is`);
}

/**
 * Publishes to `to` (files, sheets, bigquery). `asOf` in UTC milliseconds, default now. With `files` among them the run is
 * pulled to `folder`, where the workbook is built beside it.
 */
export async function runNight(
  house: House,
  options: { to: string[]; folder: string; asOf?: number },
  say: (line: string) => void,
): Promise<Night> {
  const started = await house.call('/exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: options.to, ...(options.asOf === undefined ? {} : { as_of: options.asOf }) }),
  });
  const { instance, run_id } = (await started.json()) as { instance: string; run_id: string };
  say(`exporting to ${options.to.join(', ')}`);
  await finish(house, instance);
  if (!options.to.includes('files')) return { instance, run_id, manifest: null, workbook: null };
  const manifest = await pullPublished(house, options.folder);
  const workbook = join(options.folder, WORKBOOK);
  await writeWorkbook(options.folder, manifest, workbook);
  return { instance, run_id, manifest, workbook };
}
