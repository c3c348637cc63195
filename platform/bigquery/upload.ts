/**
 * Sends a load job with its rows: few in one request, many in pieces, so that no table is in memory
 * as a whole.
 */
import { Fault } from '../../core/faults.ts';
import type { BigQueryApi } from './api.ts';

/** Google requires pieces in multiples of 256 KiB. */
const UNIT = 256 * 1024;
const PIECE_BYTES = 8 * UNIT;
const BOUNDARY = 'signalhouse-part';
/** How often an upload is started before it gives up, if Google forgets its session. */
const SESSIONS = 3;

const INCOMPLETE = 308;
const EXISTS = 409;
const FORGOTTEN = [404, 410];

type Piece = { bytes: Buffer; offset: number; isLast: boolean };
type Sent = { status: number; headers: Headers };

/** Whether the job was accepted, or its id had been used before. */
export type Uploaded = 'taken' | 'exists';

/**
 * Texts as pieces of `size` bytes; the last one has the rest. A piece is valid until the next one
 * is read.
 */
async function* pieces(texts: AsyncIterable<string>, size: number): AsyncIterable<Piece> {
  const piece = Buffer.alloc(size);
  let filled = 0;
  let offset = 0;
  for await (const text of texts) {
    let bytes = Buffer.from(text);
    while (bytes.length > size - filled) {
      bytes = bytes.subarray(bytes.copy(piece, filled));
      yield { bytes: piece, offset, isLast: false };
      offset += size;
      filled = 0;
    }
    filled += bytes.copy(piece, filled);
  }
  yield { bytes: piece.subarray(0, filled), offset, isLast: true };
}

export class Upload {
  readonly #api: BigQueryApi;
  readonly #what: string;
  readonly #url: string;
  readonly #size: number;

  /** `piece_bytes` is rounded up to a multiple that Google accepts. */
  constructor(api: BigQueryApi, what: string, piece_bytes = PIECE_BYTES) {
    this.#api = api;
    this.#what = what;
    this.#url = `${api.root}/upload/bigquery/v2/projects/${api.place.project}/jobs`;
    this.#size = Math.ceil(piece_bytes / UNIT) * UNIT;
  }

  /** `texts` is read again if an upload has to start over. */
  async send(job: object, texts: () => AsyncIterable<string>): Promise<Uploaded> {
    for (let session = 1; ; session += 1) {
      const status = await this.#whole(job, texts());
      if (!FORGOTTEN.includes(status)) return status === EXISTS ? 'exists' : 'taken';
      if (session === SESSIONS)
        throw new Fault(
          'destination_busy',
          `${this.#what}: Google lost the upload ${SESSIONS} times; there is nothing to do: it ` +
            'is tried again',
        );
    }
  }

  async #whole(job: object, texts: AsyncIterable<string>): Promise<number> {
    let session: string | undefined;
    for await (const piece of pieces(texts, this.#size)) {
      if (!session && piece.isLast) return this.#atOnce(job, piece.bytes);
      session ??= await this.#open(job);
      const status = await this.#piece(session, piece);
      if (status !== INCOMPLETE) return status;
    }
    return INCOMPLETE;
  }

  async #request(
    method: 'POST' | 'PUT',
    url: string,
    headers: Record<string, string>,
    data: unknown,
  ): Promise<Sent> {
    const answers = method === 'PUT' ? [INCOMPLETE, EXISTS, ...FORGOTTEN] : [EXISTS];
    const isFine = (status: number) => (status >= 200 && status < 300) || answers.includes(status);
    // 308 is not a redirect here.
    const options = {
      method,
      url,
      headers,
      data,
      validateStatus: isFine,
      redirect: 'manual' as const,
    };
    return this.#api.place.client.request(options) as Promise<Sent>;
  }

  /**
   * The client's own upload adds a member that the API does not document, so the two parts are
   * written here.
   */
  async #atOnce(job: object, rows: Buffer): Promise<number> {
    const data = Buffer.concat([
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Type: application/json; ` +
          `charset=UTF-8\r\n\r\n${JSON.stringify(job)}\r\n`,
      ),
      Buffer.from(`--${BOUNDARY}\r\nContent-Type: application/octet-stream\r\n\r\n`),
      rows,
      Buffer.from(`\r\n--${BOUNDARY}--`),
    ]);
    const headers = { 'content-type': `multipart/related; boundary=${BOUNDARY}` };
    const send = () => this.#request('POST', `${this.#url}?uploadType=multipart`, headers, data);
    return (await this.#api.requests.write(this.#what, send)).status;
  }

  /** Opens a session; returns its address. */
  async #open(job: object): Promise<string> {
    const headers = { 'content-type': 'application/json; charset=UTF-8' };
    const send = () =>
      this.#request('POST', `${this.#url}?uploadType=resumable`, headers, JSON.stringify(job));
    const { headers: answered } = await this.#api.requests.write(this.#what, send);
    const address = new URL(answered.get('location')!);
    return this.#api.place.account.api_root
      ? this.#api.root + address.pathname + address.search
      : address.href;
  }

  /** Sends a piece; after a lost answer, first asks how much of it has arrived. */
  async #piece(session: string, { bytes, offset, isLast }: Piece): Promise<number> {
    const end = offset + bytes.length;
    const total = isLast ? String(end) : '*';
    let isFirstTry = true;
    const put = (from: number) =>
      this.#request(
        'PUT',
        session,
        {
          'content-type': 'application/octet-stream',
          'content-range': `bytes ${from}-${end - 1}/${total}`,
        },
        bytes.subarray(from - offset),
      );
    const { status } = await this.#api.requests.write(this.#what, async () => {
      let from = offset;
      if (!isFirstTry) {
        const known = await this.#request(
          'PUT',
          session,
          { 'content-range': `bytes */${total}` },
          undefined,
        );
        if (known.status !== INCOMPLETE) return known;
        from = Number(/-(\d+)$/.exec(known.headers.get('range') ?? '')?.[1] ?? -1) + 1;
        if (from < offset) return { ...known, status: FORGOTTEN[1]! };
        if (from === end) return known;
      }
      isFirstTry = false;
      return put(from);
    });
    return status;
  }
}
