/**
 * What other programs call the columns of a file; compared without case, spaces and punctuation.
 * One home for synonyms.
 */
import type { RowKind } from './fields.ts';

/** A column that another file states better, or that says nothing of a row. */
export const PASSED_OVER = 'ignore';

/** The column that says why a row was rejected: it is passed over where the row comes again. */
export const REASON_COLUMN = 'rejected because';

/**
 * Our header, or `ignore` → their names. Where one name stands for two headers, as in `Country /
 * Timezone`, both have it.
 */
type Aliases = Record<string, string[]>;

const emails = ['Email Address', 'E-mail', 'E-mail Address', 'Mail'];
const phones = ['Phone Number', 'Telephone', 'Telephone Number', 'Tel', 'Mobile', 'Cell'];
const observed = ['Last Modified', 'Last Modified Time', 'Last Updated', 'Updated At', 'Modified'];
const notes = ['Note', 'Comment', 'Comments', 'Description'];
const ids = ['ID', 'Record ID'];
const dates = ['Date', 'Date Time', 'Timestamp', 'When'];
const people = ['Person', 'Lead', 'Customer', 'Contact Email', 'Email', ...emails];
const sellers = ['Caller', 'Closer', 'Sales Rep', 'Salesperson'];

const contacts: Aliases = {
  external_id: [...ids, 'Contact ID', 'Lead ID', 'Customer ID', 'Person ID'],
  email: [
    ...emails,
    'Primary Email',
    'Work Email',
    'Personal Email',
    'Other Email',
    'Secondary Email',
    'Email 2',
    'E-mail 1 - Value',
    'E-mail 2 - Value',
  ],
  phone: [
    ...phones,
    'Mobile Phone',
    'Mobile Number',
    'Mobile Phone Number',
    'Cell Phone',
    'Work Phone',
    'Home Phone',
    'Other Phone',
    'Phone 2',
    'Phone 1 - Value',
    'Phone 2 - Value',
    'WhatsApp',
    'WhatsApp Number',
  ],
  full_name: ['Name', 'Contact Name', 'Lead Name', 'Display Name', 'Contact'],
  company: [
    'Company / Organization',
    'Company / Organisation',
    'Company Name',
    'Organization',
    'Organisation',
    'Organization Name',
    'Account Name',
    'Employer',
  ],
  role: ['Role / Title', 'Title', 'Job Title', 'Position'],
  industry: ['Sector'],
  country: ['Country / Timezone', 'Country/Region'],
  timezone: ['Country / Timezone', 'Time Zone'],
  channel_origin: ['Channel of Origin', 'Origin', 'Source', 'Lead Source', 'Original Source'],
  offer: ['Trial Subject', 'Mock Test Type'],
  term: ['Enrolment Term', 'Enrollment Term'],
  year_level: ['Child’s Year', "Child's Year", 'Grade'],
  lead_added_at: [
    'Date Added',
    'Lead Added',
    'Added',
    'Added On',
    'Created',
    'Created At',
    'Created On',
    'Created Time',
    'Created Date',
    'Create Date',
    'Date Created',
    'Sign-up Date',
  ],
  assigned_to: ['Assigned Orchestrator', 'Orchestrator', 'Owner', 'Contact Owner', 'Lead Owner'],
  tags: ['Tag', 'Labels'],
  notes,
  next_action: ['Next Step', 'Next Steps'],
  next_action_at: ['Next Action Date', 'Next Step Date', 'Follow-up Date', 'Next Follow-up'],
  deal_value: ['Deal Amount', 'Deal Size'],
  lead_status: ['Status', 'Contact Status', 'Lifecycle Status'],
  vip: ['Is VIP'],
  unsubscribed: ['Opted Out', 'Opt Out', 'Email Opt Out', 'Do not email'],
  sales_stage: ['Sales Status', 'Stage', 'Deal Stage', 'Pipeline Stage'],
  last_contact_at: ['Last Contact Date', 'Last Contacted', 'Last Contact'],
  lead_score: ['Score'],
  trial_followup_status: ['Trial Follow-up Status', 'Free Trial Follow-up', 'Follow-up Status'],
  observed_at: observed,
  [PASSED_OVER]: ['Linked Interactions', 'Linked Campaigns', 'Linked Purchases'],
};

const interactions: Aliases = {
  contact: [...people, 'Phone', ...phones],
  occurred_at: [...dates, 'Interaction Date', 'Activity Date'],
  campaign: ['Linked Campaign', 'Campaign Name'],
  summary: ['Notes', ...notes],
  external_id: [...ids, 'Interaction ID', 'Activity ID'],
  observed_at: observed,
};

const calls: Aliases = {
  contact: [...people, 'Phone', ...phones],
  started_at: [...dates, 'Call Date', 'Called At', 'Start Time', 'Started'],
  scheduled_at: ['Scheduled', 'Scheduled For'],
  booked_at: ['Booked', 'Booked On'],
  completed_at: ['Completed', 'End Time'],
  duration_s: ['Duration', 'Duration (seconds)', 'Call Duration'],
  recording_url: ['Recording', 'Recording Link'],
  agent: sellers,
  outcome: ['Result', 'Call Outcome'],
  notes: ['Summary', ...notes],
  external_id: [...ids, 'Call ID'],
  observed_at: observed,
};

const purchases: Aliases = {
  contact: [...people, 'Buyer', 'Phone', ...phones],
  purchased_at: [...dates, 'Purchase Date', 'Payment Date', 'Order Date', 'Paid At'],
  product: ['Training / Product Name', 'Training', 'Product Name', 'Course', 'Item'],
  amount: ['Price', 'Amount Paid'],
  currency: ['Currency Code'],
  status: ['Completion Status'],
  completed_at: ['Completion Date'],
  cohort: ['Cohort / Batch', 'Batch'],
  certificate_issued: ['Certificate'],
  referrer: ['Referral Source Contact', 'Referred By'],
  agent: [...sellers, 'Sold By'],
  external_id: [...ids, 'Purchase ID', 'Order ID', 'Transaction ID'],
  observed_at: observed,
};

const emailEvents: Aliases = {
  contact: ['To', 'Recipient', 'Email', ...emails],
  type: ['Event', 'Event Type'],
  occurred_at: [...dates, 'Time'],
  external_id: [...ids, 'Event ID'],
};

const campaigns: Aliases = {
  external_id: [...ids, 'Campaign ID'],
  name: ['Campaign Name', 'Campaign'],
  start_at: ['Start Date', 'Starts', 'Start'],
  end_at: ['End Date', 'Ends', 'End'],
  owner: ['Campaign Owner', 'Assigned To'],
  observed_at: observed,
  [PASSED_OVER]: [
    'Sequence Steps',
    'Sequences',
    'Linked Contacts',
    'Campaign Contacts',
    'Linked Interactions',
  ],
};

const enrolments: Aliases = {
  contact: [...people, 'Phone', ...phones],
  campaign: ['Linked Campaign', 'Campaign Name', 'Campaign ID'],
  enrolled_at: ['Date Added to Campaign', 'Date Added', 'Added', 'Enrolled', 'Created', ...dates],
  current_step: ['Current Step Number', 'Step', 'Step Number'],
  status: ['Status in Campaign', 'Campaign Status'],
  converted_at: ['Conversion Date', 'Converted On'],
  observed_at: observed,
  [PASSED_OVER]: ids,
};

const sequences: Aliases = {
  sequence: ['Sequence Name', 'Name'],
  version: ['Sequence Version'],
  step: ['Step Number', 'Step No'],
  started_by: ['Trigger'],
  delay_days: ['Delay', 'Delay (days after previous step)', 'Delay (days)'],
  email_type: ['Type'],
  subject: ['Subject Line'],
  body: ['Body / Script', 'Script', 'Message', 'Text'],
  from: ['From Name / From Address', 'Sender'],
  from_address: ['From Email'],
  observed_at: observed,
  [PASSED_OVER]: [...ids, 'Sequence ID', 'Campaigns', 'Linked Campaigns'],
};

const adSpend: Aliases = {
  channel: ['Platform', 'Source', 'Network'],
  campaign: ['Campaign Name'],
  day: ['Date'],
  amount: ['Cost', 'Spend', 'Amount Spent'],
  currency: ['Currency Code'],
  observed_at: observed,
};

export const aliasesOf: Record<RowKind, Aliases> = {
  contacts,
  interactions,
  calls,
  purchases,
  'email-events': emailEvents,
  campaigns,
  enrolments,
  sequences,
  'ad-spend': adSpend,
};

/** The columns that hold a part of a name, in the order in which the parts are joined. */
export const nameParts: readonly (readonly string[])[] = [
  ['First Name', 'Given Name', 'Forename', 'Vorname'],
  ['Middle Name', 'Additional Name'],
  ['Last Name', 'Family Name', 'Surname', 'Nachname'],
];
