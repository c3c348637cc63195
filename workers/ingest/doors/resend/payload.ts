/**
 * The shapes of Resend's webhooks. What a fact needs must be readable; anything else that is not is
 * left out. An explicit null is as absent, and so is a member of another type than it should have.
 */
import { z } from 'zod';
import { parseInstant } from '../../../../core/written-instant.ts';

const instant = z.string().transform((text, context) => {
  const at = parseInstant(text, 'UTC');
  if (at === undefined)
    context.addIssue({ code: 'custom', message: `"${text.slice(0, 60)}" is no instant` });
  return at ?? Number.NaN;
});

const textOf = (value: unknown): string | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;

/** The texts of a list, or of one value where a list is expected. */
const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? []);

const text = z.unknown().optional().transform(textOf);
const texts = z.unknown().optional().transform(textsOf);

/** Tags and headers come as an object or as a list of names and values; a name may have several. */
const named = z
  .unknown()
  .optional()
  .transform((value): Map<string, string> => {
    const pairs: [unknown, unknown][] = Array.isArray(value)
      ? Array.from(value, (pair) => [pair?.name, pair?.value])
      : Object.entries(value ?? {});
    const found = new Map<string, string>();
    for (const [name, given] of pairs)
      if (typeof name === 'string')
        found.set(name, [...textsOf(found.get(name)), ...textsOf(given)].join(' '));
    return found;
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

export const received = z.object({ from: z.string(), to: texts, headers: named });
export type Received = z.infer<typeof received>;

export const contact = z.object({ email: z.string(), unsubscribed: z.boolean().optional() });
export type ResendContact = z.infer<typeof contact>;

export const envelope = z.object({ type: z.string(), created_at: instant, data: z.unknown() });
