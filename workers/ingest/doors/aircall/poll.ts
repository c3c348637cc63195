/**
 * A poll goes through the calls of an account from 26 hours back, since Aircall names no changes:
 * calls end, are rewritten minutes later, and get a recording within a day. Then it asks for all
 * calls of some leads, those that it asked for longest ago first, which mends what the round could
 * not see (A1).
 */
import { DAY, HOUR, SECOND } from '../../../../core/durations.ts';
import { Fault } from '../../../../core/faults.ts';
import type { DoorEvent, PollStep } from '../door.ts';
import { facts } from './facts.ts';
import { leadsInTurn, type Turn } from './leads.ts';
import { type Aircall, callsAfter, callsWith, MOST_PAGES, PER_PAGE, respect } from './requests.ts';
import { eventOf, idOf } from './sighting.ts';

/** A day for the recording, and two hours for the call. */
const LOOKBACK = 26 * HOUR;
/** Aircall keeps half a year. */
const HISTORY = 183 * DAY;
/** A start may still move by a second; `from` is exclusive. */
const OVERLAP_S = 2;

export type Cursor = {
  /** Calls that began after this UNIX second come next. */
  from: number;
  page: number;
  /** When the round under way began: UTC ms, null between rounds. */
  since: number | null;
  /** How the calls of the last hours were seen last: id → start in UNIX seconds, and state. */
  seen: Record<string, [started: number, state: string]>;
  turn: Turn;
  wait_until: number | null;
};

export type Context = Aircall & { now: number; db: D1Database; country: string; leads: number };

export async function nextPage(cursor: Cursor | null, context: Context): Promise<PollStep<Cursor>> {
  const { account, now } = context;
  const known = cursor ?? firstCursor(now);
  respect(known.wait_until, now, account);
  return known.turn.due.length > 0 ? askForLead(known, context) : goOn(known, context);
}

const secondOf = (ms: number): number => Math.floor(ms / SECOND);

const firstCursor = (now: number): Cursor => ({
  from: secondOf(now - HISTORY),
  page: 1,
  since: null,
  seen: {},
  turn: { newest: 0, latest: 0, due: [] },
  wait_until: null,
});

/** The next page of the round; behind the last one it is the leads' turn. */
async function goOn(known: Cursor, context: Context): Promise<PollStep<Cursor>> {
  const since = known.since ?? context.now;
  const { calls, wait_until } = await callsAfter(context, known.from, known.page);
  const { events, seen } = compare(calls, known.seen, context, secondOf(since - LOOKBACK));
  const cursor = { ...known, seen, wait_until };
  if (calls.length === PER_PAGE)
    return { events, cursor: { ...cursor, since, ...placeAfter(calls, known) }, isIdle: false };
  const turn = await leadsInTurn(context.db, known.turn, context.leads);
  const next = { from: secondOf(since - LOOKBACK), page: 1, since: null, turn };
  return { events, cursor: { ...cursor, ...next }, isIdle: turn.due.length === 0 };
}

/** The start of the last call, since page numbers shift where Aircall drops old calls. */
function placeAfter(calls: unknown[], { from, page }: Cursor): Pick<Cursor, 'from' | 'page'> {
  const last = Math.max(...calls.map(startOf));
  if (last - OVERLAP_S > from) return { from: last - OVERLAP_S, page: 1 };
  return page < MOST_PAGES ? { from, page: page + 1 } : { from: from + 1, page: 1 };
}

/** All calls with the numbers of the lead whose turn it is. */
async function askForLead(known: Cursor, context: Context): Promise<PollStep<Cursor>> {
  const [phone = '', ...due] = known.turn.due;
  const { calls, wait_until } = await callsWith(context, phone, known.page);
  const { events, seen } = compare(calls, known.seen, context, known.from);
  const cursor = { ...known, seen, wait_until };
  if (calls.length === PER_PAGE && known.page < MOST_PAGES)
    return { events, cursor: { ...cursor, page: known.page + 1 }, isIdle: false };
  const turn = { ...known.turn, due };
  return { events, cursor: { ...cursor, page: 1, turn }, isIdle: due.length === 0 };
}

/** The calls that are not as they were, as events. Those from before `horizon` are forgotten. */
function compare(
  calls: unknown[],
  known: Cursor['seen'],
  { account: { name }, country, now }: Context,
  horizon: number,
): { events: DoorEvent[]; seen: Cursor['seen'] } {
  const seen = { ...known };
  const events = calls.flatMap((call) => {
    const id = idOf(call);
    const first = eventOf(name, { seen_at: now, is_change: false, call });
    const state = stateIn(first, country);
    if (state === seen[id]?.[1]) return [];
    const isChange = id in seen;
    seen[id] = [startOf(call), state];
    return isChange ? eventOf(name, { seen_at: now, is_change: true, call }) : first;
  });
  const recent = Object.entries(seen).filter(([, [started]]) => started > horizon);
  return { events, seen: Object.fromEntries(recent) };
}

/** A few bytes for what the house would keep of a call. */
function stateIn(event: DoorEvent, country: string): string {
  try {
    return facts(event, country)[0]?.observation_key.slice(0, 12) ?? 'nobody';
  } catch (error) {
    if (error instanceof Fault) return 'unreadable';
    throw error;
  }
}

/** UNIX seconds. */
function startOf(call: unknown): number {
  const { started_at } = (call ?? {}) as { started_at?: unknown };
  return Number.isSafeInteger(started_at) ? Number(started_at) : 0;
}
