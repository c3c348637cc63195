/** `exports/latest.json`: what the last published run holds; written last, so that a reader finds only whole runs. */
import type { Column } from '../../sql/contract.ts';

export type Manifest = {
  house_id: string;
  is_sample: boolean;
  run_id: string;
  /** UTC milliseconds. */
  as_of: number;
  rules_version: string;
  marts: {
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
  }[];
};

export const LATEST = 'exports/latest.json';
export const fileKey = (runId: string, file: string): string => `exports/${runId}/${file}`;

/** The last published run, or null before the first night. */
export async function readManifest(bucket: R2Bucket): Promise<Manifest | null> {
  return (await bucket.get(LATEST))?.json<Manifest>() ?? null;
}
