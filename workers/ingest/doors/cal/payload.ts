/** Cal.com's webhooks of version 2021-10-20: most in an envelope, the scheduled ones flat. */
import { z } from 'zod';
import { instant as utcMs } from '../../../../core/instant.ts';

const text = z.string().optional();
const uid = z.string().min(1).max(255);
const instant = z.iso
  .datetime({ offset: true })
  .transform((iso) => Date.parse(iso))
  .pipe(utcMs);
/** A field of the booking form; what is no text, such as a choice, is not read. */
const field = z.object({ value: z.unknown() }).optional();

export const envelope = z.object({
  triggerEvent: z.string().max(100),
  createdAt: instant,
  payload: z.unknown().optional(),
});

const attendee = z.object({
  email: text,
  name: text,
  timeZone: text,
  phoneNumber: text,
  noShow: z.boolean().optional(),
});

export const booking = z.object({
  uid,
  startTime: instant,
  endTime: instant,
  attendees: z.array(attendee).min(1),
  responses: z.object({ attendeePhoneNumber: field, smsReminderNumber: field }).optional(),
  /** Who takes the call: in an envelope the organizer, flat the user. */
  organizer: z.object({ name: text }).optional(),
  user: z.object({ name: text }).optional(),
  additionalNotes: text,
  cancellationReason: text,
  rejectionReason: text,
  /** The booking that this one was moved from: in an envelope, and flat. */
  rescheduleUid: uid.optional(),
  fromReschedule: uid.optional(),
  /** When it was made; flat only. */
  createdAt: instant.optional(),
});

export const noShow = z.object({
  bookingUid: uid,
  attendees: z.array(z.object({ email: z.string(), noShow: z.boolean() })).min(1),
});

export type Booking = z.infer<typeof booking>;
export type NoShow = z.infer<typeof noShow>;
