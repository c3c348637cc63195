/** Cal.com's deliveries as its servers send them: one trigger of one booking, signed. */
import { createHmac } from 'node:crypto';
import type { Delivery } from './stripe-events.ts';

export const CAL_SECRET = 'a-secret-that-only-tests-know';

export type Told = {
  uid?: string;
  /** The day of May 2026 on which the call is to be. */
  day?: number;
  /** The uid that this booking was moved from. */
  from?: string;
  /** When Cal.com told it, in the clock of May 1. */
  at?: string;
  more?: object;
};

const attendee = {
  email: 'Ana@Example.com',
  name: 'Ana Silva',
  timeZone: 'Europe/London',
  phoneNumber: '+447700900123',
};

export const calEvent = (
  triggerEvent: string,
  { uid = 'u1', day = 5, from, at = '10:00', more = {} }: Told = {},
): string => {
  const date = `2026-05-${String(day).padStart(2, '0')}`;
  const call = {
    uid,
    startTime: `${date}T09:00:00Z`,
    endTime: `${date}T09:30:00Z`,
    attendees: [attendee],
  };
  const createdAt = `2026-05-01T${at}:00.000Z`;
  if (triggerEvent.startsWith('MEETING_'))
    return JSON.stringify({
      triggerEvent,
      createdAt,
      ...call,
      user: { name: 'Bo Lee' },
      fromReschedule: from ?? null,
      ...more,
    });
  const payload = { ...call, organizer: { name: 'Bo Lee' }, rescheduleUid: from, ...more };
  return JSON.stringify({ triggerEvent, createdAt, payload });
};

export const signedByCal = (body: string, secret = CAL_SECRET): Delivery => ({
  method: 'POST',
  body,
  headers: { 'x-cal-signature-256': createHmac('sha256', secret).update(body).digest('hex') },
});
