/** The shapes of SendGrid's Event Webhook. What a fact needs must be readable (values.ts). */
import { z } from 'zod';
import { SECOND } from '../../../../core/durations.ts';
import { text } from '../values.ts';

/** Whole seconds since 1970 as a number or its digits; read as UTC ms. */
const timestamp = z
  .union([z.int(), z.string().regex(/^\d{1,11}$/, 'is no number of seconds')])
  .transform((seconds) => Number(seconds) * SECOND);

/** What every event has. */
export const typed = z.object({ event: z.string() });

/** An event of a mail. Custom arguments stand beside these members. */
export const mailEvent = z.object({
  email: z.string(),
  timestamp,
  sg_message_id: text,
  type: text,
  url: text,
  useragent: text,
  sg_machine_open: text,
});
