import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { has, inHouseCurrency, type RowsBehind } from '../../../rows-behind.ts';
import { connected } from '../calls/counted-attempts.ts';
import { contactKey, nextAction } from '../columns.ts';
import sql from './dim_contact.sql';

const contract = {
  name: 'dim_contact',
  kind: 'dimension',
  answers: 'Who is each contact, without a name?',
  grain: ['contact_key'],
  columns: [
    contactKey,
    { name: 'lead_added_at', type: 'timestamp', description: 'When the lead was added.' },
    { name: 'lead_added_day', type: 'date', description: 'Business day of it.' },
    { name: 'channel', type: 'string', description: 'Where the contact came from.' },
    { name: 'lead_type', type: 'string', description: 'Kind of lead.' },
    { name: 'offer', type: 'string', description: 'Trial subject or mock test.' },
    { name: 'term', type: 'string', description: 'School term.' },
    { name: 'year_level', type: 'string', description: 'Year level.' },
    { name: 'tier', type: 'string', description: 'Tier, 1 to 3.' },
    { name: 'country', type: 'string', description: 'Country.', semantic: 'COUNTRY' },
    { name: 'industry', type: 'string', description: 'Industry.' },
    {
      name: 'utm_source',
      type: 'string',
      description: 'utm_source of the earliest statement of the contact that names one.',
    },
    {
      name: 'utm_medium',
      type: 'string',
      description: 'utm_medium of the earliest statement of the contact that names one.',
    },
    {
      name: 'utm_campaign',
      type: 'string',
      description: 'utm_campaign of the earliest statement of the contact that names one.',
    },
    { name: 'lead_status', type: 'string', description: 'Lifecycle status now.' },
    { name: 'sales_stage', type: 'string', description: 'Pipeline stage now.' },
    { name: 'unsubscribed', type: 'boolean', description: 'Asked for no more mail.' },
    { name: 'vip', type: 'boolean', description: 'VIP now.' },
    { name: 'score', type: 'number', description: 'Lead score now.' },
    { name: 'first_touch_at', type: 'timestamp', description: 'First touch.' },
    { name: 'last_touch_at', type: 'timestamp', description: 'Last touch.' },
    { name: 'last_activity_at', type: 'timestamp', description: 'Last activity.' },
    { name: 'first_attempt_at', type: 'timestamp', description: 'First attempt.' },
    { name: 'first_connection_at', type: 'timestamp', description: 'First connection.' },
    { name: 'first_reply_at', type: 'timestamp', description: 'First reply.' },
    { name: 'first_booking_at', type: 'timestamp', description: 'First booking.' },
    { name: 'first_purchase_at', type: 'timestamp', description: 'First purchase.' },
    { name: 'completion_at', type: 'timestamp', description: 'Completion.' },
    { name: 'next_follow_up_at', type: 'timestamp', description: 'Next follow up.' },
    { name: 'emails_sent', type: 'integer', description: 'Emails sent.', additive: true },
    { name: 'emails_opened', type: 'integer', description: 'Emails opened.', additive: true },
    { name: 'emails_clicked', type: 'integer', description: 'Emails clicked.', additive: true },
    { name: 'emails_replied', type: 'integer', description: 'Emails replied.', additive: true },
    { name: 'calls_booked', type: 'integer', description: 'Calls booked.', additive: true },
    { name: 'calls_completed', type: 'integer', description: 'Calls completed.', additive: true },
    { name: 'attempts', type: 'integer', description: 'Attempts.', additive: true },
    { name: 'connections', type: 'integer', description: 'Connections.', additive: true },
    { name: 'referrals', type: 'integer', description: 'Referrals.', additive: true },
    nextAction,
    {
      name: 'deal_value',
      type: 'money',
      description: 'Expected value of the deal.',
      additive: true,
    },
    {
      name: 'ltv',
      type: 'money',
      description: 'Net purchases in the house currency.',
      additive: true,
    },
    {
      name: 'currency',
      type: 'string',
      description: 'The house currency, in which the money of this row stands.',
    },
    {
      name: 'closed_at',
      type: 'timestamp',
      description: 'When the deal was first closed as won; empty where it never was.',
    },
  ],
  sheets: 'none',
  byContact: true,
  through: 'lead_added_day',
} as const satisfies Contract;

const own = 't.contact_key = key.contact_key';
const present = (field: string) => ({
  only: `t.field = '${field}' and t.is_present`,
  of: 'max(t.to_value)',
});

const rows: RowsBehind[] = [
  {
    table: 'fct_email_message',
    where: own,
    figures: {
      emails_sent: has('sent'),
      emails_opened: has('opened'),
      emails_clicked: has('clicked'),
      emails_replied: has('replied'),
    },
  },
  { table: 'fct_call_attempt', where: own, figures: { attempts: {}, connections: connected } },
  {
    table: 'fct_purchase',
    where: own,
    figures: { ltv: { only: inHouseCurrency, of: 'coalesce(sum(t.amount), 0)' } },
  },
  {
    table: 'fct_status_change',
    where: own,
    figures: { lead_status: present('lead_status'), sales_stage: present('sales_stage') },
  },
  { view: 'int_bookings', columns: ['calls_booked', 'first_booking_at'] },
  { view: 'int_completed_calls', columns: ['calls_completed'] },
  { view: 'int_contact_scores', columns: ['score'] },
  { view: 'int_contact_vips', columns: ['vip', 'referrals'] },
];

export const dimContact = defineMart({ sql, contract, rows });
