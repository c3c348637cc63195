/** `replay`: what waits in quarantine, taken in now that the house may have learnt to read it. */

import { Fault } from '../../core/faults.ts';
import type { Replayed } from '../../warehouse/write/dead-events.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { textTable } from '../text-table.ts';

export async function replay(call: Call): Promise<void> {
  const [only, ...rest] = call.positionals;
  if (rest.length > 0)
    throw new UsageError('replay takes at most one id, as `list dead-events` shows it');
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
    if (only !== undefined && all.replayed + all.waiting.length === 0)
      throw new Fault('not_found', `no event ${only} waits; see: signalhouse list dead-events`);
    call.print(
      all,
      [
        `${all.replayed} taken in, ${all.waiting.length} still waiting`,
        ...(all.waiting.length > 0 ? [textTable(['reason', 'dead_id'], all.waiting)] : []),
      ].join('\n'),
    );
  });
}
