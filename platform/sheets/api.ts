/** The requests that a publish makes of one spreadsheet. Bodies are finished JSON text, so that nothing is made text twice. */
import type { sheets_v4 } from '@googleapis/sheets';
import { type GoogleAccount, googleClient, rootOf, SHEETS_HOST, SHEETS_SCOPE } from '../google/account.ts';
import { type RequestOptions, Requests } from '../google/requests.ts';
import { STATE_FIELDS } from './state.ts';

export type SheetsOptions = RequestOptions & {
  /** After which a request counts as unanswered. */
  timeout_ms?: number;
  /** The largest body sent; Google advises 2 MB. */
  call_bytes?: number;
};

const WHAT = 'the spreadsheet';
const PAUSE_MS = 1_000;

/** The id within a spreadsheet's address, or the id itself. */
export const spreadsheetIdOf = (idOrUrl: string): string => /\/d\/([\w-]+)/.exec(idOrUrl)?.[1] ?? idOrUrl;

type Values = { valueRanges?: { values?: unknown[][] }[] };
type Ask = { method: 'GET' | 'POST' | 'PUT'; path: string; query: [string, string][]; body?: string };

/** One publish makes one of these: it holds the budget of repeats. */
export class Spreadsheet {
  readonly id: string;
  /** Of the service account, for people to share with. */
  readonly address: string;
  readonly #client: ReturnType<typeof googleClient>;
  readonly #root: string;
  readonly #requests: Requests;
  readonly #sleep: (ms: number) => Promise<void>;

  constructor(account: GoogleAccount, spreadsheet: string, options: SheetsOptions) {
    this.id = spreadsheetIdOf(spreadsheet);
    const { timeout_ms } = options;
    this.#client = googleClient({ ...account, ...(timeout_ms ? { timeout_ms } : {}) }, SHEETS_SCOPE);
    this.address = this.#client.address;
    this.#root = `${rootOf(account, SHEETS_HOST)}/v4/spreadsheets/${this.id}`;
    this.#requests = new Requests(options);
    this.#sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  }

  /** What stands in the spreadsheet apart from cells. */
  state(): Promise<sheets_v4.Schema$Spreadsheet> {
    return this.#requests.read(WHAT, () => this.#ask({ method: 'GET', path: '', query: [['fields', STATE_FIELDS]] }));
  }

  /** Cells of each range, unformatted; blank cells and rows at the end are left out. */
  async values(ranges: string[]): Promise<unknown[][][]> {
    const query: [string, string][] = [
      ...ranges.map((range): [string, string] => ['ranges', range]),
      ['valueRenderOption', 'UNFORMATTED_VALUE'],
      ['dateTimeRenderOption', 'SERIAL_NUMBER'],
      ['fields', 'valueRanges.values'],
      ['prettyPrint', 'false'],
    ];
    const path = '/values:batchGet';
    const data = await this.#requests.read(WHAT, () => this.#ask<Values>({ method: 'GET', path, query }));
    return ranges.map((_, i) => data.valueRanges?.[i]?.values ?? []);
  }

  /** One batchUpdate, all or nothing. Never repeated where nobody can say whether it was done (`details.ambiguous`). */
  async update(body: string): Promise<void> {
    const query: [string, string][] = [['fields', 'spreadsheetId']];
    await this.#requests.once(WHAT, () => this.#ask({ method: 'POST', path: ':batchUpdate', query, body }));
  }

  /** Writes values as they are, never parsed, into a range of their own size; doing it twice is doing it once. */
  async put(range: string, body: string): Promise<void> {
    const query: [string, string][] = [
      ['valueInputOption', 'RAW'],
      ['fields', 'spreadsheetId'],
    ];
    const path = `/values/${encodeURIComponent(range)}`;
    await this.#requests.write(WHAT, () => this.#ask({ method: 'PUT', path, query, body }));
  }

  /** Before the nth repeat of a request that the caller repeats itself. */
  pause(nth: number): Promise<void> {
    return this.#sleep(PAUSE_MS * 2 ** nth);
  }

  async #ask<T>({ method, path, query, body }: Ask): Promise<T> {
    const { data } = await this.#client.request<T>({
      url: `${this.#root}${path}?${new URLSearchParams(query)}`,
      method,
      ...(body === undefined ? {} : { data: body, headers: { 'content-type': 'application/json' } }),
    });
    return data;
  }
}
