/** A door is one value: what one provider sends to `POST /webhooks/<name>`, and how it is read. */
import type { z } from 'zod';
import type { Config } from '../../../core/config.ts';
import type { Fact } from '../../../core/facts/fact.ts';

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

export type Door<Secrets extends Settings = Settings> = {
  /** The end of its address, and its name in quarantine. */
  name: string;
  provider: string;
  /** A larger body is refused before it is read. */
  maxBytes: number;
  /** Settings of its own, each with a description; without a required one the door is off. */
  secrets: Secrets;
  /** The accounts that its secrets are for, where it serves several. */
  accounts?(secrets: Config<Secrets>): string[];
  /** Throws `Fault('bad_signature')` unless the provider sent exactly these bytes. */
  verify(request: Request, secrets: Config<Secrets>): Delivery | Promise<Delivery>;
  /**
   * The facts of one event; none where it says nothing that the house keeps. `now` is UTC ms. It
   * may fetch what the delivery only names. Throws `Fault('unknown_event')` for what it cannot
   * read, and a fault with the retry bit where the provider should send the whole delivery again.
   */
  facts(event: DoorEvent, now: number, secrets: Config<Secrets>): Fact[] | Promise<Fact[]>;
};

/** A door whose functions are checked against the secrets that it names. */
export const defineDoor = <Secrets extends Settings>(door: Door<Secrets>): Door =>
  door as unknown as Door;
