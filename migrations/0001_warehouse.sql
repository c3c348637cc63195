-- The warehouse of facts. Instants are UTC milliseconds, days are business days 'YYYY-MM-DD' stamped at landing (F9),
-- money is integer minor units (F9). Fact tables have the contact first in their key, so one person's history is one range.

create table house (
  house_id text primary key,
  opened_at integer not null,
  is_sample integer not null default 0,
  time_zone text not null,
  currency text,
  rules_version text not null
) without rowid;

-- People (P1–P4). A contact row is the fold of its observations.
create table contacts (
  contact_id integer primary key,
  contact_key text not null,
  full_name text,
  company text,
  role text,
  industry text,
  country text,
  timezone text,
  channel_origin text,
  lead_type text,
  offer text,
  term text,
  year_level text,
  tier integer,
  lead_added_at integer,
  lead_added_day text,
  assigned_to text,
  tags text,
  notes text,
  next_action text,
  next_action_at integer,
  deal_value_minor integer,
  vip_by_hand integer,
  stated_lead_score real,
  last_contact_at integer,
  trial_followup_status text,
  utm_source text,
  utm_medium text,
  utm_campaign text,
  attributes text
);
create index contacts_by_key on contacts (contact_key);

create table identities (
  kind text not null check (kind in ('email', 'phone', 'external')),
  value text not null,
  contact_id integer not null,
  primary key (kind, value)
) without rowid;
create index identities_by_contact on identities (contact_id);

create table merges (
  loser_id integer primary key,
  survivor_id integer not null,
  loser_key text not null,
  kind text not null,
  value text not null,
  merged_at integer not null
);

-- Every delivery about a thing that changes (F1): contacts, interactions, calls, purchases, campaigns, enrolments.
create table observations (
  kind text not null,
  thing_key text not null,
  observation_key text not null,
  contact_id integer,
  source text not null,
  observed_at integer not null,
  landed_at integer not null,
  stated text not null,
  primary key (kind, thing_key, observation_key)
) without rowid;

create table interactions (
  contact_id integer not null,
  interaction_key text not null,
  source text not null,
  occurred_at integer not null,
  occurred_day text not null,
  channel text not null,
  direction text not null,
  outcome text,
  campaign_id text,
  initiated_by text,
  utm_source text,
  utm_medium text,
  utm_campaign text,
  summary text,
  primary key (contact_id, interaction_key)
) without rowid;

-- A call has up to three instants, each a fact of its own (A2). For Discord, started_at is the moment of detection.
create table calls (
  contact_id integer not null,
  call_key text not null,
  source text not null,
  class text not null,
  direction text not null,
  booked_at integer,
  booked_day text,
  scheduled_at integer,
  started_at integer,
  started_day text,
  completed_at integer,
  completed_day text,
  cancelled_at integer,
  duration_s integer,
  recorded integer,
  recording_url text,
  agent_id text,
  outcome text,
  objections text,
  next_steps text,
  notes text,
  primary key (contact_id, call_key)
) without rowid;

create table purchases (
  contact_id integer not null,
  purchase_key text not null,
  source text not null,
  purchased_at integer not null,
  purchased_day text not null,
  product_name text not null,
  kind text not null,
  amount_minor integer not null,
  currency text not null,
  status text not null,
  completed_at integer,
  cohort text,
  payment_method text,
  certificate_issued integer,
  period_months integer,
  ended_at integer,
  refund_of_key text,
  agent_id text,
  referrer_kind text,
  referrer_value text,
  primary key (contact_id, purchase_key)
) without rowid;

-- Mail. The contact of a message is fixed when the message is created, so an event's key never moves.
create table email_messages (
  contact_id integer not null,
  message_id text not null,
  created_at integer not null,
  created_day text not null,
  campaign_id text,
  sequence_version integer,
  step_number integer,
  email_type text,
  subject text,
  primary key (contact_id, message_id)
) without rowid;
create unique index email_messages_by_id on email_messages (message_id);

create table email_events (
  contact_id integer not null,
  occurred_at integer not null,
  event_id text not null,
  message_id text not null,
  event_type text not null,
  occurred_day text not null,
  actor text,
  bounce_type text,
  link text,
  user_agent text,
  http_method text,
  landed_at integer not null,
  primary key (contact_id, occurred_at, event_id)
) without rowid;

create table suppressions (
  contact_id integer not null,
  address text not null,
  reason text not null check (reason in ('unsubscribed', 'complained', 'hard_bounce', 'stated')),
  suppressed_at integer not null,
  primary key (contact_id, address, reason)
) without rowid;

create table agents (
  agent_id text primary key,
  name text not null
) without rowid;

create table campaigns (
  campaign_id text primary key,
  name text not null,
  goal text,
  channel text,
  status text not null,
  start_at integer,
  end_at integer,
  target_segment text,
  owner text
) without rowid;

create table sequence_steps (
  campaign_id text not null,
  sequence_version integer not null,
  step_number integer not null,
  email_type text,
  subject text,
  primary key (campaign_id, sequence_version, step_number)
) without rowid;

create table campaign_contacts (
  contact_id integer not null,
  campaign_id text not null,
  enrolled_at integer not null,
  current_step integer not null,
  status text not null,
  converted_at integer,
  primary key (contact_id, campaign_id)
) without rowid;

-- Derived per contact: the history of P5 and the summary that live pages read (architecture decision 3).
create table status_changes (
  contact_id integer not null,
  field text not null check (field in ('lead_status', 'sales_stage', 'unsubscribed')),
  occurred_at integer not null,
  from_value text,
  to_value text not null,
  cause text not null,
  rule_id text not null,
  primary key (contact_id, field, occurred_at)
) without rowid;

create table contact_summary (
  contact_id integer primary key,
  lead_status text not null,
  sales_stage text not null,
  unsubscribed integer not null,
  vip integer not null,
  score_milli integer not null,
  first_touch_at integer,
  last_touch_at integer,
  last_activity_at integer,
  emails_sent integer not null,
  emails_opened integer not null,
  emails_clicked integer not null,
  emails_replied integer not null,
  calls_booked integer not null,
  calls_completed integer not null,
  attempts integer not null,
  connections integer not null,
  first_purchase_at integer,
  next_follow_up_at integer
);

-- Reference, seeded (G9).
create table calendar (
  day text primary key,
  starts_at integer not null,
  ends_at integer not null,
  week_start text not null,
  iso_week text not null,
  month_start text not null,
  month text not null,
  is_business_day integer not null,
  opens_at integer not null,
  closes_at integer not null,
  business_ms_before integer not null
) without rowid;

create table poisson_bounds (
  events integer primary key,
  lower_bound real not null,
  upper_bound real not null
);

-- What could not be understood, with its reason, replayable (F3).
create table dead_events (
  dead_id text primary key,
  door text not null,
  fault text not null,
  reason text not null,
  body text not null,
  landed_at integer not null,
  replayed_at integer
) without rowid;

-- The ledger of the night: open → written → verified → closed.
create table export_runs (
  run_id text not null,
  attempt integer not null,
  as_of integer not null,
  rules_version text not null,
  destinations text not null,
  status text not null check (status in ('open', 'closed', 'failed')),
  reason text,
  started_at integer not null,
  finished_at integer,
  primary key (run_id, attempt)
) without rowid;

create table export_loads (
  load_id text primary key,
  run_id text not null,
  attempt integer not null,
  mart text not null,
  destination text not null,
  status text not null check (status in ('open', 'written', 'verified', 'closed', 'failed')),
  started_at integer not null,
  finished_at integer,
  rows_source integer not null,
  rows_destination integer,
  checksum_source text not null,
  checksum_destination text,
  data_through integer
) without rowid;

create table check_results (
  run_id text not null,
  attempt integer not null,
  check_id text not null,
  severity text not null,
  failing integer not null,
  sample_keys text,
  primary key (run_id, attempt, check_id)
) without rowid;
