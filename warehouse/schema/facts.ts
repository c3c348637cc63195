/** What happened, as `migrations/` makes it; a test holds the two together. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const interactions = sqliteTable(
  'interactions',
  {
    contact_id: integer().notNull(),
    interaction_key: text().notNull(),
    provider: text().notNull(),
    occurred_at: integer().notNull(),
    occurred_day: text().notNull(),
    channel: text().notNull(),
    direction: text().notNull(),
    outcome: text(),
    campaign_id: text(),
    initiated_by: text(),
    utm_source: text(),
    utm_medium: text(),
    utm_campaign: text(),
    summary: text(),
  },
  (table) => [primaryKey({ columns: [table.contact_id, table.interaction_key] })],
);

export const calls = sqliteTable(
  'calls',
  {
    contact_id: integer().notNull(),
    call_key: text().notNull(),
    provider: text().notNull(),
    class: text().notNull(),
    direction: text().notNull(),
    booked_at: integer(),
    booked_day: text(),
    scheduled_at: integer(),
    started_at: integer(),
    started_day: text(),
    completed_at: integer(),
    completed_day: text(),
    cancelled_at: integer(),
    duration_s: integer(),
    recorded: integer(),
    recording_url: text(),
    agent_id: text(),
    outcome: text(),
    objections: text(),
    next_steps: text(),
    notes: text(),
    medium: text().notNull().default('phone'),
  },
  (table) => [primaryKey({ columns: [table.contact_id, table.call_key] })],
);

export const purchases = sqliteTable(
  'purchases',
  {
    contact_id: integer().notNull(),
    purchase_key: text().notNull(),
    provider: text().notNull(),
    purchased_at: integer().notNull(),
    purchased_day: text().notNull(),
    product_name: text(),
    kind: text().notNull(),
    amount_minor: integer().notNull(),
    currency: text().notNull(),
    status: text().notNull(),
    completed_at: integer(),
    cohort: text(),
    payment_method: text(),
    certificate_issued: integer(),
    period_months: integer(),
    ended_at: integer(),
    refund_of_key: text(),
    agent_id: text(),
    referrer_kind: text(),
    referrer_value: text(),
    /** By which name a refund may call it, beside its own key. */
    payment_key: text(),
  },
  (table) => [primaryKey({ columns: [table.contact_id, table.purchase_key] })],
);

export const emailMessages = sqliteTable(
  'email_messages',
  {
    contact_id: integer().notNull(),
    message_id: text().notNull(),
    created_at: integer().notNull(),
    created_day: text().notNull(),
    campaign_id: text(),
    sequence_version: integer(),
    step_number: integer(),
    email_type: text(),
    subject: text(),
    sending_domain: text(),
    recipient_domain_group: text(),
    recipient: text(),
    is_inbound: integer(),
    is_copy: integer(),
  },
  (table) => [primaryKey({ columns: [table.contact_id, table.message_id] })],
);

export const emailEvents = sqliteTable(
  'email_events',
  {
    contact_id: integer().notNull(),
    occurred_at: integer().notNull(),
    event_id: text().notNull(),
    message_id: text().notNull(),
    event_type: text().notNull(),
    occurred_day: text().notNull(),
    actor: text(),
    bounce_type: text(),
    link: text(),
    user_agent: text(),
    http_method: text(),
    landed_at: integer().notNull(),
    names_no_message: integer(),
    stated_campaign: text(),
    sender: text(),
    /** What only imports say of it (`Imported`, write/imported.ts), as JSON; null of a door's. */
    imported: text(),
    merged_from: integer(),
  },
  (table) => [primaryKey({ columns: [table.contact_id, table.occurred_at, table.event_id] })],
);

export const replyTexts = sqliteTable('reply_texts', {
  event_id: text().primaryKey(),
  text: text().notNull(),
});

export const campaigns = sqliteTable('campaigns', {
  campaign_id: text().primaryKey(),
  name: text().notNull(),
  goal: text(),
  channel: text(),
  status: text().notNull(),
  start_at: integer(),
  end_at: integer(),
  target_segment: text(),
  owner: text(),
});

export const sequenceSteps = sqliteTable(
  'sequence_steps',
  {
    campaign_id: text().notNull(),
    sequence_version: integer().notNull(),
    step_number: integer().notNull(),
    email_type: text(),
    subject: text(),
  },
  (table) => [
    primaryKey({ columns: [table.campaign_id, table.sequence_version, table.step_number] }),
  ],
);

export const enrolments = sqliteTable(
  'enrolments',
  {
    contact_id: integer().notNull(),
    enrolment_key: text().notNull(),
    campaign_id: text().notNull(),
    enrolled_at: integer().notNull(),
    current_step: integer().notNull(),
    status: text().notNull(),
    converted_at: integer(),
  },
  (table) => [primaryKey({ columns: [table.contact_id, table.enrolment_key] })],
);

export const deadEvents = sqliteTable('dead_events', {
  dead_id: text().primaryKey(),
  door: text().notNull(),
  fault: text().notNull(),
  reason: text().notNull(),
  body: text().notNull(),
  landed_at: integer().notNull(),
  replayed_at: integer(),
  delivery_id: text(),
  account: text(),
  discarded_at: integer(),
});

export const waitingFacts = sqliteTable(
  'waiting_facts',
  {
    address_kind: text().notNull(),
    address: text().notNull(),
    delivery: text().notNull(),
    kind: text().notNull(),
    observed_at: integer().notNull(),
    landed_at: integer().notNull(),
    fact: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.address_kind, table.address, table.delivery] })],
);

export const thingLinks = sqliteTable(
  'thing_links',
  {
    kind: text().notNull(),
    thing_key: text().notNull(),
    other_key: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.thing_key, table.other_key] })],
);

export const idempotencyKeys = sqliteTable('idempotency_keys', {
  idempotency_key: text().primaryKey(),
  body_hash: text().notNull(),
});

export const inbox = sqliteTable('inbox', {
  message_id: integer().primaryKey(),
  body: text().notNull(),
});
