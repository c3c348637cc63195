/**
 * Attribution as loops that know the rules and no SQL (R8–R8d): which touches stand before a
 * conversion, and what each weighs.
 */
import { DAY } from '../../core/durations.ts';

/** A row of any staging view, by the columns that are read here. */
type Row = Record<
  'contact_id' | 'lead_added_at' | 'is_human' | 'occurred_at' | 'is_connected' | 'amount_minor',
  number
> &
  Record<'purchased_at' | 'is_run_start' | 'effect_ppb', number> &
  Record<
    | 'contact_key'
    | 'message_id'
    | 'event_type'
    | 'call_key'
    | 'source'
    | 'class'
    | 'interaction_key',
    string
  > &
  Record<
    'channel' | 'direction' | 'purchase_key' | 'currency' | 'kind' | 'conversion_type' | 'lookback',
    string
  > &
  Record<
    'channel_origin' | 'campaign_id' | 'outcome' | 'utm_medium' | 'utm_source' | 'utm_campaign',
    string | null
  > &
  Record<'refund_of_key', string | null> &
  Record<'booked_at' | 'started_at', number | null>;
export type Touch = {
  key: string;
  at: number;
  channel: string;
  campaign: string;
  call?: string;
  booking?: boolean;
};
export type Conversion = {
  type: string;
  key: string;
  at: number;
  after: number;
  revenue: number;
  currency: string;
};

export const lookbacks = [
  ['30d', 30 * DAY],
  ['90d', 90 * DAY],
  ['all', Infinity],
] as const;
const asked = ['replied', 'form', 'ebook', 'trial', 'mock_test', 'downloaded', 'attended'];
const paid = ['cpc', 'ppc', 'paid', 'paid_social', 'display'];
const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * What the rules take as given, read from staging: who clicked as a human, which call connected,
 * which receipt opens a run.
 */
export const factsOf = (ask: (sql: string) => Row[], as_of: number) => ({
  currency: ask('select currency from stg_house')[0]!.currency as string,
  contacts: ask('select * from stg_contacts').filter((contact) => contact.lead_added_at <= as_of),
  messages: ask('select * from stg_email_messages'),
  events: ask('select * from stg_email_events'),
  calls: ask('select * from stg_calls'),
  interactions: ask('select * from stg_interactions'),
  purchases: ask(`select stg_purchases.*, is_run_start from stg_purchases
    join int_purchases on int_purchases.purchase_key = stg_purchases.purchase_key`),
  effects: ask('select * from stg_model_results'),
});
type Facts = ReturnType<typeof factsOf>;

const bookedAt = (call: Row): number | null =>
  call.booked_at ?? (call.source === 'discord' && call.class === 'booked' ? call.started_at : null);

/** Everything that may earn credit, in order; the source tag before all else of its instant. */
export function touchesOf(facts: Facts, contact: Row): Touch[] {
  const theirs = (rows: Row[]) =>
    rows.filter(({ contact_id }) => contact_id === contact.contact_id);
  const touches: Touch[] = [];
  for (const { message_id, campaign_id } of theirs(facts.messages))
    for (const [kind, type] of [
      ['click', 'clicked'],
      ['reply', 'replied'],
    ] as const) {
      const events = theirs(facts.events).filter(
        (e) => e.message_id === message_id && e.event_type === type && e.is_human,
      );
      const at = Math.min(...events.map((event) => event.occurred_at));
      if (events.length)
        touches.push({
          key: `${kind} ${message_id}`,
          at,
          channel: 'email',
          campaign: campaign_id ?? 'none',
        });
    }
  for (const call of theirs(facts.calls)) {
    const told = {
      call: call.call_key,
      channel: call.source === 'discord' ? 'whatsapp' : 'call',
      campaign: 'none',
    };
    const booked = bookedAt(call);
    if (booked !== null)
      touches.push({ ...told, key: `booking ${call.call_key}`, at: booked, booking: true });
    if (call.is_connected && call.started_at !== null)
      touches.push({ ...told, key: `call ${call.call_key}`, at: call.started_at });
  }
  for (const { interaction_key, occurred_at, channel, direction, outcome, ...more } of theirs(
    facts.interactions,
  )) {
    const isAnswer =
      direction === 'inbound' &&
      (asked.includes(outcome ?? '') || ['referral', 'event'].includes(channel));
    if (isAnswer || (channel === 'web' && paid.includes(more.utm_medium ?? '')))
      touches.push({
        key: `interaction ${interaction_key}`,
        at: occurred_at,
        campaign: more.campaign_id ?? more.utm_campaign ?? 'none',
        channel: channel === 'web' ? (more.utm_source ?? 'direct') : channel,
      });
  }
  touches.sort((a, b) => a.at - b.at || order(a.key, b.key));
  const at = contact.lead_added_at;
  const tag = {
    key: 'source',
    at,
    channel: contact.channel_origin ?? 'unknown',
    campaign: contact.utm_campaign ?? 'none',
  };
  return touches.toSpliced(touches.filter((touch) => touch.at < at).length, 0, tag);
}

/** What was reached, with the instant after which its path opens. */
export function conversionsOf(facts: Facts, { contact_id, lead_added_at }: Row): Conversion[] {
  const found: Conversion[] = [];
  const free = { revenue: 0, currency: facts.currency };
  found.push({ ...free, type: 'lead', key: 'lead', at: lead_added_at, after: -1 });
  const calls = facts.calls.filter(
    (call) => call.contact_id === contact_id && bookedAt(call) !== null,
  );
  let after = -1;
  for (const call of calls.sort(
    (a, b) => bookedAt(a)! - bookedAt(b)! || order(a.call_key, b.call_key),
  )) {
    found.push({ ...free, type: 'booking', key: call.call_key, at: bookedAt(call)!, after });
    after = bookedAt(call)!;
  }
  const rows = facts.purchases.filter((purchase) => purchase.contact_id === contact_id);
  const sales = rows.filter(({ kind }) => kind !== 'refund');
  sales.sort((a, b) => a.purchased_at - b.purchased_at || order(a.purchase_key, b.purchase_key));
  for (const [
    n,
    { purchase_key: key, purchased_at: at, currency, amount_minor, is_run_start },
  ] of sales.entries()) {
    const refunds = rows.filter((row) => row.kind === 'refund' && row.refund_of_key === key);
    const revenue = refunds.reduce((sum, refund) => sum + refund.amount_minor, amount_minor);
    const type = n === 0 ? 'first_purchase' : 'repeat_purchase';
    if (n === 0 || is_run_start)
      found.push({
        type,
        key,
        at,
        revenue,
        currency,
        after: n === 0 ? -1 : sales[n - 1]!.purchased_at,
      });
  }
  return found;
}

const isUnknown = ({ key, channel }: Touch): boolean => key === 'source' && channel === 'unknown';
/** An unknown source tag counts only where nothing else does. */
export const known = (touches: Touch[]): Touch[] =>
  touches.every(isUnknown) ? touches : touches.filter((t) => !isUnknown(t));

/**
 * A whole in parts by weight: floors, then one more to the largest remainders, ties by position;
 * less than nothing mirrored.
 */
export function parts(whole: number, weights: number[]): number[] {
  const size = BigInt(Math.abs(whole));
  const sum = weights.reduce((a, weight) => a + BigInt(weight), 0n);
  const cut = weights.map((weight) => BigInt(weight) * size);
  const taken = cut.map((part) => part / sum);
  const left = Number(size - taken.reduce((a, b) => a + b, 0n));
  const last = cut
    .map((part, i) => ({ i, over: part % sum }))
    .sort((a, b) => Number(b.over - a.over) || a.i - b.i);
  for (const { i } of last.slice(0, left)) taken[i]! += 1n;
  return taken.map((part) => Math.sign(whole) * Number(part) || 0);
}

export const roles = (path: Touch[], leadAt: number) => ({
  first: 0,
  lead: path.findLastIndex(({ at }) => at <= leadAt),
  opportunity: path.findIndex(({ booking }) => booking),
  close: path.length - 1,
});
export type Role = keyof ReturnType<typeof roles>;
const shapes: Record<string, [parts: Partial<Record<Role, number>>, rest: number]> = {
  u_shaped: [{ first: 40, close: 40 }, 20],
  w_shaped: [{ first: 30, lead: 30, opportunity: 30 }, 10],
  full_path: [{ first: 45, lead: 45, opportunity: 45, close: 45 }, 20],
  j_shaped: [{ first: 20, close: 60 }, 20],
  inverse_j: [{ first: 60, close: 20 }, 20],
};
const only = (path: Touch[], place: number): number[] => path.map((_, i) => (i === place ? 1 : 0));
const simple: Record<string, (path: Touch[]) => number[]> = {
  first: (path) => only(path, 0),
  last: (path) => only(path, path.length - 1),
  last_non_direct: (path) => {
    const place = path.findLastIndex(({ channel }) => channel !== 'direct');
    return only(path, place < 0 ? path.length - 1 : place);
  },
  linear: (path) => path.map(() => 1),
  time_decay: (path) =>
    path.map(({ at }) => Math.round(1e9 * 0.5 ** ((path.at(-1)!.at - at) / (7 * DAY)))),
  // 2520 is whole however often, up to ten times, a channel stands on a path.
  shapley: (path) =>
    path.map(({ channel }) => 2520 / path.filter((touch) => touch.channel === channel).length),
};

/** Whole-number weights of a path's touches. */
export function weights(
  model: string,
  path: Touch[],
  leadAt: number,
  effectOf: (channel: string) => number,
): number[] {
  if (simple[model]) return simple[model](path);
  if (model === 'markov_1') {
    const effects = path.map(({ channel }) => effectOf(channel));
    return effects.some(Boolean) ? effects : path.map(() => 1);
  }
  const [shape, rest] = shapes[model]!;
  const places = roles(path, leadAt);
  const held = path.map((_, i) =>
    (Object.keys(shape) as Role[]).reduce(
      (sum, role) => sum + (places[role] === i ? shape[role]! : 0),
      0,
    ),
  );
  const others = held.filter((weight) => weight === 0).length || 1;
  return held.map((weight) => (weight > 0 ? weight * others : rest));
}

/** The models that need nothing learnt. */
export const rulesAndShapley = [...Object.keys(simple), ...Object.keys(shapes)];
