/** The members of Discord's messages that the house reads; one that is missing says nothing. */
import { z } from 'zod';
import { snowflake } from './channels.ts';

const text = z.string().catch('');
const listOf = <T extends z.ZodType>(one: T) => z.array(one).catch([]);

export const user = z.object({
  id: snowflake,
  username: text,
  global_name: z.string().nullish().catch(null),
  bot: z.boolean().catch(false),
});

const embed = z.object({
  title: text,
  description: text,
  fields: listOf(z.object({ name: text, value: text })),
});

export const message = z.object({
  id: snowflake,
  type: z.int().catch(0),
  content: text,
  edited_timestamp: z.string().nullish().catch(null),
  mentions: listOf(user),
  embeds: listOf(embed),
  attachments: listOf(z.unknown()),
  components: listOf(z.unknown()),
  sticker_items: listOf(z.unknown()),
  message_snapshots: listOf(z.unknown()),
  poll: z.unknown().optional(),
  reactions: listOf(
    z.object({
      count: z.int().catch(1),
      emoji: z.object({ id: z.string().nullish(), name: z.string().nullish() }),
    }),
  ),
});
export type Message = z.infer<typeof message>;

export const channelPayload = z.object({ last_message_id: snowflake.nullish().catch(null) });

/** What people and programs write; all else is Discord's own, such as who joined. */
const written = [0, 19, 20, 23];
export const isWritten = ({ type }: Message): boolean => written.includes(type);

/** Without the message content intent a message has nothing in it, unless it mentions the bot. */
export const isEmpty = (one: Message): boolean =>
  one.content === '' &&
  one.poll === undefined &&
  [one.embeds, one.attachments, one.components, one.sticker_items, one.message_snapshots].every(
    (parts) => parts.length === 0,
  );

/** What a message says, embeds included: programs post in those. */
export const textOf = ({ content, embeds }: Message): string =>
  [
    content,
    ...embeds.flatMap(({ title, description, fields }) => [
      title,
      description,
      ...fields.map(({ name, value }) => `${name}: ${value}`),
    ]),
  ]
    .filter((part) => part.trim() !== '')
    .join('\n');
