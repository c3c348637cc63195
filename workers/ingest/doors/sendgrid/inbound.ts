/** SendGrid's Inbound Parse: mail that somebody sent to the house. */
import { z } from 'zod';
import { sameSecret } from '../../../../core/bearer.ts';
import type { Fact } from '../../../../core/facts/fact.ts';
import { Fault } from '../../../../core/faults.ts';
import { hash } from '../../../../core/hash.ts';
import { replyText } from '../../../../core/mail/reply-text.ts';
import { type Delivery, type DoorEvent, defineDoor } from '../door.ts';
import { parseJson, read } from '../json.ts';
import { replyEvent } from '../mail/reply.ts';
import { named, text, texts } from '../values.ts';
import { readForm } from './form.ts';
import { publicKeys } from './public-keys.ts';
import { isSigned } from './signature.ts';

const TOKEN = 'a long random text of your own, at least 16 characters without spaces';
const MOST_BYTES = 31_000_000;
/** Of a form that cannot be read so much is kept. */
const MOST_KEPT = 100_000;

type Secrets = {
  SENDGRID_INBOUND_TOKEN: string;
  SENDGRID_WEBHOOK_PUBLIC_KEY?: string[] | undefined;
};

/**
 * SendGrid signs received mail only where a security policy is set; any other request has to bring
 * the token in its address. Throws `Fault('bad_signature')`.
 */
async function verify(request: Request, secrets: Secrets): Promise<Delivery> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const token = new URL(request.url).searchParams.get('token') ?? '';
  const isTrusted =
    sameSecret(token, secrets.SENDGRID_INBOUND_TOKEN) ||
    (await isSigned(request.headers, bytes, secrets.SENDGRID_WEBHOOK_PUBLIC_KEY ?? []));
  if (!isTrusted)
    throw new Fault(
      'bad_signature',
      'the request has neither ?token= with SENDGRID_INBOUND_TOKEN nor a signature that fits',
    );
  return { events: [await eventOf(bytes, request.headers.get('content-type') ?? '')] };
}

/** A mail is known by its Message-ID, however often it is posted. */
async function eventOf(bytes: Uint8Array, contentType: string): Promise<DoorEvent> {
  try {
    const form = await readForm(bytes, contentType, MOST_BYTES);
    const body = JSON.stringify(form);
    const messageId = form.headers.find(({ name }) => name === 'message-id')?.value;
    return { id: `parse-${hash(messageId ?? body)}`, body };
  } catch (error) {
    const unread = new TextDecoder('latin1').decode(bytes.subarray(0, MOST_KEPT));
    const body = JSON.stringify({ unread, reason: error instanceof Error ? error.message : '' });
    return { id: `parse-${hash(body)}`, body };
  }
}

const received = z.object({
  from: z.string('is missing: this is no form of a received mail'),
  to: texts,
  headers: named,
  text,
  html: text,
});

/** When it was sent, as its head says, and at the latest now. UTC ms. */
function sentAt(headers: ReadonlyMap<string, string>, now: number): number {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isFinite(at) ? Math.min(at, now) : now;
}

function facts({ id, body }: DoorEvent, now: number): Fact[] {
  const { headers, ...mail } = read(received, parseJson(body));
  const whole = replyText(mail.text, mail.html);
  const at = sentAt(headers, now);
  return [replyEvent('sendgrid', id, at, { from: mail.from, to: mail.to, headers, text: whole })];
}

export default defineDoor({
  name: 'sendgrid/inbound',
  provider: 'sendgrid',
  secrets: {
    SENDGRID_INBOUND_TOKEN: z
      .string()
      .regex(/^\S{16,}$/, TOKEN)
      .describe(`${TOKEN}; the address for SendGrid’s Inbound Parse ends with ?token= and it`),
    SENDGRID_WEBHOOK_PUBLIC_KEY: publicKeys.optional().describe(publicKeys.description!),
  },
  webhook: { maxBytes: MOST_BYTES, verify },
  facts,
});
