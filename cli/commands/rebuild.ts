/** `rebuild`: recomputes everything that is derived from the stored facts. */
import type { Call } from '../command.ts';
import { withHouse } from '../house/open.ts';

type Rebuilt = {
  moved: boolean;
  things: number;
  agents: number;
  contacts: number;
  days: number;
  derived: number;
};

const lines: [keyof Rebuilt, string][] = [
  ['things', 'calls, purchases, interactions, campaigns, enrolments and ad spend'],
  ['agents', 'agents'],
  ['contacts', 'contacts'],
  ['days', 'business days of email events'],
];

export async function rebuild(call: Call): Promise<void> {
  await withHouse(call.say, async (house) => {
    const rebuilt = (await (await house.call('/rebuild', { method: 'POST' })).json()) as Rebuilt;
    const differed = lines.filter(([name]) => Number(rebuilt[name]) > 0);
    call.print(
      rebuilt,
      [
        ...(rebuilt.moved ? ['The business time zone changed: the calendar was rebuilt.'] : []),
        ...differed.map(
          ([name, what]) =>
            `${String(rebuilt[name]).padStart(9)} rows of ${what} differed and were corrected`,
        ),
        ...(differed.length === 0 ? ['Everything stored matches its facts.'] : []),
        `${String(rebuilt.derived).padStart(9)} rows of histories and summaries were updated`,
      ].join('\n'),
    );
  });
}
