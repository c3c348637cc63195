/** Where a bench publishes files to: a bucket kept in a folder. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OnBody } from './fake-spreadsheet.ts';

/** The three calls that publishing makes of R2. Bodies lie on disk, so that they are no memory of ours. */
export function fakeBucket(folder: string, onBody: OnBody): R2Bucket {
  mkdirSync(folder, { recursive: true });
  const pathOf = (key: string) => join(folder, key.replaceAll('/', '_'));
  const bucket = {
    async put(key: string, data: ArrayBuffer | string) {
      writeFileSync(pathOf(key), typeof data === 'string' ? data : new Uint8Array(data));
      onBody(typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength);
    },
    async get(key: string) {
      if (!existsSync(pathOf(key))) return null;
      const text = () => readFileSync(pathOf(key), 'utf8');
      return { text: async () => text(), json: async () => JSON.parse(text()) };
    },
  };
  return bucket as unknown as R2Bucket;
}
