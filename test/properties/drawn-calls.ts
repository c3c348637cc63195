/** The calls of one person, drawn: of every source, seen again, corrected, cancelled, and some before they were a lead. */
import type { Observation } from '../../core/facts/fact.ts';
import type { random } from '../views/random-house.ts';

type Stated = Observation['stated'];
export type DrawnCall = { at: number; tellings: Stated[] };

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Up to four calls, each with what was told of it in turn; `someInstant` may fall before, at or after whatever else happened. */
export function drawnCalls(
  next: ReturnType<typeof random>,
  someInstant: () => number,
): DrawnCall[] {
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(...choices: T[]): T => choices[below(choices.length)]!;
  const agent = (): Stated =>
    pick<Stated>({ agent: 'Ann', agent_id: 'ann' }, { agent: 'Bo', agent_id: 'bo' }, {});
  const direction = (): Stated => pick<Stated>({}, {}, { direction: 'inbound' });
  const kinds: ((at: number) => Stated[])[] = [
    (at) => {
      const source = pick('manual', 'aircall');
      const booked: Stated = { source, booked_at: at, scheduled_at: at + DAY, ...agent() };
      const outcome = pick(
        'interested',
        'not_interested',
        'proposal_sent',
        'closed_won',
        'closed_lost',
      );
      const done: Stated = {
        source,
        completed_at: at + DAY,
        duration_s: 30 + below(900),
        outcome,
        objections: '["price"]',
      };
      return [
        booked,
        ...pick<Stated[]>(
          [],
          [done],
          [done],
          [{ source, cancelled_at: at + MINUTE }],
          [{ source, started_at: at + DAY }],
        ),
      ];
    },
    (at): Stated[] => [
      {
        source: 'aircall',
        started_at: at,
        duration_s: pick(0, 59, 60, 400),
        ...agent(),
        ...direction(),
      },
      { source: 'aircall', recorded: pick(0, 1) },
    ],
    (at) =>
      Array.from({ length: 1 + below(2) }, (_, i) => ({
        ...{ source: 'discord', class: pick('no_call', 'voicemail', 'connected', 'booked') },
        ...{ started_at: at + i * MINUTE, ...agent() },
      })),
    (at) => [
      { completed_at: at, ...pick<Stated>({}, { duration_s: 600 }), ...agent(), ...direction() },
    ],
  ];
  return Array.from({ length: below(5) }, () => {
    const at = someInstant();
    return { at, tellings: pick(...kinds)(at) };
  });
}
