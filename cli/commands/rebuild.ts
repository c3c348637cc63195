/** `rebuild`: everything that is derived, computed again from what was told. */
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
  ['days', 'business days of mail'],
];

export async function rebuild(call: Call): Promise<void> {
  await withHouse(call.say, async (house) => {
    const rebuilt = (await (await house.call('/rebuild', { method: 'POST' })).json()) as Rebuilt;
    const differed = lines.filter(([name]) => Number(rebuilt[name]) > 0);
    call.print(
      rebuilt,
      [
        ...(rebuilt.moved ? ['The house has another time zone: its calendar is made anew.'] : []),
        ...differed.map(
          ([name, what]) =>
            `${String(rebuilt[name]).padStart(9)} rows of ${what} differed and are put right`,
        ),
        ...(differed.length === 0 ? ['What was told is stored as it was told.'] : []),
        `${String(rebuilt.derived).padStart(9)} rows of histories and summaries are brought up to now`,
      ].join('\n'),
    );
  });
}
