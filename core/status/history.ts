/**
 * The history of status, stage and unsubscribed: one fold over a contact's events (P5).
 * Home of P5.
 */
import { type ContactEvent, inOrder } from './contact-event.ts';
import {
  inTime,
  Lifecycle,
  type LifecycleRules,
  type LifecycleStatus,
  lifecycleCause,
} from './lifecycle.ts';
import { moveStage, type SalesStage } from './pipeline.ts';

export type StatusChange = {
  field: 'lead_status' | 'sales_stage' | 'unsubscribed';
  /** UTC milliseconds; in the future if the change is written ahead. */
  occurred_at: number;
  from_value: string | null;
  to_value: string;
  /** The event that decided it, or `silence` or `lapsed` if time did, or `opened`. */
  cause: string;
  rule_id: string;
};

/**
 * Every change of one contact's three state columns, in chronological order. The events may come in
 * any order; those of one instant act together and leave at most one row per field. The history
 * opens at the first event with (cold, new), or with the state after that instant. Dormancy and the
 * end of a subscription have the instant at which they fall due, so a reader takes the rows up to
 * its own instant.
 */
export function statusHistory(events: ContactEvent[], rules: LifecycleRules): StatusChange[] {
  const changes: StatusChange[] = [];
  const lifecycle = new Lifecycle(rules);
  let status: LifecycleStatus | null = null;
  let stage: SalesStage | null = null;
  let unsubscribed = false;

  const passTime = (after: number, before: number): void => {
    for (const due of [...new Set(lifecycle.due())].sort((a, b) => a - b)) {
      if (due <= after || due >= before) continue;
      const next = lifecycle.at(due);
      if (next === status) continue;
      const why = next === 'dormant' ? inTime.dormant : inTime.alumni;
      changes.push({
        field: 'lead_status',
        occurred_at: due,
        from_value: status,
        to_value: next,
        ...why,
      });
      status = next;
    }
  };

  let last = Number.POSITIVE_INFINITY;
  for (const together of byInstant(events)) {
    const occurred_at = together[0]!.occurred_at;
    passTime(last, occurred_at);
    lifecycle.apply(together);
    const next = lifecycle.at(occurred_at);
    if (next !== status) {
      const why = next === 'cold' && status === null ? OPENED : lifecycleCause(next, together);
      changes.push({
        field: 'lead_status',
        occurred_at,
        from_value: status,
        to_value: next,
        ...why,
      });
      status = next;
    }
    const { stage: to_value, ...why } = moveStage(stage ?? 'new', together);
    if (to_value !== stage) {
      const cause = why.cause ? why : OPENED;
      changes.push({ field: 'sales_stage', occurred_at, from_value: stage, to_value, ...cause });
      stage = to_value;
    }
    const stop = together.find(({ event }) => event === 'unsubscribed');
    if (stop && !unsubscribed) {
      const cause = stop.detail || stop.event;
      changes.push({
        field: 'unsubscribed',
        occurred_at,
        from_value: '0',
        to_value: '1',
        cause,
        rule_id: 'L4',
      });
      unsubscribed = true;
    }
    last = occurred_at;
  }
  passTime(last, Number.POSITIVE_INFINITY);
  return changes;
}

const OPENED = { cause: 'opened', rule_id: 'P5' };

function byInstant(events: ContactEvent[]): ContactEvent[][] {
  const groups: ContactEvent[][] = [];
  for (const event of [...events].sort(inOrder)) {
    const group = groups.at(-1);
    if (group && group[0]!.occurred_at === event.occurred_at) group.push(event);
    else groups.push([event]);
  }
  return groups;
}
