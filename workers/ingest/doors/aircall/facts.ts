/**
 * A sighting of a call as a fact. One call is one thing, whichever way it came; its fields fold out
 * of its sightings by their instants (G6), and whether it was done out of duration and recording
 * (A2).
 */

import { canonicalJson } from '../../../../core/canonical-json.ts';
import { withAgent } from '../../../../core/facts/agent.ts';
import type { Observation } from '../../../../core/facts/fact.ts';
import { callMedium } from '../../../../core/facts/origin.ts';
import { thingKey } from '../../../../core/facts/row.ts';
import { hash } from '../../../../core/hash.ts';
import { parsePhone } from '../../../../core/phone.ts';
import type { DoorEvent } from '../door.ts';
import { read } from '../json.ts';
import { type Call, call } from './payload.ts';
import { nameOf, sightingIn } from './sighting.ts';

const provider = 'aircall';

/**
 * None for a call with a hidden or impossible number, which is nobody's, and for events about other
 * things than calls. Throws `Fault('unknown_event')` for a call that cannot be read.
 */
export function facts(event: DoorEvent, country: string): Observation[] {
  const seen = sightingIn(event);
  if (seen === null) return [];
  const found = read(call, seen.call);
  const phone = parsePhone(found.raw_digits ?? '', country);
  if (phone === undefined) return [];
  const origin = { provider, account: event.account, medium: callMedium(provider) };
  const stated = withAgent(statedBy(found));
  const state = hash(canonicalJson(stated)).slice(0, 32);
  return [
    {
      kind: 'call',
      ...origin,
      contact: { kind: 'phone', value: phone },
      waits_for_contact: true,
      thing_key: thingKey(origin, 'call', found.id, []),
      observation_key: seen.is_change ? `${state}@${seen.seen_at}` : state,
      observed_at: seen.seen_at,
      stated,
    },
  ];
}

/**
 * What is not so yet is not stated, so that nothing takes it back: a recording may be deleted years
 * later, and a user who left the company still made the call.
 */
function statedBy(found: Call): Observation['stated'] {
  const isRecorded = found.recording || found.recording_short_url;
  return {
    started_at: found.started_at,
    direction: found.direction,
    ...(found.ended_at !== undefined && {
      completed_at: found.ended_at,
      duration_s: found.duration ?? 0,
    }),
    ...(isRecorded && { recorded: 1 }),
    ...(isRecorded && found.asset && { recording_url: found.asset }),
    ...(found.user && { agent: found.user }),
    ...(notesOf(found) && { notes: notesOf(found) }),
  };
}

/** What people see on the call's line: why it was missed, its voicemail, comments and tags. */
function notesOf(found: Call): string {
  const missed = found.missed_call_reason?.replaceAll('_', ' ');
  const isVoicemail = found.voicemail && !found.recording && found.asset;
  return [
    missed ? `Missed: ${missed}` : [],
    isVoicemail ? `Voicemail: ${found.asset}` : [],
    found.comments.map(({ content }) => content.trim()),
    found.tags.length > 0 ? `Tags: ${found.tags.map(({ name }) => name).join(', ')}` : [],
  ]
    .flat()
    .filter(Boolean)
    .join('\n');
}

/** What `status` counts where an event held no fact. */
export function typeOf(event: DoorEvent): string {
  const name = nameOf(event);
  return name === undefined || name.startsWith('call.')
    ? 'call with a hidden or invalid number'
    : name;
}
