/**
 * What Cal.com tells, as one call per booking, or the reason why it cannot be. A booking that is
 * moved gets a new uid and names the old one: both are one call, in whatever order they come (A2).
 */
import { isTimeZone } from '../../../../core/calendar.ts';
import {
  type Address,
  addressText,
  compareAddresses,
  parseEmail,
} from '../../../../core/facts/address.ts';
import { withAgent } from '../../../../core/facts/agent.ts';
import type { Fact, Observation } from '../../../../core/facts/fact.ts';
import { callMedium, type Origin } from '../../../../core/facts/origin.ts';
import { fittingKey, thingKey } from '../../../../core/facts/row.ts';
import { Fault } from '../../../../core/faults.ts';
import { parsePhone } from '../../../../core/phone.ts';
import type { DoorEvent } from '../door.ts';
import { parseJson, read } from '../json.ts';
import { type Booking, booking, envelope, type NoShow, noShow } from './payload.ts';

const origin: Origin = { provider: 'cal' };
const callKey = (uid: string): string => thingKey(origin, 'call', uid, []);

/** What each trigger says of the booking: that it stands, or that there will be no call. */
const states = new Map([
  ['BOOKING_REQUESTED', 'open'],
  ['BOOKING_CREATED', 'open'],
  ['BOOKING_PAID', 'open'],
  ['BOOKING_RESCHEDULED', 'open'],
  ['BOOKING_CANCELLED', 'cancelled'],
  ['BOOKING_REJECTED', 'cancelled'],
]);

/** Throws `Fault('unknown_event')` where the body is none of Cal.com's. */
export const typeOf = ({ body }: DoorEvent): string => read(envelope, parseJson(body)).triggerEvent;

/**
 * `now` is UTC ms. Triggers that say nothing of a booking, such as the test's, hold no facts.
 * Throws `Fault('unknown_event')` for a shape that the house does not know.
 */
export function facts({ id, body }: DoorEvent, now: number): Fact[] {
  const json = parseJson(body);
  const { triggerEvent, createdAt: at, payload } = read(envelope, json);
  const state = states.get(triggerEvent);
  if (state) return bookingFacts({ id, at }, read(booking, payload), state);
  // Told when it is over, with the booking as it stands; its `createdAt` is the booking's own.
  if (triggerEvent === 'MEETING_ENDED') return endFacts(id, read(booking, json), now);
  if (triggerEvent === 'BOOKING_NO_SHOW_UPDATED')
    return [noShowFact({ id, at }, read(noShow, payload))];
  return [];
}

type Telling = { id: string; at: number };

function bookingFacts({ id, at }: Telling, told: Booking, state: string): Fact[] {
  const notes = told.cancellationReason ?? told.rejectionReason ?? told.additionalNotes;
  return peopleAndCall({ id, at }, told, {
    booked_at: at,
    booking_state: state,
    ...(state === 'cancelled' ? { cancelled_at: at } : {}),
    ...(notes ? { notes } : {}),
  });
}

/** Cal.com says that it ended whether or not anybody came, unless somebody told it. */
function endFacts(id: string, told: Booking, now: number): Fact[] {
  const { startTime, endTime, createdAt } = told;
  const isHeld = told.attendees.some(({ noShow }) => !noShow);
  return peopleAndCall({ id, at: Math.min(endTime, now) }, told, {
    ...(createdAt ? { booked_at: createdAt } : {}),
    ...(isHeld
      ? { completed_at: endTime, duration_s: Math.max(0, (endTime - startTime) / 1000) }
      : { booking_state: 'no_show', cancelled_at: endTime }),
  });
}

/** Whoever did not come was in no call, even if the meeting has ended. */
function noShowFact({ id, at }: Telling, { bookingUid, attendees }: NoShow): Fact {
  const value = parseEmail(attendees[0]!.email);
  if (!value) throw new Fault('unknown_event', 'attendees.0.email: is no email address');
  const isGone = attendees.every((attendee) => attendee.noShow);
  const stated: Observation['stated'] = isGone
    ? { booking_state: 'no_show', cancelled_at: at }
    : { booking_state: 'open' };
  return callFact({ id, at }, { kind: 'email', value }, bookingUid, stated);
}

function peopleAndCall(telling: Telling, told: Booking, stated: Observation['stated']): Fact[] {
  const [{ name, timeZone }] = told.attendees as [Booking['attendees'][0]];
  const identities = addressesOf(told);
  const [contact] = identities;
  if (!contact) throw new Fault('unknown_event', 'attendees.0: has no email and no phone');
  const agent = (told.organizer ?? told.user)?.name;
  const earlier = told.rescheduleUid ?? told.fromReschedule;
  const call = callFact(telling, contact, told.uid, {
    ...stated,
    scheduled_at: told.startTime,
    ...withAgent(agent ? { agent } : {}),
  });
  return [
    {
      kind: 'contact',
      ...origin,
      contact,
      identities,
      thing_key: fittingKey(addressText(contact)),
      observation_key: telling.id,
      observed_at: telling.at,
      stated: {
        ...(name ? { full_name: name } : {}),
        ...(timeZone && isTimeZone(timeZone) ? { timezone: timeZone } : {}),
      },
    },
    earlier ? { ...call, same_as: [callKey(earlier)] } : call,
  ];
}

const callFact = (
  { id, at }: Telling,
  contact: Address,
  uid: string,
  stated: Observation['stated'],
): Observation => ({
  kind: 'call',
  ...origin,
  medium: callMedium(origin.provider),
  contact,
  thing_key: callKey(uid),
  observation_key: id,
  observed_at: at,
  stated,
});

/** Whoever booked by phone only gets an address that Cal.com makes up. */
const MADE_UP = /@sms\.cal\.com$/;

function addressesOf({ attendees, responses }: Booking): Address[] {
  const [{ email = '', phoneNumber }] = attendees as [Booking['attendees'][0]];
  const typed = [responses?.attendeePhoneNumber?.value, responses?.smsReminderNumber?.value];
  const phones = [phoneNumber, ...typed].flatMap((phone) =>
    typeof phone === 'string' ? (parsePhone(phone, 'US') ?? []) : [],
  );
  const readEmail = parseEmail(email);
  const addresses: Address[] = [
    ...(readEmail && !MADE_UP.test(readEmail)
      ? [{ kind: 'email' as const, value: readEmail }]
      : []),
    ...[...new Set(phones)].map((value) => ({ kind: 'phone' as const, value })),
  ];
  return addresses.sort(compareAddresses);
}
