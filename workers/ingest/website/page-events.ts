/** `POST /e`: what people do on the website, as interactions of the channel web (F6). */
import { isbot } from 'isbot';
import { z } from 'zod';
import { MINUTE } from '../../../core/durations.ts';
import type { Address } from '../../../core/facts/address.ts';
import type { Observation } from '../../../core/facts/fact.ts';
import { readRow, thingKey } from '../../../core/facts/row.ts';
import { utmOf } from '../../../core/facts/source-tag.ts';
import { Fault } from '../../../core/faults.ts';

const origin = { provider: 'web' };

const outcomes = [
  'visited_pricing',
  'downloaded',
  'attended',
  'logged_in',
  'form',
  'ebook',
  'trial',
  'mock_test',
] as const;

export const pageEvent = z.object({
  /** A visit is an event without an outcome. */
  event: z.enum(['visit', ...outcomes]),
  /** The address of the page, with its UTM parameters. */
  page: z.url().max(2000),
  /** The token of the link that led here, `?sh=`. */
  person: z.string().max(100).optional(),
});

export type PageEvent = z.infer<typeof pageEvent>;

/** Whether a program asks, or a browser that fetches a page before anybody wants it. */
export const isMachine = (headers: Headers): boolean =>
  isbot(headers.get('user-agent')) || /prefetch|prerender/.test(headers.get('sec-purpose') ?? '');

/**
 * The event as a fact; without `contact` it is nobody's, and only the pulse may have it. The same
 * event on the same page in one minute is one. `now` is UTC ms. Throws `Fault('bad_input')`.
 */
export function pageFact(
  { event, page, person }: PageEvent,
  contact: Address | undefined,
  now: number,
): Observation {
  const { host, pathname } = new URL(page);
  const summary = `${host}${pathname}`.slice(0, 500);
  const raw = {
    ...utmOf(page),
    channel: 'web',
    direction: 'inbound',
    initiated_by: 'self',
    occurred_at: now,
    summary,
    ...(event === 'visit' ? {} : { outcome: event }),
  };
  const row = readRow('interactions', raw, { origin, now, zone: 'UTC', defaultCountry: 'US' });
  const [wrong] = row.errors;
  if (wrong) throw new Fault('bad_input', wrong.message);
  const first = [person ?? null, event, summary, Math.floor(now / MINUTE)];
  const key = thingKey(origin, 'interaction', undefined, first);
  return {
    kind: 'interaction',
    ...origin,
    ...(contact ? { contact } : {}),
    thing_key: key,
    observation_key: key,
    observed_at: now,
    stated: row.stated(),
  };
}
