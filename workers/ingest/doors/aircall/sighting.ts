/** A call as it was seen at an instant: in an event of the webhook, or by a poll. */
import { z } from 'zod';
import { SECOND } from '../../../../core/durations.ts';
import type { DoorEvent } from '../door.ts';
import { parseJson, read } from '../json.ts';

export type Sighting = {
  /** UTC ms. */
  seen_at: number;
  /**
   * Whether the call is known to have been otherwise before: then what it states now counts from
   * `seen_at` on, even where it stated the same once.
   */
  is_change: boolean;
  /** As Aircall showed it. */
  call: unknown;
};

/** What the webhook sends, without its token; `timestamp` is in UNIX seconds. */
const told = z
  .object({ timestamp: z.int(), data: z.unknown() })
  .transform(({ timestamp, data }) => ({
    seen_at: timestamp * SECOND,
    is_change: true,
    call: data,
  }));

const polled = z.object({ seen_at: z.number(), is_change: z.boolean(), call: z.unknown() });

const named = z.object({ event: z.string().optional() });

/** What the webhook calls the event, undefined for what a poll saw. */
export const nameOf = ({ body }: DoorEvent): string | undefined =>
  read(named, parseJson(body)).event;

/** Null for an event about another thing than a call. Throws `Fault('unknown_event')`. */
export function sightingIn(event: DoorEvent): Sighting | null {
  const name = nameOf(event);
  const body = parseJson(event.body);
  if (name === undefined) return read(polled, body);
  return name.startsWith('call.') ? read(told, body) : null;
}

export const eventOf = (account: string, { call, ...seen }: Sighting): DoorEvent => ({
  id: `${idOf(call)}@${seen.seen_at}`,
  account,
  body: JSON.stringify({ ...seen, call }),
});

/** The id of what may be a call. */
export function idOf(call: unknown): string {
  const { id } = (call ?? {}) as { id?: unknown };
  return typeof id === 'number' || typeof id === 'string' ? String(id).slice(0, 20) : 'unknown';
}
