/**
 * The requests of one publish: paced within Google's quota, retried with growing pauses, all within
 * one budget.
 */
import { MINUTE } from '../../core/durations.ts';
import { Fault } from '../../core/faults.ts';
import { googleFault } from './faults.ts';
import { mayRetry, type Refusal, refusalOf, SignInError } from './refusal.ts';

/**
 * Sheets allows 60 reads and 60 writes per minute and user; a few are left for people's own
 * scripts.
 */
const PER_MINUTE = 55;
const PAUSE_MS = { first: 1_000, longest: 32_000 };
/** What one publish may spend on retries: their number, and ms in failed requests and pauses. */
const BUDGET = { retries: 30, patience_ms: 480_000 };

export type RequestOptions = {
  /** How many retries a publish may make in total. */
  retries?: number;
  /** How long it may spend on failed requests and the pauses after them in total, in ms. */
  patience_ms?: number;
  /** Reads, and writes, that the API allows per minute; default: the limit of Sheets. */
  per_minute?: number;
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
};

type Kind = 'read' | 'write';

/** Google certainly did nothing: it said so, or the request was never sent for lack of a token. */
const isSurelyNotDone = (refusal: Refusal, error: unknown): boolean =>
  refusal.kind === 'rate_limited' || (error instanceof SignInError && mayRetry(refusal));

/** Each publish creates one and sends everything through it. */
export class Requests {
  #retries: number;
  #patience: number;
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #random: () => number;
  /** Instants at which the last requests of a minute's quota were sent, or will be. */
  readonly #places: Record<Kind, number[]> = { read: [], write: [] };

  constructor(options: RequestOptions = {}) {
    this.#retries = options.retries ?? BUDGET.retries;
    this.#patience = options.patience_ms ?? BUDGET.patience_ms;
    this.#perMinute = options.per_minute ?? PER_MINUTE;
    this.#now = options.now ?? Date.now;
    this.#sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
    this.#random = options.random ?? Math.random;
  }

  /**
   * A request that changes nothing; retried while the budget lasts. `what` names the destination in
   * the fault's message.
   */
  read<T>(what: string, send: () => Promise<T>): Promise<T> {
    return this.#repeated('read', what, send, mayRetry);
  }

  /** An idempotent request, so it can be retried safely. */
  write<T>(what: string, send: () => Promise<T>): Promise<T> {
    return this.#repeated('write', what, send, mayRetry);
  }

  /**
   * A request that is retried only if Google certainly did nothing. Throws `destination_busy` with
   * `details.ambiguous` if it is unknown whether it was carried out.
   */
  async once<T>(what: string, send: () => Promise<T>): Promise<T> {
    let last: unknown;
    const noted = () =>
      send().catch((error) => {
        last = error;
        throw error;
      });
    try {
      return await this.#repeated('write', what, noted, isSurelyNotDone);
    } catch (error) {
      const fault = googleFault(error, what);
      if (!fault.retry || isSurelyNotDone(refusalOf(last), last)) throw fault;
      throw new Fault(fault.code, fault.message, { ...fault.details, ambiguous: true });
    }
  }

  async #repeated<T>(
    kind: Kind,
    what: string,
    send: () => Promise<T>,
    may: (refusal: Refusal, error: unknown) => boolean,
  ): Promise<T> {
    for (let step = PAUSE_MS.first; ; step = Math.min(step * 2, PAUSE_MS.longest)) {
      await this.#pace(kind);
      const began = this.#now();
      try {
        return await send();
      } catch (error) {
        const refusal = refusalOf(error);
        const pause = Math.max(refusal.retry_after_ms ?? 0, step * (0.5 + this.#random() / 2));
        const spent = this.#now() - began + pause;
        const isAffordable = this.#retries > 0 && spent <= this.#patience;
        if (error instanceof Fault || !may(refusal, error) || !isAffordable)
          throw googleFault(error, what);
        this.#retries -= 1;
        this.#patience -= spent;
        await this.#sleep(pause);
      }
    }
  }

  /**
   * Waits until one more request of this kind fits in the minute. The slot is reserved at once, so
   * that many can wait.
   */
  async #pace(kind: Kind): Promise<void> {
    const places = this.#places[kind];
    const now = this.#now();
    const place = places.length < this.#perMinute ? now : Math.max(now, places.shift()! + MINUTE);
    places.push(place);
    if (place > now) await this.#sleep(place - now);
  }
}
