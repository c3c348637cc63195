/** The shapes of Resend's webhooks. What a fact needs must be readable (values.ts). */
import { z } from 'zod';
import { parseInstant } from '../../../../core/written-instant.ts';
import { named, text, texts } from '../values.ts';

const instant = z.string().transform((text, context) => {
  const at = parseInstant(text, 'UTC');
  if (at === undefined)
    context.addIssue({ code: 'custom', message: `"${text.slice(0, 60)}" is no instant` });
  return at ?? Number.NaN;
});

const diagnosis = z
  .object({ type: text, message: text, diagnosticCode: texts })
  .optional()
  .catch(undefined);

export const outbound = z.object({
  email_id: z.string().min(1),
  created_at: instant.optional(),
  from: text,
  to: texts,
  cc: texts,
  bcc: texts,
  subject: text,
  tags: named,
  bounce: diagnosis,
  suppressed: diagnosis,
  click: z.object({ timestamp: instant.optional(), link: text, userAgent: text }).optional(),
});
export type Outbound = z.infer<typeof outbound>;

/** Names in lower case. */
export const headers = named.transform(
  (given) => new Map([...given].map(([name, value]) => [name.toLowerCase(), value])),
);

export const received = z.object({ email_id: text, from: z.string(), to: texts, headers });
export type Received = z.infer<typeof received>;

export const contact = z.object({ email: z.string(), unsubscribed: z.boolean().optional() });
export type ResendContact = z.infer<typeof contact>;

export const envelope = z.object({ type: z.string(), created_at: instant, data: z.unknown() });
