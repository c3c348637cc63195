/**
 * `discard`: moves a fact that blocks the nightly export into quarantine; the export's error names
 * it.
 */
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';

export async function discard(call: Call): Promise<void> {
  const [kind, key, ...rest] = call.positionals;
  if (!kind || !key || rest.length > 0)
    throw new UsageError(
      'discard takes a kind and a key, as the error of the stopped export names them',
    );
  await withHouse(call.say, async (house) => {
    const answer = await house.call('/import/discards', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind, key }),
    });
    const { discarded } = (await answer.json()) as { discarded: number };
    const facts = discarded === 1 ? '1 fact is' : `${discarded} facts are`;
    call.print(
      { discarded },
      `${facts} in quarantine; list dead-events --status discarded shows ` +
        `${discarded === 1 ? 'it' : 'them'}`,
    );
  });
}
