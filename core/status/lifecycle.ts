/**
 * The lifecycle status of rules section 3: a pure function of what happened so far and an instant.
 * Home of L2.
 */
import { ladders } from '../rules/config.ts';
import type { ContactEvent, EventName } from './contact-event.ts';
import { Purchases } from './purchases.ts';

export const lifecycleStatuses = [...ladders.lifecycle.stages, 'dormant'] as const;
export type LifecycleStatus = (typeof lifecycleStatuses)[number];

/**
 * The highest that applies is the status; on the ladder of how far people came, alumni are above
 * customers (R9).
 */
const fromTheTop: readonly LifecycleStatus[] = [
  'customer',
  'alumni',
  'dormant',
  'hot',
  'warm',
  'engaged',
  'cold',
];

/**
 * Which events lift a contact without a purchase, and how high. Opens never lift above engaged
 * (L2).
 */
const evidence: Partial<Record<EventName, LifecycleStatus>> = {
  visited_pricing: 'hot',
  replied: 'hot',
  converted: 'hot',
  booked: 'hot',
  attended: 'warm',
  downloaded: 'warm',
  opened: 'engaged',
  clicked: 'engaged',
};

export const isLifecycleStatus = (text: string): text is LifecycleStatus =>
  lifecycleStatuses.includes(text as LifecycleStatus);

const higher = (a: LifecycleStatus, b: LifecycleStatus): LifecycleStatus =>
  fromTheTop.indexOf(a) <= fromTheTop.indexOf(b) ? a : b;

export type LifecycleRules = { dormant_after_ms: number };

export class Lifecycle {
  readonly #rules: LifecycleRules;
  readonly #purchases = new Purchases();
  #lifted: LifecycleStatus = 'cold';
  #firstTouch: number | null = null;
  #lastActivity: number | null = null;
  #asserted: { value: LifecycleStatus; holds: boolean } | null = null;

  constructor(rules: LifecycleRules) {
    this.#rules = rules;
  }

  /** Applies all events of one instant together (P5), in the order of their keys. */
  apply(events: ContactEvent[]): void {
    for (const event of events) {
      this.#purchases.apply(event);
      const lift = evidence[event.event];
      if (lift) this.#lifted = higher(this.#lifted, lift);
      if (event.is_touch) this.#firstTouch ??= event.occurred_at;
      if (event.is_activity) this.#lastActivity = event.occurred_at;
    }
    // A stated dormant holds until the next activity (L6); an activity at the very instant of the
    // statement does not count.
    if (this.#asserted?.value === 'dormant' && events.some((event) => event.is_activity))
      this.#asserted.holds = false;
    for (const { event, detail } of events)
      if (
        event === 'stated_status' &&
        isLifecycleStatus(detail) &&
        detail !== this.#asserted?.value
      )
        this.#asserted = { value: detail, holds: true };
  }

  /** The status at `instant` (UTC ms), if nothing else happens until then. */
  at(instant: number): LifecycleStatus {
    const derived = this.#derived(instant);
    return this.#asserted?.holds ? higher(this.#asserted.value, derived) : derived;
  }

  /**
   * Instants at which the status may change without an event: dormancy and the end of a
   * subscription (P5).
   */
  due(): number[] {
    const silence = this.#dormantFrom();
    return [...this.#purchases.ends(), ...(silence === null ? [] : [silence])];
  }

  #derived(instant: number): LifecycleStatus {
    if (this.#purchases.underWay || this.#purchases.runs(instant)) return 'customer';
    if (this.#purchases.paid) return 'alumni';
    const silence = this.#dormantFrom();
    return silence !== null && instant >= silence ? 'dormant' : this.#lifted;
  }

  /**
   * Counted from the first touch, since touching someone who never answers is not a sign of life.
   */
  #dormantFrom(): number | null {
    if (this.#lastActivity === null && this.#firstTouch === null) return null;
    const { dormant_after_ms } = this.#rules;
    return (
      Math.max(this.#lastActivity ?? this.#firstTouch!, this.#firstTouch ?? this.#lastActivity!) +
      dormant_after_ms
    );
  }
}

type Cause = { cause: string; rule_id: string };
/** Changes by time alone, which may coincide with an event. */
export const inTime = {
  dormant: { cause: 'silence', rule_id: 'L1' },
  alumni: { cause: 'lapsed', rule_id: 'F8' },
} as const satisfies Partial<Record<LifecycleStatus, Cause>>;

/**
 * Why the status became `status` through events of one instant: the event that decides it, and its
 * rule.
 */
export function lifecycleCause(status: LifecycleStatus, events: ContactEvent[]): Cause {
  const first = (test: (event: ContactEvent) => boolean) => events.find(test)?.event;
  const bought = first(({ event }) => event === 'purchased' || event === 'receipt');
  if (bought && status === 'customer') return { cause: bought, rule_id: 'F8' };
  if (bought && status === 'alumni') return { cause: bought, rule_id: 'G1' };
  const refunded = first(({ event }) => event === 'refunded' || event === 'completed');
  if (refunded && !bought)
    return { cause: refunded, rule_id: refunded === 'refunded' ? 'G1' : 'F8' };
  const lifted = first(({ event }) => evidence[event] === status);
  if (lifted) return { cause: lifted, rule_id: status === 'engaged' ? 'L2' : 'L5' };
  const stated = events.filter(({ event }) => event === 'stated_status');
  if (stated.some(({ detail }) => detail === status))
    return { cause: 'stated_status', rule_id: 'L6' };
  const activity = first((event) => event.is_activity === 1);
  const due = status === 'dormant' || status === 'alumni' ? inTime[status] : undefined;
  if (activity && !due) return { cause: activity, rule_id: 'L1' };
  // A new statement ends the one before, so the status from the facts applies again.
  if (stated.length > 0) return { cause: 'stated_status', rule_id: 'L6' };
  return due ?? { cause: bought ?? events[0]!.event, rule_id: 'P5' };
}
