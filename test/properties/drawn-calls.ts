/**
 * The calls of one person, drawn: of every provider, seen again, corrected, cancelled, and some
 * before they were a lead.
 */
import { DAY, MINUTE } from '../../core/durations.ts';
import type { Observation } from '../../core/facts/fact.ts';
import type { random } from '../views/random-house.ts';

type Stated = Observation['stated'];
/** `provider`: undefined for a call that was logged by hand. */
type Drawn = { provider?: string; statements: Stated[] };
export type DrawnCall = Drawn & { at: number };

/**
 * Up to four calls, each with its statements in turn; `someInstant` may fall before, at or after
 * whatever else happened.
 */
export function drawnCalls(
  next: ReturnType<typeof random>,
  someInstant: () => number,
): DrawnCall[] {
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(...choices: T[]): T => choices[below(choices.length)]!;
  const agent = (): Stated =>
    pick<Stated>({ agent: 'Ann', agent_id: 'ann' }, { agent: 'Bo', agent_id: 'bo' }, {});
  const direction = (): Stated => pick<Stated>({}, {}, { direction: 'inbound' });
  const kinds: ((at: number) => Drawn)[] = [
    (at) => {
      const provider = pick(undefined, 'aircall');
      const booked: Stated = { booked_at: at, scheduled_at: at + DAY, ...agent() };
      const outcome = pick(
        'interested',
        'not_interested',
        'proposal_sent',
        'closed_won',
        'closed_lost',
      );
      const done: Stated = {
        completed_at: at + DAY,
        duration_s: 30 + below(900),
        outcome,
        objections: '["price"]',
      };
      const later = pick<Stated[]>(
        [],
        [done],
        [done],
        [{ cancelled_at: at + MINUTE }],
        [{ started_at: at + DAY }],
      );
      return { ...(provider && { provider }), statements: [booked, ...later] };
    },
    (at): Drawn => ({
      provider: 'aircall',
      statements: [
        { started_at: at, duration_s: pick(0, 59, 60, 400), ...agent(), ...direction() },
        { recorded: pick(0, 1) },
      ],
    }),
    (at): Drawn => ({
      provider: 'discord',
      statements: Array.from({ length: 1 + below(2) }, (_, i) => ({
        class: pick('no_call', 'voicemail', 'connected', 'booked'),
        started_at: at + i * MINUTE,
        ...agent(),
      })),
    }),
    (at): Drawn => ({
      statements: [
        { completed_at: at, ...pick<Stated>({}, { duration_s: 600 }), ...agent(), ...direction() },
      ],
    }),
  ];
  return Array.from({ length: below(5) }, () => {
    const at = someInstant();
    return { at, ...pick(...kinds)(at) };
  });
}
