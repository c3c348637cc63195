/** `replay`: what waits in quarantine, taken in now that the house may have learnt to read it. */
import type { Replayed } from '../../warehouse/write/dead-events.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { textTable } from '../text-table.ts';

export async function replay(call: Call): Promise<void> {
  const [only, ...rest] = call.positionals;
  if (rest.length > 0) throw new UsageError('replay takes one id of `list dead-events`, or none');
  await withHouse(call.say, async (house) => {
    const all: Omit<Replayed, 'next'> = { replayed: 0, waiting: [] };
    for (let after: string | null = ''; after !== null; ) {
      const query = new URLSearchParams({ after, ...(only === undefined ? {} : { only }) });
      const path = `/import/dead-events?${query}`;
      const page = (await (await house.call(path, { method: 'POST' })).json()) as Replayed;
      all.replayed += page.replayed;
      all.waiting.push(...page.waiting);
      after = page.next;
    }
    call.print(
      all,
      [
        `${all.replayed} taken in, ${all.waiting.length} still waiting`,
        ...(all.waiting.length > 0 ? [textTable(['dead_id', 'reason'], all.waiting)] : []),
      ].join('\n'),
    );
  });
}
