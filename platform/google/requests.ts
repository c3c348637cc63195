/** The requests of one publish: paced within Google's quota, repeated with growing pauses, all within one budget. */
import { Fault } from '../../core/faults.ts';
import { googleFault, statusOf } from './faults.ts';

/** Google allows 60 reads and 60 writes a minute and user; a few are left to people's own scripts. */
const PER_MINUTE = 55;
const MINUTE = 60_000;
const PAUSE_MS = { first: 1_000, longest: 32_000 };

export type RequestOptions = {
  /** How often a publish may repeat requests, all together. */
  retries?: number;
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
};

type Kind = 'read' | 'write';

/** The pause that Google asks for, in ms. */
function retryAfter(error: unknown): number {
  const headers = (error as { response?: { headers?: Headers | Record<string, string> } }).response?.headers;
  const value = headers instanceof Headers ? headers.get('retry-after') : headers?.['retry-after'];
  return Number(value ?? 0) * 1000 || 0;
}

/** Google surely did nothing. */
const ASKED_TOO_OFTEN = 429;

export class Requests {
  #left: number;
  readonly #now: () => number;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #random: () => number;
  readonly #sent: Record<Kind, number[]> = { read: [], write: [] };

  constructor(options: RequestOptions = {}) {
    this.#left = options.retries ?? 30;
    this.#now = options.now ?? Date.now;
    this.#sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
    this.#random = options.random ?? Math.random;
  }

  /** A request that changes nothing; repeated while the budget lasts. */
  read<T>(what: string, send: () => Promise<T>): Promise<T> {
    return this.#repeated('read', what, send, (error) => googleFault(error, what).retry);
  }

  /** A request that may be repeated safely, since doing it twice is doing it once. */
  write<T>(what: string, send: () => Promise<T>): Promise<T> {
    return this.#repeated('write', what, send, (error) => googleFault(error, what).retry);
  }

  /**
   * A request that must not be repeated blindly: only where Google surely did nothing. Throws `destination_busy` with
   * `details.ambiguous` where nobody can say whether it was done.
   */
  async once<T>(what: string, send: () => Promise<T>): Promise<T> {
    try {
      return await this.#repeated('write', what, send, (error) => statusOf(error) === ASKED_TOO_OFTEN);
    } catch (error) {
      const fault = googleFault(error, what);
      if (!fault.retry || fault.details?.status === ASKED_TOO_OFTEN) throw fault;
      throw new Fault(fault.code, fault.message, { ...fault.details, ambiguous: true });
    }
  }

  async #repeated<T>(kind: Kind, what: string, send: () => Promise<T>, may: (error: unknown) => boolean): Promise<T> {
    for (let pause = PAUSE_MS.first; ; pause = Math.min(pause * 2, PAUSE_MS.longest)) {
      await this.#pace(kind);
      try {
        return await send();
      } catch (error) {
        if (!may(error) || this.#left <= 0) throw googleFault(error, what);
        this.#left -= 1;
        await this.#sleep(Math.max(retryAfter(error), pause * (0.5 + this.#random() / 2)));
      }
    }
  }

  /** Waits until one more request of this kind fits in the minute. */
  async #pace(kind: Kind): Promise<void> {
    const sent = this.#sent[kind];
    while (sent.length > 0 && sent[0]! <= this.#now() - MINUTE) sent.shift();
    if (sent.length >= PER_MINUTE) await this.#sleep(sent.shift()! + MINUTE - this.#now());
    sent.push(this.#now());
  }
}
