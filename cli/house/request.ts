/**
 * One HTTP request. Node's own `fetch` takes longer to load than a short command takes otherwise.
 */
import { request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Of `fetch`'s options those that the command line uses. */
export type Question = {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
};

/** Of `fetch`'s answer what the command line reads. */
export type Answer = Pick<Response, 'ok' | 'status' | 'text' | 'json' | 'arrayBuffer'>;

/** Throws as `node:http` does if nobody answers. */
export function request(url: URL, { body, ...options }: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A connection of its own: one that is kept may be closed just when it is used again.
    const sent = send(url, { ...options, agent: false }, (answer) => {
      const status = answer.statusCode!;
      buffer(answer).then((bytes) => {
        const text = async () => bytes.toString();
        resolve({
          status,
          ok: status >= 200 && status < 300,
          text,
          json: async () => JSON.parse(await text()),
          arrayBuffer: async () =>
            bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
        });
      }, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
