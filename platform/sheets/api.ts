/** The requests of a publish to one spreadsheet, through Google's own client. */
import { sheets, type sheets_v4 } from '@googleapis/sheets';
import {
  type GoogleAccount,
  googleClient,
  rootOf,
  SHEETS_HOST,
  SHEETS_SCOPE,
} from '../google/account.ts';
import { type RequestOptions, Requests } from '../google/requests.ts';
import { STATE_FIELDS } from './state.ts';

export type SheetsOptions = RequestOptions & {
  /** After this, a request counts as unanswered, in ms. */
  timeout_ms?: number;
  /** The largest body sent; Google advises 2 MB. */
  call_bytes?: number;
};

const WHAT = 'the spreadsheet';
const PAUSE_MS = 1_000;

/** The spreadsheet id from an address, or the id itself. */
export const spreadsheetIdOf = (idOrUrl: string): string =>
  /\/d\/([\w-]+)/.exec(idOrUrl)?.[1] ?? idOrUrl;

/** A body is finished JSON text, which the client sends as it is; an object it would deep-copy. */
const TEXT = { headers: { 'content-type': 'application/json' } };
const asBody = (text: string): object => text as unknown as object;

/** Each publish creates one; it holds the budget for retries. */
export class Spreadsheet {
  readonly id: string;
  /** Address of the service account, for people to share with. */
  readonly address: string;
  readonly #api: sheets_v4.Sheets;
  readonly #requests: Requests;
  readonly #sleep: (ms: number) => Promise<void>;

  constructor(account: GoogleAccount, spreadsheet: string, options: SheetsOptions) {
    this.id = spreadsheetIdOf(spreadsheet);
    const { timeout_ms } = options;
    const client = googleClient(
      { ...account, ...(timeout_ms ? { timeout_ms } : {}) },
      SHEETS_SCOPE,
    );
    this.address = client.address;
    this.#api = sheets({
      version: 'v4',
      auth: client,
      rootUrl: `${rootOf(account, SHEETS_HOST)}/`,
    });
    this.#requests = new Requests(options);
    this.#sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  }

  /** Everything in the spreadsheet that `STATE_FIELDS` names, which is all but cells. */
  async state(): Promise<sheets_v4.Schema$Spreadsheet> {
    const asked = { spreadsheetId: this.id, fields: STATE_FIELDS };
    return (await this.#requests.read(WHAT, () => this.#api.spreadsheets.get(asked))).data;
  }

  /** The cells of each range, unformatted, without blank cells and rows at the end. */
  async values(ranges: string[]): Promise<unknown[][][]> {
    const asked = {
      spreadsheetId: this.id,
      ranges,
      valueRenderOption: 'UNFORMATTED_VALUE',
      dateTimeRenderOption: 'SERIAL_NUMBER',
      fields: 'valueRanges.values',
      prettyPrint: false,
    };
    const { data } = await this.#requests.read(WHAT, () =>
      this.#api.spreadsheets.values.batchGet(asked),
    );
    return ranges.map((_, i) => data.valueRanges?.[i]?.values ?? []);
  }

  /**
   * One batchUpdate, all or nothing. Not retried if it is unknown whether it was applied
   * (`details.ambiguous`).
   */
  async update(body: string): Promise<void> {
    const asked = { spreadsheetId: this.id, fields: 'spreadsheetId', requestBody: asBody(body) };
    await this.#requests.once(WHAT, () => this.#api.spreadsheets.batchUpdate(asked, TEXT));
  }

  /** Writes values as they are, never parsed, into a range of their own size; idempotent. */
  async put(range: string, body: string): Promise<void> {
    const asked = {
      spreadsheetId: this.id,
      range,
      valueInputOption: 'RAW',
      fields: 'spreadsheetId',
      requestBody: asBody(body),
    };
    await this.#requests.write(WHAT, () => this.#api.spreadsheets.values.update(asked, TEXT));
  }

  /** Waits before the nth retry of a request that the caller retries itself. */
  pause(nth: number): Promise<void> {
    return this.#sleep(PAUSE_MS * 2 ** nth);
  }
}
