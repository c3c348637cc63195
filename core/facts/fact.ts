/**
 * The normalised fact: what every door makes, every queue carries and the one writer stores (F1).
 * Home of F1.
 */
import { z } from 'zod';
import { isStorable, NO_CHARACTER } from '../characters.ts';
import { instant } from '../instant.ts';
import { MOST_TEXT } from '../mail/reply-text.ts';
import { thingKinds } from './thing-kinds.ts';
import { upgradeFact } from './upgrade.ts';

export const eventTypes = [
  'scheduled',
  'sent',
  'delivered',
  'delivery_delayed',
  'opened',
  'clicked',
  'replied',
  'auto_replied',
  'bounced',
  'complained',
  'unsubscribed',
  'failed',
  'suppressed',
] as const;

const storable = z.string().refine(isStorable, NO_CHARACTER);
const key = storable.min(1).max(500);
const text = storable.nullable();
const address = z.object({
  kind: z.enum(['email', 'phone', 'external']),
  value: key,
});

/** Where a fact comes from (origin.ts). */
const origin = {
  provider: key,
  account: key.nullish(),
  medium: key.nullish(),
};

/** The imports that state the fact; absent where a door does. */
const imports = z.array(z.int()).optional();

/** An immutable email event and its message (F4, E3). Instants are UTC milliseconds. */
export const emailEvent = z.object({
  kind: z.literal('email_event'),
  event_id: key,
  ...origin,
  imports,
  /** Null: a reply whose message is the last one that the house sent to its sender before it. */
  message_id: key.nullable(),
  contact: address,
  /**
   * Whether the message went to `contact` or was answered by them. Who answers need not be whom it
   * went to, and says nothing about the message. Absent: recipient.
   */
  contact_role: z.enum(['recipient', 'sender']).optional(),
  event_type: z.enum(eventTypes),
  occurred_at: instant,
  message: z.object({
    created_at: instant,
    campaign_id: text,
    sequence_version: z.int().nullable(),
    step_number: z.int().nullable(),
    email_type: text,
    subject: text,
    /** Absent in facts that were queued before these two were known. */
    sending_domain: text.default(null),
    recipient_domain_group: text.default(null),
  }),
  actor: z.enum(['human', 'machine', 'unknown']).nullable(),
  bounce_type: z.enum(['hard', 'soft']).nullable(),
  link: text,
  user_agent: text,
  http_method: text,
  /** Of a mail from somebody its whole text. Absent: not told. */
  text: storable.max(MOST_TEXT).nullish(),
});

/**
 * One delivery about a thing that changes. `stated` has the names of the columns it folds into;
 * what is absent is not stated. The `thing_key` of a contact is its own text for the address: the
 * writer stores it under the contact it resolves to.
 */
export const observation = z.object({
  kind: z.enum(thingKinds),
  ...origin,
  imports,
  contact: address.optional(),
  /**
   * It makes no contact, as a call with a number of nobody's: it waits until another fact does. A
   * fact of an external id always waits.
   */
  waits_for_contact: z.literal(true).optional(),
  identities: z.array(address).max(50).optional(),
  thing_key: key,
  /** Keys of the same kind that mean this very thing, such as the booking that this one moved. */
  same_as: z.array(key).max(20).optional(),
  observation_key: key,
  observed_at: instant,
  stated: z.record(z.string(), z.union([storable, z.number(), z.null()])),
});

export const fact = z.preprocess(
  upgradeFact,
  z.discriminatedUnion('kind', [emailEvent, observation]),
);

export type EmailEvent = z.infer<typeof emailEvent>;
export type Observation = z.infer<typeof observation>;
export type Fact = z.infer<typeof fact>;
