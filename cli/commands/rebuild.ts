/** `rebuild`: recomputes everything that is derived from the stored facts, or compares it. */
import { Fault } from '../../core/faults.ts';
import type { Call } from '../command.ts';
import { type HouseClient, withHouse } from '../house/open.ts';

type Rebuilt = {
  moved: boolean;
  things: number;
  agents: number;
  contacts: number;
  days: number;
  stored: number;
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
    if (call.flag('check')) return await check(call, house);
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
        ...(rebuilt.stored > 0
          ? [`${String(rebuilt.stored).padStart(9)} people had other rows stored than computed`]
          : []),
        ...(differed.length === 0 && rebuilt.stored === 0
          ? ['Everything stored matches its facts.']
          : []),
        `${String(rebuilt.derived).padStart(9)} rows of histories and summaries were updated`,
      ].join('\n'),
    );
  });
}

/** Throws `check_failed` where something differs. */
async function check(call: Call, house: HouseClient): Promise<void> {
  const answer = await house.call('/rebuild');
  const { compared, wrong } = (await answer.json()) as { compared: number; wrong: number };
  if (wrong > 0)
    throw new Fault(
      'check_failed',
      `of ${wrong} of ${compared} people other rows are stored than their facts give; ` +
        'signalhouse rebuild puts them right',
    );
  const fresh = 'What is stored matches the facts';
  call.print({ compared, wrong }, `${fresh} of all ${compared} people who were compared.`);
}
