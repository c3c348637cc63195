/** Checksums of published rows: the same whatever order a destination gives them back in (G5, G6). */
import { hash } from '../core/hash.ts';
import type { Cell } from './destination.ts';

/** One row as canonical JSON text. */
export const lineOf = (row: Cell[]): string => JSON.stringify(row);

/** SHA-256 in hex (the first 40 digits, so that it fits a BigQuery label) over the sorted canonical rows. */
export const checksumOf = (rows: Cell[][]): string => hash(rows.map(lineOf).sort().join('\n')).slice(0, 40);
