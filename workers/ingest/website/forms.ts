/** `POST /forms/<name>`: a lead who fills in a form of the website (P3, F6). */
import { canonicalJson } from '../../../core/canonical-json.ts';
import { MINUTE } from '../../../core/durations.ts';
import type { Fact } from '../../../core/facts/fact.ts';
import { parseRow } from '../../../core/facts/parse.ts';
import type { RowContext } from '../../../core/facts/row.ts';
import { channelOf, utmOf } from '../../../core/facts/source-tag.ts';
import { Fault } from '../../../core/faults.ts';
import { hash } from '../../../core/hash.ts';
import type { FormSettings } from '../../../core/settings.ts';

export const isFormName = (name: string): boolean => /^[a-z0-9][a-z0-9_-]{0,59}$/.test(name);

/** Forms of these names need no settings: lead type → outcome. */
const known: Record<string, NonNullable<FormSettings['outcome']>> = {
  trial_class: 'trial',
  mock_test: 'mock_test',
  ebook: 'ebook',
};

/** Fields that mean something to the house; any other is an answer that is kept as an attribute. */
const ofPeople = ['full_name', 'email', 'phone', 'company', 'role', 'industry', 'country'];
const ofStudents = ['year_level', 'term', 'offer', 'timezone'];
/** Nobody sees it, so only a machine fills it in. */
export const TRAP = 'leave_blank';
const handled = ['page', 'ref', 'next', 'message', 'name', 'first_name', 'last_name', TRAP];
const isAnswer = (field: string): boolean =>
  ![...ofPeople, ...ofStudents, ...handled].includes(field) &&
  !/^(utm_.*|cf-turnstile-response)$/.test(field);

const MOST_FIELDS = 40;
const LONGEST_ANSWER = 5000;

/** The texts of a form, trimmed; blank ones are left out. Throws `Fault('bad_input')`. */
export function readFields(body: Record<string, unknown>): Record<string, string> {
  const fields = Object.entries(body).flatMap(([name, value]): [string, string][] => {
    if (!['string', 'number', 'boolean'].includes(typeof value)) return [];
    const text = String(value).trim();
    if (text.length > LONGEST_ANSWER)
      throw new Fault('bad_input', `${name}: is longer than ${LONGEST_ANSWER} characters`);
    return text ? [[name, text]] : [];
  });
  if (fields.length > MOST_FIELDS)
    throw new Fault('bad_input', `a form has at most ${MOST_FIELDS} fields`);
  return Object.fromEntries(fields);
}

export type Submission = {
  form: string;
  fields: Record<string, string>;
  settings: FormSettings;
  /** When this content was first sent, in UTC ms. */
  sent_at: number;
  /** Whether somebody of the house sent this lead. */
  isReferred: boolean;
};

/** Names what was sent: the same content within a minute of `sent_at` is one submission. */
export const submissionKey = ({ form, fields, sent_at }: Submission): string =>
  hash(canonicalJson(['form', form, fields, Math.floor(sent_at / MINUTE)]));

const origin = { provider: 'web' };

/**
 * The lead and what they did. `country` is that of phones that name none. Throws
 * `Fault('bad_input')` that names each field and what it takes.
 */
export function submissionFacts(submission: Submission, now: number, country: string): Fact[] {
  const { form, fields, settings, sent_at, isReferred } = submission;
  if (!fields.email && !fields.phone)
    throw new Fault('bad_input', 'please give an email address or a phone number');
  const name = form.replaceAll('-', '_');
  const utm = utmOf(fields.page ?? '');
  const context: RowContext = {
    origin,
    now,
    zone: 'UTC',
    defaultCountry: country,
    receivedAt: sent_at,
    observationKey: submissionKey(submission),
  };
  const parts = [fields.first_name, fields.last_name].filter(Boolean);
  const answers = Object.entries(fields).filter(([field]) => isAnswer(field));
  const person = {
    ...pick(fields, [...ofPeople, ...ofStudents]),
    full_name: fields.full_name ?? fields.name ?? (parts.join(' ') || undefined),
    offer: fields.offer ?? settings.offer,
    lead_type: settings.lead_type ?? (name in known ? name : 'other'),
    channel_origin: isReferred ? 'referral' : channelOf(utm),
    ...utm,
    ...(answers.length > 0 ? { attributes: Object.fromEntries(answers) } : {}),
  };
  const contacts = parsed('contacts', person, context);
  const [lead] = contacts;
  const { kind, value } = lead!.contact!;
  const interaction = {
    contact: value,
    channel: 'web',
    direction: 'inbound',
    initiated_by: 'self',
    outcome: settings.outcome ?? known[name] ?? 'form',
    occurred_at: sent_at,
    external_id: submissionKey(submission),
    summary: [form, fields.message].filter(Boolean).join(': '),
    ...utm,
  };
  return [
    ...contacts,
    ...parsed('interactions', interaction, { ...context, formats: { contact: kind } }),
  ];
}

function parsed(kind: 'contacts' | 'interactions', row: object, context: RowContext): Fact[] {
  const read = parseRow(kind, row as Record<string, unknown>, context);
  if ('facts' in read) return read.facts;
  throw new Fault('bad_input', read.errors.map(({ message }) => forSenders(message)).join('; '));
}

/** Settings are no matter of whoever fills in a form. */
const forSenders = (message: string): string =>
  message.replace(/ of [A-Z]{2}, the DEFAULT_COUNTRY; .*$/, '; write it with + and country code');

const pick = (fields: Record<string, string>, names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])));
