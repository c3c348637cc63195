/** `merge undo`: two people whom the house had merged are two people again. */
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';

export async function merge(call: Call): Promise<void> {
  const [verb, id, ...rest] = call.positionals;
  if (verb !== 'undo' || !id || rest.length > 0 || !/^[1-9]\d*$/.test(id))
    throw new UsageError('merge takes undo and an id, as `list merges` shows it');
  await withHouse(call.say, async (house) => {
    const answer = await house.call(`/api/merges/${id}/undo`, { method: 'POST' });
    const { contact_keys } = (await answer.json()) as { contact_keys: string[] };
    call.print(
      { contact_keys },
      `undone: ${contact_keys.join(' and ')} are two people, and no fact merges them again`,
    );
  });
}
