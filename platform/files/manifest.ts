/**
 * `exports/latest.json`: what the last published run contains. It is written last, so that readers
 * only find complete runs.
 */
import type { Column } from '../../sql/contract.ts';
import type { FileDigest } from './upload.ts';

export const fileKinds = ['csv', 'parquet'] as const;
export type FileKind = (typeof fileKinds)[number];

export type PublishedMart = {
  name: string;
  kind: string;
  rows: number;
  checksum: string;
  load_id: string;
  data_through: number | null;
  /** Run columns first, as in the files. */
  columns: Column[];
  answers: string;
  chart_filter?: string;
  /** Size and digest of each file, so that anyone who downloads one can verify it. */
  files: Record<FileKind, FileDigest>;
};

export type Manifest = {
  house_id: string;
  is_sample: boolean;
  run_id: string;
  /** UTC milliseconds. */
  as_of: number;
  rules_version: string;
  marts: PublishedMart[];
  /**
   * Set while later nights cannot be published: the instant of the data shown (UTC ms), and why.
   */
  stale?: { since: number; reason: string };
};

export const LATEST = 'exports/latest.json';

/**
 * Each load has files of its own; until the manifest names them, readers see those of the previous
 * load.
 */
export const fileKey = (load_id: string, name: string, kind: FileKind): string =>
  `exports/${load_id}/${name}.${kind}`;

/** The last published run, or null before the first one. */
export async function readManifest(bucket: R2Bucket): Promise<Manifest | null> {
  return (await bucket.get(LATEST))?.json<Manifest>() ?? null;
}
