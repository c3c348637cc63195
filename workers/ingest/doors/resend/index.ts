/** Resend: mail that was sent, and mail that was received. Its webhooks are signed by svix. */
import { z } from 'zod';
import { jsonOf } from '../../../../core/json.ts';
import { defineDoor } from '../door.ts';
import { memberOf } from '../json.ts';
import { facts } from './facts.ts';
import { verify } from './verify.ts';

const SECRET =
  'the signing secret of Resend’s webhook page, whsec_ and at least 24 bytes in base64; ' +
  'while you rotate it, the old and the new one with a space between';

/** Whether svix can verify with it; a shorter key could be guessed. */
function isSigningSecret(secret: string): boolean {
  const [, key] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  return key !== undefined && key.length % 4 === 0 && (key.replace(/=+$/, '').length * 6) / 8 >= 24;
}

export default defineDoor({
  name: 'resend',
  provider: 'resend',
  secrets: {
    RESEND_WEBHOOK_SECRET: z
      .string()
      .transform((secrets) => secrets.split(/\s+/))
      .refine((secrets) => secrets.every(isSigningSecret), SECRET)
      .describe(SECRET),
    RESEND_API_KEY: z
      .string()
      .optional()
      .describe('a Resend API key with full access, with which the texts of replies are fetched'),
    RESEND_BASE_URL: z
      .url()
      .optional()
      .describe('another address for Resend’s API, for a trial; leave it unset'),
  },
  webhook: {
    maxBytes: 1_000_000,
    verify: (request, { RESEND_WEBHOOK_SECRET }) => verify(request, RESEND_WEBHOOK_SECRET),
  },
  facts,
  lacks: ({ RESEND_API_KEY }) =>
    RESEND_API_KEY ? undefined : 'RESEND_API_KEY is not set, so replies count without their text',
  typeOf: ({ body }) => memberOf(jsonOf(body), 'type'),
});
