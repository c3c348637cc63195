/**
 * People who must never be found outside the house, and every door's way of telling about them
 * (V13).
 */
import { HOUR } from '../../core/durations.ts';
import type { TestHouse } from '../house.ts';
import { mailEvent, signed } from '../signed.ts';
import { type CsvFile, importFile } from './empty-house.ts';

/** In every text of theirs, whatever its kind. */
export const CANARY = 'zzcanary';
const ADDED = '2026-05-04T09:30:00Z';
const CALLED = '2026-05-05T10:00:00Z';
const BOUGHT = '2026-05-12T11:00:00Z';

export type Person = {
  n: number;
  name: string;
  email: string;
  phone: string;
  company: string;
  notes: string;
};

export const people = (count: number): Person[] =>
  Array.from({ length: count }, (_, n) => ({
    n,
    name: `${CANARY} Person ${n}`,
    email: `${CANARY}${n}@private.example`,
    phone: `+61491570${String(100 + n)}`,
    company: `${CANARY} and Sons ${n}`,
    notes: `${CANARY} said: ring my sister, "ask for ${n}"`,
  }));

/** The digits of any of their phones. */
export const PHONE = /491570[12]\d\d/;

const quoted = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`;
const csv = (rows: Record<string, unknown>[]): string => {
  const columns = Object.keys(rows[0]!);
  return [
    columns.join(','),
    ...rows.map((row) => columns.map((column) => quoted(row[column] ?? '')).join(',')),
  ].join('\n');
};

/**
 * A contact as a row: all that a person can write about another, and an address in a place made for
 * none.
 */
const contactRow = ({ n, name, email, phone, company, notes }: Person) => ({
  external_id: `crm-${n}`,
  email,
  phone,
  full_name: name,
  company,
  notes,
  role: `${CANARY} of ${company}`,
  assigned_to: `${CANARY} Orchestrator`,
  tags: `${CANARY};spring`,
  next_action: `Call ${name} on ${phone}`,
  next_action_at: '2026-06-03T00:00:00Z',
  lead_added_at: ADDED,
  channel_origin: n % 7 ? 'paid' : email,
  lead_type: 'whatsapp',
  offer: n % 5 ? 'Maths' : `Maths for ${email}`,
  term: n % 11 ? 'T1' : phone,
  utm_campaign: n % 3 ? 'may' : `may ${email}`,
  attributes: JSON.stringify({ dog: `${CANARY}'s dog` }),
  deal_value: '120',
});

const interactionRow = ({ n, email, notes }: Person) => ({
  contact: email,
  occurred_at: '2026-05-04T12:00:00Z',
  channel: 'web',
  direction: 'inbound',
  outcome: 'form',
  summary: notes,
  campaign: n % 4 ? 'spring' : `spring ${email}`,
  utm_source: n % 9 ? 'google' : email,
  external_id: `visit ${email}`,
});

const callRow = ({ n, email, phone, name, notes }: Person, nth: number) => ({
  contact: phone,
  started_at: new Date(Date.parse(CALLED) + nth * HOUR).toISOString(),
  source: 'manual',
  class: 'voicemail',
  agent: n % 2 ? 'Sam' : email,
  notes,
  next_steps: `write to ${name}`,
  objections: `${CANARY} price`,
  recording_url: `https://calls.example/${email}`,
  external_id: `call ${email} ${nth}`,
});

/** The others are in danger: often dialled, never reached. */
const buys = ({ n }: Person): boolean => n % 2 === 0;

const purchaseRow = ({ n, email, phone }: Person) => ({
  contact: email,
  purchased_at: BOUGHT,
  product: n % 6 ? 'Course' : `Course for ${email}`,
  amount: '120.50',
  currency: 'AUD',
  cohort: n % 8 ? 'May' : phone,
  payment_method: n % 10 ? 'card' : `card of ${email}`,
  referrer: `${CANARY}0@private.example`,
  external_id: `order ${email}`,
});

const eventRow = ({ n, email }: Person) => ({
  contact: email,
  type: 'clicked',
  occurred_at: '2026-05-06T08:00:00Z',
  email_type: n % 2 ? 'pain_point' : `about ${email}`,
  message_id: `<${n}.${CANARY}@private.example>`,
  campaign: `spring ${email}`,
  external_id: `event ${email}`,
});

/** Everything about these people as files, through the door of the command line. */
export async function importPeople(house: TestHouse, now: number, some: Person[]): Promise<void> {
  const files: CsvFile[] = [
    { kind: 'contacts', text: csv(some.map(contactRow)) },
    { kind: 'interactions', text: csv(some.map(interactionRow)) },
    {
      kind: 'calls',
      text: csv(some.flatMap((person) => [1, 2, 3].map((nth) => callRow(person, nth)))),
    },
    { kind: 'purchases', text: csv(some.filter(buys).map(purchaseRow)) },
    { kind: 'email-events', text: csv(some.map(eventRow)) },
    {
      kind: 'campaigns',
      text: csv([
        {
          external_id: `spring ${some[0]!.email}`,
          name: some[0]!.name,
          owner: some[0]!.name,
          observed_at: ADDED,
        },
      ]),
    },
  ];
  for (const file of files) await importFile(house, now, file);
}

/** The same through the API. */
export async function postPeople(house: TestHouse, some: Person[]): Promise<void> {
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await house.call(path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.status !== 202) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  for (const person of some) {
    await post('/api/contacts', contactRow(person));
    await post('/api/interactions', interactionRow(person));
    await post('/api/calls', callRow(person, 1));
    if (buys(person)) await post('/api/purchases', purchaseRow(person));
  }
}

/**
 * The same as Resend tells it, with a reply of each, and a signed event that cannot be understood.
 */
export async function deliverPeople(url: URL, some: Person[]): Promise<void> {
  const deliver = (id: string, body: string) =>
    fetch(new URL('/webhooks/resend', url), signed(id, body) as RequestInit);
  for (const { n, name, email, phone } of some) {
    const message = {
      email_id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      to: [`${name} <${email}>`],
      subject: `For ${name}, ${phone}`,
      tags: { campaign: `spring ${email}`, email_type: `to ${email}` },
      click: { link: `https://house.example/?who=${email}`, userAgent: `Browser of ${name}` },
    };
    await deliver(`sent ${email}`, mailEvent('email.sent', message, '2026-05-07T10:00:00.000Z'));
    await deliver(
      `click ${email}`,
      mailEvent('email.clicked', message, '2026-05-07T11:00:00.000Z'),
    );
    const reply = {
      from: `${name} <${email}>`,
      to: ['hello@house.example'],
      subject: name,
      text: `I am ${name}`,
    };
    await deliver(
      `reply ${email}`,
      JSON.stringify({ type: 'email.received', created_at: '2026-05-08T10:00:00Z', data: reply }),
    );
  }
  await deliver(
    'odd',
    JSON.stringify({ type: 'email.odd', created_at: '2026-05-08T10:00:00Z', data: some[0] }),
  );
}
