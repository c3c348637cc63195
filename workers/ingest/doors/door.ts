/**
 * A door is one value: what one provider tells, whether it sends it or is asked for it, and how
 * that is read (architecture decision 14).
 */
import type { z } from 'zod';
import type { Config } from '../../../core/config.ts';
import type { Fact } from '../../../core/facts/fact.ts';
import type { Requests } from '../polls/requests.ts';

/** One thing that a provider reports. It is read, kept in quarantine and replayed by itself. */
export type DoorEvent = {
  /** The provider's own id for it, the same in every delivery of it. */
  id: string;
  /** Which account of the provider it is of, where the door serves several. */
  account?: string;
  /** Text that the door's `facts` can read, today or when it is replayed. */
  body: string;
};

/** What one verified request holds; a batch holds many events. */
export type Delivery = {
  events: DoorEvent[];
  /** What the provider has to hear, such as a challenge; else how many events were received. */
  answer?: Record<string, unknown>;
};

type Settings = Record<string, z.ZodType>;

/** What the provider sends to `POST /webhooks/<door>`. */
export type Webhook<Secrets extends Settings> = {
  /** A larger body is refused before it is read. */
  maxBytes: number;
  /** Throws `Fault('bad_signature')` unless the provider sent exactly these bytes. */
  verify(request: Request, secrets: Config<Secrets>): Delivery | Promise<Delivery>;
};

/** What a poll has to work with. */
export type PollContext = {
  account: string;
  /** UTC ms. */
  now: number;
  requests: Requests;
  db: D1Database;
};

/** One page of a poll. */
export type PollStep<Cursor> = {
  events: DoorEvent[];
  /** Where the next step goes on: JSON, kept once the facts of `events` are durable. */
  cursor: Cursor;
  /** Whether there is nothing more to fetch at present. */
  isIdle: boolean;
};

/** What the provider is asked for on a schedule, account by account. */
export type Poll<Secrets extends Settings, Cursor> = {
  /** When it is due, in UTC; `wrangler.jsonc` has it, too. */
  cron: string;
  /** A cron fires once a minute at most: the run is made again so many ms after it began. */
  again_after_ms?: number;
  /** The most requests that one run makes for an account. */
  budget(secrets: Config<Secrets>): number;
  /**
   * Fetches one page. `cursor` is that of the step before, null at the very first. It may be given
   * the same cursor again, after a crash or by a run beside it, and must then lose nothing. Throws
   * a fault that says what is wrong and how to put it right; the next run goes on from `cursor`.
   */
  next(
    cursor: Cursor | null,
    context: PollContext,
    secrets: Config<Secrets>,
  ): Promise<PollStep<Cursor>>;
};

// biome-ignore lint/suspicious/noExplicitAny: a registry holds doors of every cursor.
export type Door<Secrets extends Settings = Settings, Cursor = any> = {
  /** Its name in quarantine and in `status`, and the end of its address. */
  name: string;
  provider: string;
  /** Settings of its own, each with a description; without a required one the door is off. */
  secrets: Secrets;
  /** The accounts that its secrets are for, where it serves several. */
  accounts?(secrets: Config<Secrets>): string[];
  webhook?: Webhook<Secrets>;
  poll?: Poll<Secrets, Cursor>;
  /**
   * The facts of one event; none where it says nothing that the house keeps. `now` is UTC ms. It
   * may fetch what the delivery only names. Throws `Fault('unknown_event')` for what it cannot
   * read; `source_busy` or `source_refused` where it cannot fetch, and the event waits and is read
   * again every minute; any other fault with the retry bit where the provider should send the whole
   * delivery again.
   */
  facts(event: DoorEvent, now: number, secrets: Config<Secrets>): Fact[] | Promise<Fact[]>;
  /**
   * What the provider calls an event that held no fact, such as `contact.created`: `status` shows
   * how many of each type came in. Where it is undefined the event is not counted, which is right
   * for what a poll fetches again and again. An event of a type that the house never heard of is
   * no fault where it says nothing that the house keeps: give it no facts, and it is counted here.
   */
  typeOf?(event: DoorEvent): string | undefined;
  /** What is off though the door is on, and the setting that switches it on. */
  lacks?(secrets: Config<Secrets>): string | undefined;
};

/** A door whose functions are checked against the secrets that it names. */
export const defineDoor = <Secrets extends Settings, Cursor>(door: Door<Secrets, Cursor>): Door =>
  door as unknown as Door;
