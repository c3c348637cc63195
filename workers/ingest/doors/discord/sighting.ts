/** A message as a poll saw it, and whom it is about. */
import { z } from 'zod';
import { readLeadMessage } from '../../../../core/chat/lead-message.ts';
import { outcomes } from '../../../../core/chat/outcomes.ts';
import { readUpdateMessage } from '../../../../core/chat/update-message.ts';
import { type Channel, snowflake } from './channels.ts';
import { user } from './payload.ts';

export const sighting = z.object({
  id: snowflake,
  text: z.string(),
  mentions: z.array(user),
  /** UTC ms. */
  edited_at: z.number().nullable().default(null),
  /** The strongest of the emoji that were on it. */
  outcome: z.enum(outcomes).nullable().default(null),
  /** UTC ms. */
  seen_at: z.number(),
  /** Whom it was about when it was seen before, in the order of its text then. */
  former: z.array(z.string()),
  /** Deleted. */
  is_gone: z.boolean(),
  /** Of its text the house could not read all. */
  is_unread: z.boolean(),
});
export type Sighting = z.infer<typeof sighting>;

export type Subjects = {
  /** Phones in E.164 or emails, in the order of the text. */
  addresses: string[];
  /** What seems to be an address and cannot be read as one. */
  unread: string[];
};

/** Whom a text is about, by the kind of its channel; nobody where the channel does not want it. */
export function subjectsOf(channel: Channel, text: string, country: string): Subjects {
  if (channel.kind === 'leads') {
    const { leads, unread } = readLeadMessage(text, country);
    return { addresses: leads.map(({ phone }) => phone), unread };
  }
  const address = readUpdateMessage(text, channel.message_types, country);
  return {
    addresses: address ? [address] : [],
    unread: address === null ? ['neither phone nor email'] : [],
  };
}
