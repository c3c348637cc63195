/** Spreadsheets in Google's double, and publishes into them over lines that may fail. */
import { expect } from 'vitest';
import { sheetsDestination } from '../../platform/sheets/destination.ts';
import type { GoogleSandbox } from '../contract/google-sandbox.ts';
import type { Edge, Line, Plan } from './edge.ts';
import { type Night, night, type Size } from './nights.ts';
import { done, JournalReader, type Outcome, processOf, publishOver, wrongIn } from './publish.ts';
import { newSpreadsheet, SheetsHistory, type Whole, wholeOf } from './sheets-history.ts';

export class SheetsPlaces {
  readonly google: GoogleSandbox;
  readonly edge: Edge;
  readonly size: Size;
  readonly #journal: JournalReader;
  readonly #wholes: Whole[] = [];

  constructor(google: GoogleSandbox, edge: Edge, size: Size) {
    this.google = google;
    this.edge = edge;
    this.size = size;
    this.#journal = new JournalReader(google);
  }

  /** The nth night; how it looks when nothing goes wrong is found out once, in a spreadsheet of its own. */
  async night(number: number): Promise<Night> {
    const one = night(number, this.size);
    if (this.#wholes.some(({ run_id }) => run_id === one.run.run_id)) return one;
    const id = await newSpreadsheet(this.google);
    done(await this.publish(id, one));
    this.#wholes.push(await wholeOf(this.google, id, one));
    return one;
  }

  async spreadsheet(): Promise<SheetsHistory> {
    return new SheetsHistory(this.google, await newSpreadsheet(this.google), this.#wholes);
  }

  line(plan?: Plan): Promise<Line> {
    return this.edge.line(plan);
  }

  /** One publish, as a process of its own. */
  async publish(id: string, one: Night, over?: Line): Promise<Outcome> {
    const line = over ?? (await this.line());
    const account = { key_json: this.google.keyJson, api_root: line.root };
    const outcome = await publishOver(line, sheetsDestination(account, id, processOf(line)), one);
    // What a dead process still tries must not reach a later one's line.
    if (!line.dead) line.close();
    return outcome;
  }

  /** Publishes undisturbed: right, whole at every version, and the night that readers see. */
  async converges(history: SheetsHistory, one: Night): Promise<void> {
    expect(wrongIn(done(await this.publish(history.id, one)), one)).toEqual([]);
    expect(await history.look()).toEqual([]);
    expect(history.shown.at(-1)).toBe(one.run.run_id);
  }

  /** The writing requests that an undisturbed publish makes. */
  async writesOf(history: SheetsHistory, one: Night) {
    await this.#journal.writes();
    await this.converges(history, one);
    return this.#journal.writes();
  }
}
