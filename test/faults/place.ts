/**
 * A place to publish into, in Google's double, over lines that may fail, with its readers watched.
 */
import { expect } from 'vitest';
import type { Destination } from '../../platform/destination.ts';
import type { GoogleAccount } from '../../platform/google/account.ts';
import type { RequestOptions } from '../../platform/google/requests.ts';
import type { GoogleSandbox } from '../contract/google-sandbox.ts';
import type { Edge, Line, Plan, Seen } from './edge.ts';
import { GROWN, type Night } from './nights.ts';
import { done, JournalReader, type Outcome, outcomeOf, processOf, wrongIn } from './publish.ts';

/** More than a publish has requests. */
export const ENOUGH = 300;

/** A new, empty place. */
export type Make = () => Promise<Place>;

export abstract class Place {
  protected readonly google: GoogleSandbox;
  readonly #edge: Edge;
  readonly #journal: JournalReader;
  #nights = 0;

  constructor(google: GoogleSandbox, edge: Edge) {
    this.google = google;
    this.#edge = edge;
    this.#journal = new JournalReader(google);
  }

  /** Runs that readers saw, in order; '' while there was nothing to see. */
  abstract get shown(): string[];
  /** The nth night, known to those who look. */
  protected abstract night(number: number): Promise<Night>;
  /**
   * Complaints about what readers saw since the last look; empty: always one whole night, or
   * nothing yet.
   */
  abstract look(): Promise<string[]>;
  /** What a publish keeps where nobody sees it, beyond what one needs. */
  abstract get strays(): string[];
  /** Whether a request looks at what the place shows, on which a publish then builds. */
  abstract isLook(seen: Seen): boolean;
  protected abstract destination(account: GoogleAccount, options: RequestOptions): Destination;

  /** The night after the last one. */
  next(): Promise<Night> {
    this.#nights += 1;
    return this.night(this.#nights);
  }

  /** The nights to come have a column more. */
  grow(): void {
    this.#nights = Math.max(this.#nights, GROWN);
  }

  line(plan?: Plan): Promise<Line> {
    return this.#edge.line(plan);
  }

  /** One publish, as a process of its own. */
  publish(one: Night, over?: Line): Promise<Outcome> {
    return this.#process(over, (destination) => destination.publish(one.run, one.tables));
  }

  /** Says that what is shown, the given night, is stale; as a process of its own. */
  markStale(one: Night, over?: Line) {
    const stale = { house_id: one.run.house_id, since: one.run.as_of, reason: 'A check failed.' };
    return this.#process(over, (destination) => destination.markStale!(stale));
  }

  async #process<T>(over: Line | undefined, work: (destination: Destination) => Promise<T>) {
    const line = over ?? (await this.line());
    const account = { key_json: this.google.keyJson, api_root: line.root };
    const outcome = await outcomeOf(line, work(this.destination(account, processOf(line))));
    // What a dead process still tries must not reach the line of a later one.
    if (!line.dead) line.close();
    return outcome;
  }

  /** Publishes undisturbed: right, whole at every moment, and the night that readers see. */
  async converges(one: Night, what = 'undisturbed'): Promise<void> {
    expect(wrongIn(done(await this.publish(one)), one), what).toEqual([]);
    expect(await this.look(), what).toEqual([]);
    expect(this.shown.at(-1), what).toBe(one.run.run_id);
  }

  /** Publishes the next night undisturbed; nothing is left of what was cut off before. */
  async endsClean(what = 'at last'): Promise<void> {
    await this.converges(await this.next(), what);
    expect(this.strays, what).toEqual([]);
  }

  /** The writing requests that an undisturbed publish makes. */
  async writesOf(one: Night) {
    await this.#journal.writes();
    await this.converges(one);
    return this.#journal.writes();
  }
}
