/** Where a bench publishes files to: a bucket kept in a folder. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { OnBody } from './fake-spreadsheet.ts';

const CHUNK_BYTES = 65_536;

/** A file from its beginning, as R2 streams it. */
function* chunks(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
    yield buffer.subarray(0, read);
  closeSync(file);
}

/**
 * The calls that publishing makes of R2. Bodies lie on disk, so that they are no memory of ours.
 */
export function fakeBucket(folder: string, onBody: OnBody): R2Bucket {
  mkdirSync(folder, { recursive: true });
  const pathOf = (key: string) => join(folder, key.replaceAll('/', '_'));
  const told = (data: string | Uint8Array) =>
    onBody(typeof data === 'string' ? Buffer.byteLength(data) : data.length);
  const bucket = {
    async put(key: string, data: string | Uint8Array) {
      writeFileSync(pathOf(key), data);
      told(data);
    },
    async createMultipartUpload(key: string) {
      writeFileSync(pathOf(key), '');
      return {
        async uploadPart(partNumber: number, data: Uint8Array) {
          appendFileSync(pathOf(key), data);
          told(data);
          return { partNumber, etag: String(partNumber) };
        },
        async complete() {},
        async abort() {},
      };
    },
    async get(key: string) {
      if (!existsSync(pathOf(key))) return null;
      const json = async () => JSON.parse(readFileSync(pathOf(key), 'utf8'));
      return { size: statSync(pathOf(key)).size, body: chunks(pathOf(key)), json };
    },
  };
  return bucket as unknown as R2Bucket;
}
