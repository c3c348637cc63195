/**
 * A person's history worked out the slow way, apart from the fold: at every instant at which
 * something may have changed, the state is asked for anew, of everything that had happened by then
 * (section 3, section 4, P5, L1–L6).
 */
import { DAY } from '../../core/durations.ts';

export type Row = Record<string, string | number | null>;
/** Rows of one contact, of the staging views of those names. */
export type Told = Record<
  | 'contacts'
  | 'messages'
  | 'email_events'
  | 'calls'
  | 'interactions'
  | 'purchases'
  | 'runs'
  | 'statements'
  | 'suppressions'
  | 'enrolments',
  Row[]
>;

type Moment = {
  at: number;
  /** Decides between two that a person set at one instant. */
  key?: string;
  touch?: boolean;
  active?: boolean;
  lift?: string | undefined;
  stage?: string | undefined;
  bought?: boolean;
  status?: string | null;
  byHand?: string | null;
  stop?: boolean;
};

const SILENCE_MS = 90 * DAY;
const statuses = ['customer', 'alumni', 'dormant', 'hot', 'warm', 'engaged', 'cold'];
const stages = ['new', 'contacted', 'replied', 'scheduled', 'called', 'proposal', 'closed_won'];
const lifts: Record<string, string> = {
  visited_pricing: 'hot',
  replied: 'hot',
  converted: 'hot',
  booked: 'hot',
  attended: 'warm',
  trial: 'warm',
  mock_test: 'warm',
  downloaded: 'warm',
  ebook: 'warm',
};
const moves: Record<string, string> = {
  replied: 'replied',
  converted: 'replied',
  booked: 'scheduled',
};

const isInstant = (at: unknown): at is number => typeof at === 'number';
const completedAt = (sale: Row) =>
  sale.is_completed ? Number(sale.completed_at ?? sale.purchased_at) : null;

function callMoments(call: Row): Moment[] {
  const { booked_at, started_at, completed_at, outcome } = call;
  const discord = call.source === 'discord';
  const happened = call.class !== 'no_call';
  const touch = happened && (call.direction === 'outbound' || discord);
  const active = happened && (call.direction === 'inbound' || call.is_connected === 1);
  const byHand = isInstant(booked_at) || (call.source !== 'aircall' && !discord);
  const ended = Number(completed_at ?? started_at ?? booked_at);
  const told: Record<string, Moment> = {
    proposal_sent: { at: ended, stage: 'proposal' },
    closed_won: { at: ended, stage: 'closed_won' },
    closed_lost: { at: ended, key: String(call.call_key), byHand: 'closed_lost' },
  };
  return [
    ...(isInstant(started_at)
      ? [{ at: started_at, touch, active, stage: touch ? 'contacted' : undefined }]
      : []),
    ...(isInstant(booked_at)
      ? [{ at: booked_at, active: true, lift: 'hot', stage: 'scheduled' }]
      : []),
    ...(isInstant(completed_at) && byHand
      ? [{ at: completed_at, active: true, stage: 'called' }]
      : []),
    ...(told[String(outcome)] ? [told[String(outcome)]!] : []),
  ];
}

function mailMoment(event: Row): Moment {
  const at = Number(event.occurred_at);
  if (event.event_type === 'replied') return { at, active: true, lift: 'hot', stage: 'replied' };
  if (event.event_type === 'clicked') return { at, active: true, lift: 'engaged' };
  return event.event_type === 'opened' ? { at, lift: 'engaged' } : { at };
}

function met({ occurred_at, outcome, direction }: Row): Moment {
  const touch = direction === 'outbound';
  const answered = outcome !== null && outcome !== 'no_response';
  const stage = moves[String(outcome)] ?? (touch ? 'contacted' : undefined);
  return {
    at: Number(occurred_at),
    touch,
    active: !touch || answered,
    lift: lifts[String(outcome)],
    stage,
  };
}

const momentsOf = (told: Told): Moment[] =>
  [
    ...told.contacts.map(
      (row): Moment => ({ at: Number(row.lead_added_at ?? Number.POSITIVE_INFINITY) }),
    ),
    ...told.messages
      .filter(({ sent_at }) => isInstant(sent_at))
      .map(({ sent_at, email_type }): Moment => {
        return {
          at: Number(sent_at),
          touch: true,
          stage: email_type === 'proposal' ? 'proposal' : 'contacted',
        };
      }),
    ...told.email_events.filter(({ is_human }) => is_human === 1).map(mailMoment),
    ...told.calls.flatMap(callMoments),
    ...told.interactions.map(met),
    ...told.purchases.map(({ kind, purchased_at }): Moment => {
      const bought = kind !== 'refund';
      return {
        at: Number(purchased_at),
        bought,
        active: bought,
        stage: bought ? 'closed_won' : undefined,
      };
    }),
    ...told.purchases.map(
      (sale): Moment => ({ at: completedAt(sale) ?? Number.POSITIVE_INFINITY }),
    ),
    ...told.statements.flatMap((row): Moment[] => [
      {
        at: Number(row.observed_at),
        key: String(row.observation_key),
        status: row.lead_status as string,
        byHand: row.sales_stage as string,
      },
      ...(isInstant(row.last_contact_at)
        ? [{ at: row.last_contact_at, touch: true, stage: 'contacted' }]
        : []),
    ]),
    ...told.suppressions.map(({ suppressed_at, reason }): Moment => {
      return { at: Number(suppressed_at), stop: reason !== 'hard_bounce' };
    }),
    ...told.enrolments.map(({ enrolled_at }): Moment => ({ at: Number(enrolled_at) })),
  ]
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));

/** What the purchases alone say at an instant. */
function paidStatus({ purchases, runs }: Told, at: number): string | null {
  const past = purchases.filter(({ purchased_at }) => Number(purchased_at) <= at);
  const standing = past.filter(({ kind, purchase_key, amount_minor }) => {
    const refunds = past.filter(
      (row) => row.kind === 'refund' && row.refund_of_key === purchase_key,
    );
    const back = refunds.reduce((sum, row) => sum - Number(row.amount_minor), 0);
    return kind !== 'refund' && (refunds.length === 0 || back < Number(amount_minor));
  });
  const lines = Map.groupBy(
    standing.filter(({ kind }) => kind === 'subscription'),
    ({ product_name, currency }) => `${product_name} ${currency}`,
  );
  const isRunning = [...lines.values()].some((receipts) => {
    const last = receipts.at(-1)!;
    return (
      at < Number(runs.find(({ purchase_key }) => purchase_key === last.purchase_key)!.runs_until)
    );
  });
  const isUnderWay = standing.some(
    (sale) => sale.kind === 'one_off' && !((completedAt(sale) ?? at + 1) <= at),
  );
  if (isRunning || isUnderWay) return 'customer';
  return standing.length > 0 ? 'alumni' : null;
}

function statusAt(told: Told, moments: Moment[], at: number): string {
  const past = moments.filter((moment) => moment.at <= at);
  const touched = past.find(({ touch }) => touch)?.at ?? Number.NEGATIVE_INFINITY;
  const active = past.findLast((moment) => moment.active)?.at ?? Number.NEGATIVE_INFINITY;
  const isSilent =
    at - Math.max(touched, active) >= SILENCE_MS && Number.isFinite(Math.max(touched, active));
  const lifted =
    ['hot', 'warm', 'engaged'].find((status) => past.some(({ lift }) => lift === status)) ?? 'cold';
  const derived = paidStatus(told, at) ?? (isSilent ? 'dormant' : lifted);
  const said = past.filter(({ status }) => status);
  const news = said.filter(({ status }, i) => status !== said[i - 1]?.status).at(-1);
  if (!news || (news.status === 'dormant' && active > news.at)) return derived;
  return statuses.indexOf(news.status!) < statuses.indexOf(derived) ? news.status! : derived;
}

function stageAfter(from: string, together: Moment[]): string {
  const rungs = together.map(({ stage }) => stages.indexOf(stage ?? 'new'));
  const higher = stages[Math.max(stages.indexOf(from), ...rungs)]!;
  const moved =
    from !== 'closed_lost' ? higher : together.some(({ bought }) => bought) ? 'closed_won' : from;
  return together.findLast(({ byHand }) => byHand)?.byHand ?? moved;
}

/** Lines of `field instant from>to`, in no order. */
export function naiveHistory(told: Told): string[] {
  const moments = momentsOf(told);
  const opens = moments[0]?.at ?? Number.POSITIVE_INFINITY;
  const turns = [
    ...moments.flatMap(({ at }) => [at, at + SILENCE_MS]),
    ...told.runs.map(({ runs_until }) => Number(runs_until)),
  ].filter((at) => at >= opens && at < Number.MAX_SAFE_INTEGER);
  const lines: string[] = [];
  let status = 'null';
  for (const at of [...new Set(turns)].sort((a, b) => a - b)) {
    const next = statusAt(told, moments, at);
    if (next !== status) lines.push(`lead_status ${at} ${status}>${next}`);
    status = next;
  }
  let stage = 'null';
  for (const [at, together] of Map.groupBy(moments, (moment) => moment.at)) {
    const next = stageAfter(stage === 'null' ? 'new' : stage, together);
    if (next !== stage) lines.push(`sales_stage ${at} ${stage}>${next}`);
    stage = next;
  }
  const stop = moments.find((moment) => moment.stop);
  return stop ? [...lines, `unsubscribed ${stop.at} 0>1`] : lines;
}
