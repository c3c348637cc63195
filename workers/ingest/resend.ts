/** Resend's webhook: what is signed becomes facts, or a reason why it cannot. */
import { Webhook } from 'svix';
import { z } from 'zod';
import { parseInstant } from '../../core/calendar.ts';
import { parseEmail } from '../../core/facts/address.ts';
import { emailEventFact } from '../../core/facts/email-event.ts';
import { type EmailEvent, eventTypes, type Fact } from '../../core/facts/fact.ts';
import { domainOf, recipientDomainGroup } from '../../core/facts/mail-domain.ts';
import { Fault } from '../../core/faults.ts';

export type Delivery = { id: string; body: string };

/**
 * Verifies the raw body against each current secret (two during a rotation). Throws `Fault('bad_signature')`; svix holds the
 * timestamp to five minutes on both sides.
 */
export function verify(headers: Headers, body: string, secrets: string[]): Delivery {
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map(
    (name) => headers.get(`svix-${name}`) ?? '',
  );
  const signed = { 'svix-id': id!, 'svix-timestamp': timestamp!, 'svix-signature': signature! };
  const fits = (secret: string) => {
    try {
      new Webhook(secret).verify(body, signed);
      return true;
    } catch {
      return false;
    }
  };
  if (!/^[1-9]\d{0,11}$/.test(timestamp!) || !secrets.some(fits))
    throw new Fault(
      'bad_signature',
      'the signature fits no current secret, or its timestamp is more than 5 minutes off',
    );
  return { id: id!, body };
}

const instant = z.string().transform((text, context) => {
  const at = parseInstant(text, 'UTC');
  if (at === undefined)
    context.addIssue({ code: 'custom', message: `"${text.slice(0, 60)}" is no instant` });
  return at ?? Number.NaN;
});
const plain = z.union([z.string(), z.number(), z.boolean()]).transform(String);
/** Names with values: tags and headers come as an object or as a list. */
const named = z.union([
  z.record(z.string(), plain),
  z
    .array(z.object({ name: z.string(), value: plain }))
    .transform((list) => Object.fromEntries(list.map(({ name, value }) => [name, value]))),
]);

const outbound = z.object({
  email_id: z.string().min(1),
  created_at: instant,
  from: z.string().optional(),
  to: z.array(z.string()).min(1),
  subject: z.string().optional(),
  tags: named.optional(),
  bounce: z.object({ type: z.string() }).optional(),
  click: z
    .object({
      timestamp: instant.optional(),
      link: z.string().optional(),
      userAgent: z.string().optional(),
    })
    .optional(),
});
const received = z.object({ from: z.string(), to: z.array(z.string()), headers: named.optional() });
const contact = z.object({ id: z.string(), email: z.string(), unsubscribed: z.boolean() });
const envelope = z.object({ type: z.string(), created_at: instant, data: z.unknown() });

/** The facts of a delivery. Throws `Fault('unknown_event')` for a type or a shape that the house does not know. */
export function normalise({ id, body }: Delivery): Fact[] {
  const { type, created_at, data } = read(envelope, parseJson(body));
  if (type === 'contact.updated') return unsubscribe(id, created_at, read(contact, data));
  if (type === 'email.received') return [reply(id, created_at, read(received, data))];
  const event_type = type.replace(/^email\./, '') as EmailEvent['event_type'];
  if (!type.startsWith('email.') || !eventTypes.includes(event_type))
    throw new Fault('unknown_event', `the house knows no event of type ${type}`);
  return [mailEvent(id, event_type, created_at, read(outbound, data))];
}

/** Resend's types of a bounce; what it could not determine is untold. */
const bounceTypes: Record<string, 'hard' | 'soft'> = { Permanent: 'hard', Transient: 'soft' };

/** The instant is the provider's own: the click's, else the event's; the message's is its creation (E3). */
function mailEvent(
  event_id: string,
  event_type: EmailEvent['event_type'],
  at: number,
  data: z.infer<typeof outbound>,
): Fact {
  const { campaign = null, version, step, email_type = null } = data.tags ?? {};
  return {
    ...emailEventFact({
      ...{
        source: 'resend',
        contact: address(data.to[0]!),
        occurred_at: data.click?.timestamp ?? at,
      },
      ...{ campaign, message_id: data.email_id, event_id },
    }),
    event_type,
    message: {
      ...{
        created_at: data.created_at,
        campaign_id: campaign,
        email_type,
        subject: data.subject ?? null,
      },
      ...{ sequence_version: whole(version), step_number: whole(step) },
      ...{
        sending_domain: domainOf(data.from ?? ''),
        recipient_domain_group: recipientDomainGroup(data.to[0]!),
      },
    },
    bounce_type: bounceTypes[data.bounce?.type ?? ''] ?? null,
    link: data.click?.link ?? null,
    user_agent: data.click?.userAgent ?? null,
  };
}

/** Resend's ids of messages are UUIDs; a Message-ID of another form is none that the house knows a message by. */
const ownMessage = /<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/gi;

/**
 * The message that a reply answers: the last of ours in In-Reply-To or References, else the plus-address that it was sent
 * to, else null: the writer takes the last message that the house sent to the sender before it (E10).
 */
function answeredMessage({ to, headers = {} }: z.infer<typeof received>): string | null {
  const header = (wanted: string) =>
    Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
  const ids = ['references', 'in-reply-to'].flatMap((name) => [
    ...header(name).matchAll(ownMessage),
  ]);
  return (
    ids.at(-1)?.[1] ?? to.map((address) => /\+([^@+]+)@/.exec(address)?.[1]).find(Boolean) ?? null
  );
}

function reply(event_id: string, at: number, data: z.infer<typeof received>): Fact {
  const message_id = answeredMessage(data);
  const source = 'resend';
  return emailEventFact({
    source,
    contact: address(data.from),
    occurred_at: at,
    campaign: null,
    message_id,
    event_id,
  });
}

/** Resend's audience only ever takes people off here: an import or a person is what puts them on (L6). */
function unsubscribe(event_id: string, at: number, data: z.infer<typeof contact>): Fact[] {
  if (!data.unsubscribed) return [];
  const who = address(data.email);
  return [
    {
      ...{
        kind: 'contact',
        source: 'resend',
        contact: who,
        identities: [who],
        thing_key: `email:${who.value}`,
      },
      ...{ observation_key: event_id, observed_at: at, stated: { unsubscribed: 1 } },
    },
  ];
}

function address(text: string) {
  const value = parseEmail(text);
  if (!value) throw new Fault('unknown_event', `"${text}" is no email address`);
  return { kind: 'email' as const, value };
}

const whole = (text: string | undefined): number | null =>
  text && /^\d{1,9}$/.test(text) ? Number(text) : null;

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Fault('unknown_event', 'the body is signed, but it is not JSON');
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`,
  );
  throw new Fault('unknown_event', issues.join('; '));
}
