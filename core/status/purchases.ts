/** What a contact has bought so far: refunds, completions and running subscriptions (G1, F8). */
import type { ContactEvent } from './contact-event.ts';

type Standing = { event: ContactEvent; completed: boolean };

export class Purchases {
  readonly #bought: ContactEvent[] = [];
  readonly #refunds = new Map<string, number>();
  readonly #completed = new Set<string>();

  /**
   * Applies a purchase, receipt, refund or completion, in chronological order; ignores other
   * events.
   */
  apply(event: ContactEvent): void {
    if (event.event === 'purchased' || event.event === 'receipt') this.#bought.push(event);
    if (event.event === 'completed' && event.subject) this.#completed.add(event.subject);
    if (event.event === 'refunded' && event.subject)
      this.#refunds.set(
        event.subject,
        (this.#refunds.get(event.subject) ?? 0) - (event.amount_minor ?? 0),
      );
  }

  /** At least one unrefunded purchase (G1). */
  get paid(): boolean {
    return this.#standing().length > 0;
  }

  /** An unrefunded one-off purchase is not yet completed. */
  get underWay(): boolean {
    return this.#standing().some(
      ({ event, completed }) => event.event === 'purchased' && !completed,
    );
  }

  /** A subscription runs at `instant`: receipts of one product and currency, until its end (F8). */
  runs(instant: number): boolean {
    return this.ends().some((end) => instant < end);
  }

  /** The known end of each subscription's last run, in UTC milliseconds. */
  ends(): number[] {
    const lines = new Map<string, ContactEvent>();
    for (const { event } of this.#standing())
      if (event.event === 'receipt') lines.set(event.subject, event);
    return [...lines.values()].map((last) => last.runs_until ?? last.occurred_at);
  }

  /**
   * A purchase is refunded when refunds that name it reach its amount; one of amount 0 when a
   * refund names it (G1).
   */
  #standing(): Standing[] {
    return this.#bought
      .filter(({ event_key, amount_minor }) => {
        const refunded = this.#refunds.get(event_key);
        return refunded === undefined || refunded < (amount_minor ?? 0);
      })
      .map((event) => ({ event, completed: this.#completed.has(event.event_key) }));
  }
}
