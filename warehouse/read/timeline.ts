/** The stored facts of one contact as lines of one timeline. */
import { label } from '../../core/display/labels.ts';
import type { Person, TimelineEvent } from '../../core/pages/person.ts';

/** A row that is a line already. */
export type Plain = TimelineEvent & { tie: string };

export type CallRow = {
  source: string;
  class: string;
  booked_at: number | null;
  scheduled_at: number | null;
  started_at: number | null;
  completed_at: number | null;
  cancelled_at: number | null;
  duration_s: number | null;
  agent: string | null;
  outcome: string | null;
  next_steps: string | null;
  notes: string | null;
};

type Bought = {
  kind: string;
  amount_minor: number;
  currency: string;
  purchased_at: number;
  product_name: string;
  completed_at: number | null;
  agent: string | null;
};

type Changed = {
  occurred_at: number;
  field: string;
  from_value: string | null;
  to_value: string;
  cause: string;
  rule_id: string;
};

const attempts: Record<string, string> = {
  done: 'call_connected',
  connected: 'call_connected',
  booked: 'call_connected',
  voicemail: 'call_voicemail',
  no_call: 'call_skipped',
};

/** A call has up to four instants, each a line of its own (A2). */
export function callEvents(call: CallRow): TimelineEvent[] {
  const { agent } = call;
  const told = [
    call.outcome && label(call.outcome),
    call.notes,
    call.next_steps && `next: ${call.next_steps}`,
  ];
  const detail = told.filter(Boolean).join(' · ') || null;
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

function purchased(purchase: Bought): TimelineEvent[] {
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

const changed = (change: Changed): TimelineEvent[] =>
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
  mail: Plain[];
  interactions: Plain[];
  purchases: Bought[];
  changes: Changed[];
  suppressions: Person['suppressions'];
  campaigns: Person['campaigns'];
  lead_added_at: number | null;
}): TimelineEvent[] {
  const lines = [...facts.mail, ...facts.interactions].map(({ tie: _, ...line }) => line);
  return [
    ...lines,
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
