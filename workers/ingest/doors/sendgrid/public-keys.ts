/** The setting that says which keys SendGrid signs with. */
import { z } from 'zod';
import { isPublicKey } from './signature.ts';

const KEYS =
  'the verification key of SendGrid’s Event Webhook settings, as they show it; ' +
  'several, as while you replace it, with spaces between';

export const publicKeys = z
  .string()
  .transform((keys) => keys.trim().split(/\s+/))
  .refine((keys) => keys.every(isPublicKey), KEYS)
  .describe(KEYS);
