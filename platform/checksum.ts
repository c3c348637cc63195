/**
 * Checksums of published rows, independent of their order (G5, G6): each row's canonical text is
 * hashed and the hashes are added, so that rows can come page by page and in any order.
 */
import { hash } from 'node:crypto';
import type { Cell } from '../sql/cell.ts';

/**
 * SHA-1 has 160 bits, so its 40 hex digits fit a BigQuery label. It guards against accidents, not
 * forgery.
 */
const WORDS = 5;
const WORD_DIGITS = 8;
const WORD_BYTES = 4;

/** One row as canonical JSON text. */
export const lineOf = (row: Cell[]): string => JSON.stringify(row);

export class Checksum {
  readonly #sum = new Uint32Array(WORDS);
  #rows = 0;

  add(row: Cell[]): void {
    this.addLine(lineOf(row));
  }

  /** Like `add`, for a row whose canonical text is known. */
  addLine(line: string): void {
    // One character per byte: half the cost of a buffer or of hex digits.
    const bytes = hash('sha1', line, 'binary');
    let carry = 0;
    for (let i = 0; i < WORDS; i += 1) {
      let word = 0;
      for (let at = i * WORD_BYTES; at < (i + 1) * WORD_BYTES; at += 1)
        word = word * 256 + bytes.charCodeAt(at);
      const total = this.#sum[i]! + word + carry;
      this.#sum[i] = total;
      carry = total > 0xffffffff ? 1 : 0;
    }
    this.#rows += 1;
  }

  /** How many rows were added. */
  get rows(): number {
    return this.#rows;
  }

  /** 40 hex digits. */
  toString(): string {
    return [...this.#sum].map((word) => word.toString(16).padStart(WORD_DIGITS, '0')).join('');
  }
}

/** The checksum of rows that are all in memory. */
export function checksumOf(rows: Cell[][]): string {
  const checksum = new Checksum();
  for (const row of rows) checksum.add(row);
  return checksum.toString();
}
