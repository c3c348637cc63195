/**
 * A call with its up to three instants (A2, F1). What is blank is derived from the folded call, not
 * from one delivery.
 */
import { addressText } from './address.ts';
import { withAgent } from './agent.ts';
import type { Fact } from './fact.ts';
import { callMedium, callProviders, type Origin } from './origin.ts';
import { type Row, thingKey } from './row.ts';

const instants = [
  'booked_at',
  'scheduled_at',
  'started_at',
  'completed_at',
  'cancelled_at',
] as const;

/** The longest call: a length in milliseconds would start one that was logged by hand years ago. */
const DAY_S = 86_400;

export function callFacts(row: Row): Fact[] {
  row.need('contact');
  const first = instants.map((header) => row.number(header)).find((at) => at !== undefined);
  const external_id = row.text('external_id');
  if (first === undefined && !external_id) row.need('started_at');
  const duration_s = row.number('duration_s') ?? 0;
  if (duration_s < 0) row.errors.push({ field: 'duration_s', message: 'duration_s: is negative' });
  if (duration_s > DAY_S)
    row.errors.push({
      field: 'duration_s',
      message: 'duration_s: is longer than a day; it takes seconds',
    });
  const observed_at = row.observedAt();
  if (row.errors.length > 0) return [];
  const contact = row.address('contact')!;
  const stated = row.stated();
  const origin = callOrigin(row.context.origin, row.text('source'));
  const thing_key = thingKey(origin, 'call', external_id, [addressText(contact), first]);
  return [
    {
      kind: 'call',
      ...origin,
      contact,
      thing_key,
      observation_key: row.observation_key,
      observed_at,
      stated: withAgent(stated),
    },
  ];
}

/** A row may state the provider of its call; one that was logged by hand comes from the door. */
function callOrigin(door: Origin, source: string | undefined): Origin {
  const origin = source && callProviders.includes(source) ? { provider: source } : door;
  return { ...origin, medium: callMedium(origin.provider) };
}
