/** The channels that the house reads, each with what its messages and emoji mean (A6). */
import { z } from 'zod';
import { type OutcomeEmoji, outcomes, usualEmoji } from '../../../../core/chat/outcomes.ts';
import { Fault } from '../../../../core/faults.ts';
import { jsonOf } from '../../../../core/json.ts';
import { parseInstant } from '../../../../core/written-instant.ts';

export const snowflake = z.string().regex(/^\d{1,20}$/, 'an id of Discord, digits in quotes');
const name = z.string().trim().min(1);

const channel = z
  .strictObject({
    id: snowflake,
    /** What callers write about leads, or what a program posts about free trials. */
    kind: z.enum(['leads', 'updates']),
    /** What the house calls the channel; else its id. */
    name: name.optional(),
    /** Discord ids of people or roles → the agent's name; others go by their name on Discord. */
    callers: z.record(snowflake, name).default({}),
    /** In place of the usual emoji of an outcome. */
    emoji: z.partialRecord(z.enum(outcomes), z.array(name)).default({}),
    /** Of updates: the first lines of the messages that are about a free trial. */
    message_types: z.array(name).default(['Free Trial']),
    /** Older messages are never read; else the first poll reads the channel from its beginning. */
    since: z
      .string()
      .transform((text) => parseInstant(text, 'UTC') ?? Number.NaN)
      .refine(Number.isSafeInteger, 'an instant as ISO 8601, such as 2026-11-01')
      .optional(),
  })
  .transform(({ name, emoji, ...rest }) => ({
    ...rest,
    account: name ?? rest.id,
    emoji: { ...usualEmoji, ...emoji } as OutcomeEmoji,
  }));

export type Channel = z.infer<typeof channel>;

const JSON_LIST =
  'a JSON list of the channels to read, each at least ' +
  '{"id": "…", "kind": "leads"} or {"id": "…", "kind": "updates"}';

export const channels = z
  .string()
  .transform(jsonOf)
  .pipe(z.array(channel, JSON_LIST).min(1, JSON_LIST))
  .refine(isEachOnce, 'each channel once, under a name of its own')
  .describe(JSON_LIST);

function isEachOnce(list: Channel[]): boolean {
  return [list.map(({ id }) => id), list.map(({ account }) => account)].every(
    (values) => new Set(values).size === values.length,
  );
}

/** The channel that an account names. Throws `config` where none has that name any more. */
export function channelOf(list: Channel[], account: string | undefined): Channel {
  const found = list.find((each) => each.account === account);
  if (!found) throw new Fault('config', `DISCORD_CHANNELS: no channel is called ${account}`);
  return found;
}
