/**
 * Matches mail that names no message to the last one that the house sent before it, whichever
 * landed first; where it states a campaign, to the last of that campaign (E10, G6).
 * Home of E10.
 */

/** Id of the message that such mail is while it answers none. */
const ownId = `concat('reply-', event_id)`;
/** Of the many events of a batch's contacts only these few are read. */
const byIndex = 'email_events indexed by email_events_naming_none';
const stray = 'names_no_message = 1 and contact_id in (select value from json_each(?1))';

/** Mail from people is stored as messages too, but the house did not send it. */
const answered = `(select m.message_id from email_messages m
  where m.contact_id = email_events.contact_id and m.is_inbound is null
    and m.created_at <= email_events.occurred_at
    and (stated_campaign is null or m.campaign_id = stated_campaign)
  order by m.created_at desc, m.message_id limit 1)`;

const match = `
  update ${byIndex} set message_id = coalesce(${answered}, ${ownId})
  where ${stray} and message_id <> coalesce(${answered}, ${ownId})`;

const addOwn = `
  insert into email_messages
    (contact_id, message_id, created_at, created_day, campaign_id, is_inbound)
  select contact_id, message_id, occurred_at, occurred_day, stated_campaign, 1
  from ${byIndex} where ${stray} and message_id = ${ownId}
  on conflict (contact_id, message_id) do update set
    created_at = excluded.created_at, created_day = excluded.created_day
  where excluded.created_at < email_messages.created_at`;

const dropOwn = `
  delete from email_messages
  where contact_id in (select value from json_each(?1)) and message_id in (
    select ${ownId} from ${byIndex} where ${stray} and message_id <> ${ownId})`;

/** Statements in order, for after events and messages are written. Writes only rows that differ. */
export const matchStrayReplies = (db: D1Database, contact_ids: number[]): D1PreparedStatement[] =>
  contact_ids.length === 0
    ? []
    : [match, addOwn, dropOwn].map((sql) =>
        db.prepare(sql).bind(JSON.stringify([...new Set(contact_ids)])),
      );
