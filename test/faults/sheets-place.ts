/**
 * Spreadsheets to publish into; how a night looks when nothing goes wrong is found out once for all
 * of them.
 */

import type { GoogleAccount } from '../../platform/google/account.ts';
import type { RequestOptions } from '../../platform/google/requests.ts';
import { sheetsDestination } from '../../platform/sheets/destination.ts';
import type { GoogleSandbox } from '../contract/google-sandbox.ts';
import type { Edge, Seen } from './edge.ts';
import { GROWN, type Night, night, type Size, staleName } from './nights.ts';
import { Place } from './place.ts';
import { done } from './publish.ts';
import { newSpreadsheet, SheetsHistory, type Whole, wholeOf } from './sheets-history.ts';

/** Nights come round again, since each is published once more to see how it looks undisturbed. */
const NIGHTS = 8;

export class SheetsPlace extends Place {
  readonly history: SheetsHistory;
  readonly #sheets: Spreadsheets;

  /** `wholes` grows with the nights that are asked for. */
  constructor(sheets: Spreadsheets, id: string, wholes: Whole[]) {
    super(sheets.google, sheets.edge);
    this.#sheets = sheets;
    this.history = new SheetsHistory(sheets.google, id, wholes);
  }

  get shown(): string[] {
    return this.history.shown;
  }

  protected night(number: number): Promise<Night> {
    return this.#sheets.night((number < GROWN ? 0 : GROWN) + (number % NIGHTS));
  }

  look(): Promise<string[]> {
    return this.history.look();
  }

  /** One hidden tab is the fence. */
  get strays(): string[] {
    return this.history.hidden.slice(1);
  }

  isLook({ method, path }: Seen): boolean {
    return method === 'GET' && /\/spreadsheets\/[^/:?]+\?/.test(path);
  }

  protected destination(account: GoogleAccount, options: RequestOptions) {
    const { call_bytes } = this.#sheets.size;
    return sheetsDestination(account, this.history.id, {
      ...options,
      ...(call_bytes && { call_bytes }),
    });
  }
}

export class Spreadsheets {
  readonly google: GoogleSandbox;
  readonly edge: Edge;
  readonly size: Size;
  readonly #wholes: Whole[] = [];

  constructor(google: GoogleSandbox, edge: Edge, size: Size) {
    this.google = google;
    this.edge = edge;
    this.size = size;
  }

  /** A new spreadsheet. */
  async place(): Promise<SheetsPlace> {
    return new SheetsPlace(this, await newSpreadsheet(this.google), this.#wholes);
  }

  async night(number: number): Promise<Night> {
    const one = night(number, this.size);
    if (this.#wholes.some(({ run_id }) => run_id === one.run.run_id)) return one;
    const undisturbed = await this.place();
    const { id } = undisturbed.history;
    done(await undisturbed.publish(one));
    this.#wholes.push(await wholeOf(this.google, id, one, one.run.run_id));
    await undisturbed.markStale(one);
    this.#wholes.push(await wholeOf(this.google, id, one, staleName(one)));
    return one;
  }
}
