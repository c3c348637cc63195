/**
 * A call as Aircall shows it. What identifies and counts it must be readable; of anything else,
 * what cannot be read is left out. Aircall has users in two shapes, and writes null for none.
 */
import { z } from 'zod';
import { isStorable } from '../../../../core/characters.ts';
import { DAY, SECOND } from '../../../../core/durations.ts';
import { isInstant } from '../../../../core/instant.ts';

/** Of UNIX seconds, as UTC ms. */
const instant = z
  .int()
  .transform((seconds) => seconds * SECOND)
  .refine(isInstant, 'is not an instant in UNIX seconds');

const text = z.string().refine(isStorable).optional().catch(undefined);

/** Any link, of which only that it is there matters: Aircall signs it anew on each read. */
const presence = z
  .unknown()
  .optional()
  .transform((link) => typeof link === 'string');

const user = z
  .object({ name: text, first_name: text, last_name: text, email: text })
  .transform(({ name, first_name, last_name, email }) =>
    (name || [first_name, last_name].filter(Boolean).join(' ') || email)?.trim(),
  )
  .optional()
  .catch(undefined);

const listOf = <T extends z.ZodType>(one: T) =>
  z
    .unknown()
    .optional()
    .transform((list) => (Array.isArray(list) ? list : []).flatMap((each) => one.safeParse(each)))
    .transform((found) => found.flatMap(({ data }) => data ?? []));

export const call = z.object({
  id: z.union([z.int().positive(), z.string().regex(/^\d{1,20}$/)]).transform(String),
  direction: z.enum(['inbound', 'outbound']),
  started_at: instant,
  ended_at: instant.optional(),
  /** Seconds from the start to the end, with the ringing; 0 as long as it runs. */
  duration: z
    .int()
    .min(0)
    .max(DAY / SECOND)
    .optional(),
  raw_digits: text,
  recording: presence,
  recording_short_url: presence,
  voicemail: presence,
  /** The page of the recording or voicemail, for who has signed in at Aircall; it stays valid. */
  asset: z
    .url({ protocol: /^https$/ })
    .optional()
    .catch(undefined),
  missed_call_reason: text,
  user,
  comments: listOf(z.object({ content: z.string().refine(isStorable) })),
  tags: listOf(z.object({ name: z.string().refine(isStorable) })),
});
export type Call = z.infer<typeof call>;
