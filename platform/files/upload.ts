/**
 * Uploads one file to the bucket: a small one in one put, a large one in parts of equal size, never
 * whole in memory.
 */
import { createHash, type Hash } from 'node:crypto';
import { Fault } from '../../core/faults.ts';

/** R2 requires parts of equal size and at least 5 MiB; only the last may be smaller. */
const PART_BYTES = 5 * 1024 * 1024;

/** Size and digest of a file as it was sent, or as the bucket holds it. */
export type FileDigest = { bytes: number; sha256: string };

export class Upload {
  readonly #bucket: R2Bucket;
  readonly #key: string;
  readonly #httpMetadata: { contentType: string };
  readonly #hash: Hash = createHash('sha256');
  readonly #parts: R2UploadedPart[] = [];
  #part = new Uint8Array(0);
  #filled = 0;
  #bytes = 0;
  #multipart: R2MultipartUpload | undefined;

  constructor(bucket: R2Bucket, key: string, contentType: string) {
    this.#bucket = bucket;
    this.#key = key;
    this.#httpMetadata = { contentType };
  }

  /** Copies `data`. */
  async write(data: Uint8Array): Promise<void> {
    this.#hash.update(data);
    this.#bytes += data.length;
    for (let from = 0; from < data.length; ) {
      const piece = data.subarray(from, from + PART_BYTES - this.#filled);
      this.#room(piece.length);
      this.#part.set(piece, this.#filled);
      this.#filled += piece.length;
      from += piece.length;
      if (this.#filled === PART_BYTES) await this.#send();
    }
  }

  /** Only once this has resolved is the file in the bucket under its key. */
  async finish(): Promise<FileDigest> {
    const sent = { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
    if (!this.#multipart) {
      // R2 compares the digest with what it received and refuses the write if they differ.
      const { sha256 } = sent;
      await this.#bucket.put(this.#key, this.#rest(), { sha256, httpMetadata: this.#httpMetadata });
    } else {
      if (this.#filled > 0) await this.#send();
      await this.#multipart.complete(this.#parts);
    }
    return sent;
  }

  /** Gives up and discards the parts already sent. */
  async abort(): Promise<void> {
    await this.#multipart?.abort();
  }

  #room(more: number): void {
    if (this.#part.length >= this.#filled + more) return;
    const grown = new Uint8Array(
      Math.min(PART_BYTES, Math.max(this.#part.length * 2, this.#filled + more)),
    );
    grown.set(this.#rest());
    this.#part = grown;
  }

  #rest(): Uint8Array {
    return this.#part.subarray(0, this.#filled);
  }

  async #send(): Promise<void> {
    this.#multipart ??= await this.#bucket.createMultipartUpload(this.#key, {
      httpMetadata: this.#httpMetadata,
    });
    this.#parts.push(await this.#multipart.uploadPart(this.#parts.length + 1, this.#rest()));
    this.#filled = 0;
  }
}

/**
 * Reads a file in the bucket from end to end; null if it does not exist. Throws `destination_busy`
 * if the read breaks off.
 */
export async function digestOf(bucket: R2Bucket, key: string): Promise<FileDigest | null> {
  const object = await bucket.get(key);
  if (!object) return null;
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of object.body as unknown as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  if (bytes !== object.size)
    throw new Fault('destination_busy', `${key} broke off after ${bytes} bytes`);
  return { bytes, sha256: hash.digest('hex') };
}
