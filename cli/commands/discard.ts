/**
 * `discard`: takes something out of the way, into quarantine: a fact that blocks the nightly
 * export, whose error names it, or what waits and should not come in.
 */
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import type { HouseCall } from '../house/call.ts';
import { withHouse } from '../house/open.ts';

export async function discard(call: Call): Promise<void> {
  const [kind, key, ...rest] = call.positionals;
  if (!kind || !key || rest.length > 0)
    throw new UsageError(
      'discard takes a kind and a key: as the error of the stopped export names them, ' +
        'or dead-event or waiting with a key of that list',
    );
  await withHouse(call.say, async (house) => {
    const discarded = await ask(house.call, kind, key);
    const facts = discarded === 1 ? '1 is' : `${discarded} are`;
    call.print(
      { discarded },
      `${facts} in quarantine; list dead-events --status discarded shows ` +
        `${discarded === 1 ? 'it' : 'them'}`,
    );
  });
}

async function ask(call: HouseCall, kind: string, key: string): Promise<number> {
  const name = encodeURIComponent(key);
  const answer =
    kind === 'dead-event'
      ? await call(`/api/dead-events/${name}/discard`, { method: 'POST' })
      : kind === 'waiting'
        ? await call(`/api/waiting/${name}/discard`, { method: 'POST' })
        : await call('/import/discards', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ kind, key }),
          });
  return ((await answer.json()) as { discarded: number }).discarded;
}
