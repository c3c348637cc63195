/** SendGrid's Event Webhook: what became of mail that was sent. */
import { z } from 'zod';
import { defineDoor } from '../door.ts';
import { jsonOf, memberOf } from '../json.ts';
import { facts } from './facts.ts';
import { isPublicKey } from './signature.ts';
import { verify } from './verify.ts';

const KEY =
  'the verification key of SendGrid’s Event Webhook settings, as they show it; ' +
  'while you replace it, the old and the new one with a space between';

export const publicKeys = z
  .string()
  .transform((keys) => keys.trim().split(/\s+/))
  .refine((keys) => keys.every(isPublicKey), KEY)
  .describe(KEY);

export default defineDoor({
  name: 'sendgrid',
  provider: 'sendgrid',
  secrets: { SENDGRID_WEBHOOK_PUBLIC_KEY: publicKeys },
  webhook: {
    maxBytes: 5_000_000,
    verify: (request, secrets) => verify(request, secrets.SENDGRID_WEBHOOK_PUBLIC_KEY),
  },
  facts,
  typeOf: ({ body }) => memberOf(jsonOf(body), 'event'),
});
