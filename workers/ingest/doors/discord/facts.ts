/** What a message says, as facts: the lead, the caller, the year level and the outcome (A5, A6). */
import { readLeadMessage } from '../../../../core/chat/lead-message.ts';
import type { Address } from '../../../../core/facts/address.ts';
import { withAgent } from '../../../../core/facts/agent.ts';
import type { Fact, Observation } from '../../../../core/facts/fact.ts';
import { callMedium } from '../../../../core/facts/origin.ts';
import { thingKey } from '../../../../core/facts/row.ts';
import { Fault } from '../../../../core/faults.ts';
import type { DoorEvent } from '../door.ts';
import { parseJson, read } from '../json.ts';
import type { Channel } from './channels.ts';
import { type Sighting, sighting, subjectsOf } from './sighting.ts';
import { instantOf } from './snowflake.ts';

/** Throws `unknown_event` where the text has an address that cannot be read. */
export function facts(event: DoorEvent, channel: Channel, country: string): Fact[] {
  const seen = read(sighting, parseJson(event.body));
  const { unread } = subjectsOf(channel, seen.text, country);
  if (seen.is_unread && unread.length > 0)
    throw new Fault(
      'unknown_event',
      `a message of ${channel.account} names nobody that can be read: ${unread.join('; ')}. ` +
        'Correct the message in Discord within 24 hours, or add the person by hand',
    );
  return channel.kind === 'leads'
    ? leadFacts(seen, channel, country)
    : followUpFacts(seen, channel, country);
}

/**
 * Each lead of a message is a contact and a call. Both have their keys from the message and the
 * place in it, so a corrected number moves the call to another contact.
 */
function leadFacts(seen: Sighting, channel: Channel, country: string): Fact[] {
  const { leads, mentions } = readLeadMessage(seen.text, country);
  const agent = callerOf(mentions, seen, channel);
  const told_at = seen.edited_at ?? instantOf(seen.id);
  const people = leads.map(({ phone, year_level }) =>
    version(seen, channel, phone, told_at, {
      lead_type: 'whatsapp',
      lead_added_at: instantOf(seen.id),
      year_level,
      assigned_to: agent,
    }),
  );
  const places = Math.max(leads.length, seen.former.length);
  const calls = Array.from({ length: places }, (_, n) => {
    const phone = leads[n]?.phone ?? seen.former[n]!;
    return callFact(seen, channel, phone, n, leads[n] ? seen.outcome : null, agent);
  });
  // The lead that a deleted message made is one nevertheless.
  return [...people, ...(seen.is_gone ? [] : takenBack(seen, channel, told_at, leads)), ...calls];
}

/** Whom the message is not about any longer: it says nothing of them now. */
const takenBack = (
  seen: Sighting,
  channel: Channel,
  told_at: number,
  leads: { phone: string }[],
): Observation[] =>
  seen.former
    .filter((address) => !leads.some(({ phone }) => phone === address))
    .map((address) => version(seen, channel, address, told_at, {}));

/** `withdrawn`: no emoji says anything now, so there is no call. */
function callFact(
  { id, seen_at }: Sighting,
  { account }: Channel,
  phone: string,
  place: number,
  outcome: Sighting['outcome'],
  agent: string | null,
): Observation {
  const provider = 'discord';
  return {
    kind: 'call',
    provider,
    account,
    medium: callMedium(provider),
    contact: addressOf(phone),
    // Without the account: a channel may get another name.
    thing_key: thingKey({ provider }, 'call', place === 0 ? id : `${id}/${place + 1}`, []),
    observation_key: `${id}@${seen_at}`,
    observed_at: seen_at,
    stated: withAgent({
      seen: outcome ?? 'withdrawn',
      [isAttempt(outcome) ? 'started_at' : 'skipped_at']: seen_at,
      ...(outcome === 'booked' && { seen_booked_at: seen_at }),
      ...(agent !== null && { agent }),
    }),
  };
}

const isAttempt = (outcome: Sighting['outcome']) => outcome !== null && outcome !== 'no_call';

/** The emoji on what a program posted about a free trial say how it was followed up (R6). */
function followUpFacts(seen: Sighting, channel: Channel, country: string): Fact[] {
  const { addresses } = subjectsOf(channel, seen.text, country);
  const stated = { trial_followup_status: seen.outcome };
  const now = addresses.map((address) => version(seen, channel, address, seen.seen_at, stated));
  const before = seen.former
    .filter((address) => !addresses.includes(address))
    .map((address) => version(seen, channel, address, seen.seen_at, {}));
  return [...now, ...before];
}

/** What a message says of a contact; the latest version of it takes the place of the others. */
function version(
  { id }: Sighting,
  { account }: Channel,
  address: string,
  observed_at: number,
  stated: Observation['stated'],
): Observation {
  const contact = addressOf(address);
  return {
    kind: 'contact',
    provider: 'discord',
    account,
    contact,
    identities: [contact],
    thing_key: `${contact.kind}:${contact.value}`,
    observation_key: `discord ${id}@${observed_at}`,
    observed_at,
    stated: { version_of: `discord ${id}`, ...stated },
  };
}

const addressOf = (value: string): Address =>
  value.includes('@') ? { kind: 'email', value } : { kind: 'phone', value };

/** The first caller that is mentioned: one that is configured before any other, never a bot. */
function callerOf(ids: string[], { mentions }: Sighting, { callers }: Channel): string | null {
  const configured = ids.find((id) => callers[id]);
  if (configured) return callers[configured]!;
  const named = new Map(mentions.map((user) => [user.id, user]));
  const first = ids.map((id) => named.get(id)).find((user) => user && !user.bot);
  return first ? first.global_name || first.username || null : null;
}
