/** `show`: everything that the house knows of one person. */
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { textRecord } from '../text-record.ts';

export async function show(call: Call): Promise<void> {
  const [who, ...rest] = call.positionals;
  if (!who || rest.length)
    throw new UsageError('show takes one argument: a contact key, an email or a phone');
  await withHouse(call.say, async (house) => {
    const answer = await house.call(`/api/contacts/${encodeURIComponent(who)}`);
    const person = (await answer.json()) as Record<string, unknown>;
    call.print(person, textRecord(person));
  });
}
