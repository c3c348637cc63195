/**
 * The history of one person as facts, drawn: what doors would bring, with corrections, refunds,
 * receipts and merges.
 */
import { DAY, MINUTE } from '../../core/durations.ts';
import type { EmailEvent, Fact, Observation } from '../../core/facts/fact.ts';
import type { random } from '../views/random-house.ts';
import { drawnCalls } from './drawn-calls.ts';

type Stated = Observation['stated'];
type Address = EmailEvent['contact'];

/** Three weeks about the night in which the clocks of New York change. */
export const FIRST_AT = Date.UTC(2026, 1, 20);
export const AS_OF = Date.UTC(2026, 5, 30, 12);

/** Facts of person `no`, in the order in which they happened or arrived. */
export function drawnHistory(no: number, next: ReturnType<typeof random>): Fact[] {
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(...choices: T[]): T => choices[below(choices.length)]!;
  const email: Address = { kind: 'email', value: `p${no}@example.com` };
  const phone: Address = { kind: 'phone', value: `+1212555${String(no).padStart(4, '0')}` };
  const hasPhone = next() < 0.4;
  /** What a CRM calls them: whatever is told of it waits until a contact fact names it (F1). */
  const external: Address = { kind: 'external', value: `lead-${no}` };
  const isInCrm = next() < 0.3;
  const someAddress = (): Address => {
    if (isInCrm && next() < 0.3) return external;
    return hasPhone && next() < 0.5 ? phone : email;
  };
  const begins = FIRST_AT + below(20 * 24 * 60) * MINUTE;
  const soon = (days: number): number => begins + below(days * 24 * 60) * MINUTE;
  const facts: Fact[] = [];
  /** Now and then a thing is told of as the neighbour's, until it is told otherwise (F1). */
  const owner = (kind: Observation['kind']): Address =>
    kind !== 'contact' && kind !== 'enrolment' && next() < 0.05
      ? { kind: 'email', value: `p${Math.max(0, no - 1)}@example.com` }
      : someAddress();
  const observe = (
    kind: Observation['kind'],
    thing_key: string,
    at: number,
    statements: Stated[],
    provider?: string,
  ) => {
    const observed = statements.map((stated, i) => ({
      kind,
      provider: provider ?? pick('api', 'crm'),
      contact: owner(kind),
      thing_key: `${kind} ${no} ${thing_key}`,
      observation_key: `${no} ${thing_key} ${i}`,
      observed_at: at + i * pick(0, 1, DAY),
      stated,
    }));
    facts.push(...observed);
  };
  /** A thing stated once or more; statements may fall on one instant and contradict each other. */
  const tell = (
    kind: Observation['kind'],
    thing_key: string,
    at: number,
    ...statements: Stated[]
  ) => observe(kind, thing_key, at, statements);
  const person = (): Stated => ({
    channel_origin: pick('linkedin', 'referral', null),
    lead_type: pick('ebook', 'trial_class', null),
    tier: pick(1, 2, null),
    lead_added_at: pick(begins, begins - DAY, null),
    lead_status: pick('warm', 'hot', 'dormant', 'customer', null, null, null),
    sales_stage: pick('replied', 'closed_lost', null, null, null),
    last_contact_at: pick(soon(60), null, null),
    vip_by_hand: pick(1, null, null, null),
    ...(next() < 0.1 ? { unsubscribed: 1 } : {}),
  });
  tell(
    'contact',
    'card',
    pick(begins, begins, soon(90)),
    ...Array.from({ length: 1 + below(3) }, person),
  );
  if (hasPhone)
    facts.push({
      kind: 'contact',
      provider: 'api',
      contact: email,
      identities: [email, phone],
      thing_key: `contact ${no} both`,
      observation_key: `${no} both`,
      observed_at: soon(40),
      stated: { full_name: pick('Ana', 'Bo') },
    });
  if (isInCrm)
    facts.push({
      kind: 'contact',
      provider: 'crm',
      contact: external,
      identities: [external, email],
      thing_key: `contact ${no} crm`,
      observation_key: `${no} crm`,
      observed_at: soon(40),
      stated: { company: pick('Acme', 'Borg') },
    });
  for (let n = below(3); n > 0; n--) {
    const told = (): Stated => ({
      occurred_at: soon(60),
      channel: pick('web', 'event', 'referral'),
      direction: pick('inbound', 'outbound'),
      outcome: pick('replied', 'downloaded', 'visited_pricing', null),
      utm_source: pick('google', null),
    });
    tell('interaction', `i${n}`, soon(60), told(), ...(next() < 0.3 ? [told()] : []));
  }
  const sometimes = (): number =>
    pick(begins, begins + 90 * DAY, begins - below(9) * DAY, soon(40), soon(100));
  for (const [n, { at, statements, provider }] of drawnCalls(next, sometimes).entries())
    observe('call', `c${n}`, at, statements, provider);
  for (let n = below(3); n > 0; n--) {
    const purchased_at = soon(80);
    const sale: Stated = {
      purchased_at,
      product_name: pick('Course', 'Club'),
      amount_minor: below(90_000),
      kind: pick('one_off', 'subscription'),
      currency: pick('USD', 'USD', 'AUD'),
      status: pick('enrolled', 'in_progress'),
      period_months: pick(1, 3, null),
    };
    tell(
      'purchase',
      `s${n}`,
      purchased_at,
      sale,
      ...(next() < 0.3 ? [{ ...sale, status: 'completed', amount_minor: below(9) }] : []),
    );
    const refund_of_key = `purchase ${no} s${n}`;
    const back = {
      ...sale,
      purchased_at: purchased_at + 3 * DAY,
      kind: 'refund',
      amount_minor: -below(5000),
      refund_of_key,
    };
    if (next() < 0.3) tell('purchase', `r${n}`, purchased_at + 3 * DAY, back);
  }
  if (next() < 0.4)
    tell('enrolment', 'e', begins, {
      campaign_id: 'spring',
      enrolled_at: soon(9),
      status: 'active',
      current_step: 1 + below(3),
    });
  for (let n = below(4); n > 0; n--) {
    const told = drawnMail(`m${no}-${n}`, email, soon(50), next);
    facts.push(
      ...told,
      ...(next() < 0.2 ? copies(told, `p${Math.max(0, no - 1)}@example.com`) : []),
    );
  }
  if (next() < 0.3) facts.push(strayReply(`reply ${no}`, email, soon(60)));
  return facts;
}

/** Mail from the person that names no message of ours. */
function strayReply(event_id: string, contact: Address, occurred_at: number): Fact {
  return {
    kind: 'email_event',
    provider: 'resend',
    event_id,
    message_id: null,
    contact,
    event_type: 'replied',
    occurred_at,
    actor: null,
    bounce_type: null,
    link: null,
    user_agent: null,
    http_method: null,
    message: {
      created_at: occurred_at,
      campaign_id: null,
      sequence_version: null,
      step_number: null,
      email_type: null,
      subject: null,
      sending_domain: null,
      recipient_domain_group: null,
    },
  };
}

/** What is told of a mail to several is told of the other one, too. */
const copies = (told: Fact[], value: string): Fact[] =>
  told
    .flatMap((fact) => (fact.kind === 'email_event' ? fact : []))
    .filter(({ event_type }) => event_type === 'sent' || event_type === 'delivered')
    .map((event) => ({
      ...event,
      event_id: `${event.event_id}.2`,
      contact: { kind: 'email', value },
    }));

/** A message and what became of it; now and then somebody else answers for them. */
function drawnMail(
  message_id: string,
  contact: Address,
  created_at: number,
  next: ReturnType<typeof random>,
): Fact[] {
  const below = (limit: number): number => Math.floor(next() * limit);
  const ending =
    next() < 0.15
      ? ['sent', 'bounced']
      : [
          'sent',
          'delivered',
          'opened',
          'clicked',
          'clicked',
          next() < 0.3 ? 'auto_replied' : 'replied',
        ];
  const nothing = {
    actor: null,
    bounce_type: null,
    link: null,
    user_agent: null,
    http_method: null,
  };
  return ending.slice(0, 1 + below(ending.length)).map((event_type, i) => ({
    ...nothing,
    kind: 'email_event',
    provider: 'resend',
    event_id: `${message_id}-${i}`,
    message_id,
    contact:
      event_type.endsWith('replied') && message_id.endsWith('2')
        ? { ...contact, value: `for.${contact.value}` }
        : contact,
    ...(event_type.endsWith('replied') ? { contact_role: 'sender' } : {}),
    event_type: event_type as EmailEvent['event_type'],
    occurred_at: created_at + i * below(3) * 7 * MINUTE,
    message: {
      created_at: created_at + below(2),
      campaign_id: 'spring',
      sequence_version: 1,
      step_number: 1 + below(3),
      email_type: null,
      subject: null,
      sending_domain: 'mail.house.example',
      recipient_domain_group: 'gmail',
    },
    ...(event_type === 'bounced' ? { bounce_type: next() < 0.5 ? 'hard' : 'soft' } : {}),
    ...(event_type === 'clicked' ? { link: `/${i}` } : {}),
  }));
}
