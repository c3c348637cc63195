/** The stored facts of one contact as lines of one timeline. */
import { label } from '../../core/display/labels.ts';
import { writtenPart } from '../../core/mail/written-part.ts';
import type { Person, TimelineEvent } from '../../core/pages/person.ts';
import type { calls, purchases, statusChanges } from '../schema/index.ts';

type WithAgent = { agent: string | null };
/** `source`: the provider of the call, or manual. */
export type CallRow = typeof calls.$inferSelect & WithAgent & { source: string };
type PurchaseRow = typeof purchases.$inferSelect & WithAgent;
type ChangeRow = typeof statusChanges.$inferSelect;

const attempts: Record<string, string> = {
  done: 'call_connected',
  connected: 'call_connected',
  booked: 'call_connected',
  voicemail: 'call_voicemail',
  no_call: 'call_skipped',
};

/** Mail from them with what it says, as far as that is known. */
export function mailEvents(
  events: (TimelineEvent & { event_id: string })[],
  texts: { event_id: string; text: string }[],
): TimelineEvent[] {
  const known = new Map(texts.map(({ event_id, text }) => [event_id, text]));
  return events.map(({ event_id, ...event }) => {
    const whole_text = known.get(event_id);
    if (whole_text === undefined) return event;
    const text = writtenPart(whole_text);
    return { ...event, text, ...(text === whole_text ? {} : { whole_text }) };
  });
}

/** A call has up to four instants, each a line of its own (A2). */
export function callEvents(call: CallRow): TimelineEvent[] {
  const { agent } = call;
  const parts = [
    call.outcome && label(call.outcome),
    call.notes,
    call.next_steps && `next: ${call.next_steps}`,
  ];
  const detail = parts.filter(Boolean).join(' · ') || null;
  const lines: [number | null, string, Partial<TimelineEvent>][] = [
    [call.booked_at, 'call_booked', {}],
    [
      call.started_at,
      attempts[call.class] ?? 'call_attempted',
      { duration_s: call.duration_s, ...(call.completed_at ? {} : { detail }) },
    ],
    [
      call.completed_at,
      'call_completed',
      { detail, ...(call.started_at ? {} : { duration_s: call.duration_s }) },
    ],
    [call.cancelled_at, 'call_cancelled', {}],
  ];
  return lines.flatMap(([occurred_at, event, more]) =>
    occurred_at === null
      ? []
      : [{ occurred_at, event, detail: null, agent, channel: call.source, ...more }],
  );
}

const events: Record<string, string> = {
  refund: 'refund',
  subscription: 'receipt',
  one_off: 'purchase',
};

function purchased(purchase: PurchaseRow): TimelineEvent[] {
  const { amount_minor, currency, product_name: detail, agent } = purchase;
  return [
    {
      occurred_at: purchase.purchased_at,
      event: events[purchase.kind] ?? 'purchase',
      detail,
      agent,
      amount_minor,
      currency,
    },
    ...(purchase.completed_at
      ? [{ occurred_at: purchase.completed_at, event: 'training_completed', detail }]
      : []),
  ];
}

const fields: Record<string, string> = {
  lead_status: 'status_change',
  sales_stage: 'stage_change',
};

const changed = (change: ChangeRow): TimelineEvent[] =>
  fields[change.field]
    ? [
        {
          occurred_at: change.occurred_at,
          event: fields[change.field]!,
          detail: change.from_value
            ? `${label(change.from_value)} → ${label(change.to_value)}`
            : label(change.to_value),
          rule_id: change.rule_id,
        },
      ]
    : [];

/** Everything but calls. */
export function otherEvents(facts: {
  mail: TimelineEvent[];
  interactions: TimelineEvent[];
  purchases: PurchaseRow[];
  changes: ChangeRow[];
  suppressions: Person['suppressions'];
  campaigns: Person['campaigns'];
  lead_added_at: number | null;
}): TimelineEvent[] {
  return [
    ...facts.mail,
    ...facts.interactions,
    ...facts.purchases.flatMap(purchased),
    ...facts.changes.flatMap(changed),
    ...facts.suppressions.map((stop) => ({
      occurred_at: stop.suppressed_at,
      event: 'suppression',
      detail: `${label(stop.reason)}: ${stop.address}`,
    })),
    ...facts.campaigns.map((campaign) => ({
      occurred_at: campaign.enrolled_at,
      event: 'enrolled',
      detail: campaign.name,
    })),
    ...(facts.lead_added_at === null
      ? []
      : [{ occurred_at: facts.lead_added_at, event: 'lead_added', detail: null }]),
  ];
}
