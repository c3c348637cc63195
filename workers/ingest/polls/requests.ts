/** The requests of one run of a poll: counted, limited in time, and refused in plain words. */
import { SECOND } from '../../../core/durations.ts';
import { Fault } from '../../../core/faults.ts';
import { jsonOf } from '../../../core/json.ts';

const TIMEOUT_MS = 20 * SECOND;
/** How long a provider is left alone that asks for patience without saying how much. */
const PATIENCE_MS = 60 * SECOND;
const PASSING = [408, 429, 500, 502, 503, 504];

/** A 2xx, with its JSON. */
export type Found = { body: unknown; headers: Headers };

/** What `source_refused` and `source_busy` carry, for the door that has better words. */
export type Refusal = {
  /** Null where no answer came. */
  status: number | null;
  /** JSON where it is, else text. */
  body: unknown;
  /** Null where no answer came. */
  headers: Headers | null;
  /** UTC ms from which on it may be asked again; only with `source_busy`. */
  wait_until?: number;
};

/** The budget is used up: the run ends, and nothing is wrong. */
export class OutOfBudget extends Error {}

export class Requests {
  /** How many may still be made. */
  left: number;
  private readonly clock: () => number;

  constructor(budget: number, clock: () => number = Date.now) {
    this.left = budget;
    this.clock = clock;
  }

  /**
   * Throws `Fault('source_busy')` for what passes, with `wait_until` in its details, and
   * `Fault('source_refused')` for any other status; both carry a `Refusal`.
   */
  async get(url: URL, headers: Record<string, string>): Promise<Found> {
    if (this.left <= 0) throw new OutOfBudget();
    this.left -= 1;
    const answer = await this.send(url, headers);
    const text = await answer.text();
    const body = jsonOf(text);
    if (answer.ok && body !== undefined) return { body, headers: answer.headers };
    const { status } = answer;
    const refusal = { status, body: body ?? text.slice(0, 500), headers: answer.headers };
    if (answer.ok || PASSING.includes(status))
      throw this.busy(`${url.host} answered ${status}`, refusal);
    throw new Fault('source_refused', `${url.host} answered ${status}`, refusal);
  }

  private async send(url: URL, headers: Record<string, string>): Promise<Response> {
    try {
      // A redirect would take the credentials elsewhere.
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      return await fetch(url, { headers, signal, redirect: 'manual' });
    } catch (error) {
      const refusal = { status: null, body: null, headers: null, cause: error };
      throw this.busy(`${url.host} did not answer`, refusal);
    }
  }

  private busy(message: string, refusal: Refusal): Fault {
    const given = refusal.headers?.get('retry-after');
    const seconds = given ? Number(given) : Number.NaN;
    const wait = Number.isFinite(seconds) ? seconds * SECOND : PATIENCE_MS;
    const wait_until = this.clock() + Math.max(wait, SECOND);
    return new Fault('source_busy', message, { ...refusal, wait_until });
  }
}
