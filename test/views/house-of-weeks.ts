/** A house of hand-made weeks of mail, bookings and sales, and its weekly summary. */
import { HOUR } from '../../core/durations.ts';
import type { WeekRow } from '../../core/pages/week.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

/** The Wednesday after the weeks of the tests. */
export const as_of = at('2026-03-18T06:00:00');

export type Week = {
  monday: string;
  sent: number;
  opened?: number;
  clicked?: number;
  bounced?: number;
  booked?: number;
  /** Cents of one purchase. */
  sold?: number;
};

/**
 * One contact per mail; opens, clicks and bounces are of the first mails of the week, an hour after
 * them.
 */
export function house(weeks: Week[]): SqliteHouse {
  const made = new SqliteHouse();
  let contact_id = 0;
  for (const {
    monday,
    sent,
    opened = 0,
    clicked = 0,
    bounced = 0,
    booked = 0,
    sold = 0,
  } of weeks) {
    const sentAt = at(monday) + 10 * HOUR;
    if (sold)
      made.insert('purchases', [
        {
          contact_id: contact_id + 1,
          purchase_key: `s${monday}`,
          provider: 'api',
          kind: 'one_off',
          product_name: 'Course',
          currency: 'USD',
          status: 'enrolled',
          amount_minor: sold,
          purchased_at: sentAt,
        },
      ]);
    for (let n = 0; n < Math.max(sent, booked, 1); n += 1) {
      contact_id += 1;
      const message_id = `m${contact_id}`;
      made.insert('contacts', [
        { contact_id, contact_key: `k${contact_id}`, lead_added_at: at(monday) },
      ]);
      if (n < booked)
        made.insert('calls', [
          {
            contact_id,
            call_key: `b${contact_id}`,
            provider: 'manual',
            class: 'booked',
            direction: 'outbound',
            booked_at: sentAt,
          },
        ]);
      if (n >= sent) continue;
      made.insert('email_messages', [
        { contact_id, message_id, created_at: sentAt, campaign_id: 'c' },
      ]);
      const types = [
        'sent',
        n < opened && 'opened',
        n < clicked && 'clicked',
        n < bounced && 'bounced',
      ];
      made.insert(
        'email_events',
        types.flatMap((event_type, hours) =>
          event_type
            ? [
                {
                  contact_id,
                  message_id,
                  event_type,
                  event_id: `${event_type}${contact_id}`,
                  occurred_at: sentAt + hours * HOUR,
                  landed_at: sentAt,
                },
              ]
            : [],
        ),
      );
    }
  }
  return made;
}

export const summary = (made: SqliteHouse, instant = as_of) =>
  made.query('select * from weekly_summary order by week_start, position', {
    as_of: instant,
  }) as unknown as WeekRow[];
