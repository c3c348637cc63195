import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import {
  has,
  inHouseCurrency,
  inOtherCurrency,
  type RowsBehind,
  whoseContact,
} from '../../../rows-behind.ts';
import { connected, talkMinutes } from '../calls/counted-attempts.ts';
import { messageCounts, sentDay, wentOut } from '../mail/counted-messages.ts';
import sql from './daily.sql';

const contract = {
  name: 'daily',
  kind: 'mart',
  answers: 'What happened each day, by channel, lead type, campaign and agent?',
  grain: ['day', 'channel', 'lead_type', 'campaign', 'agent'],
  columns: [
    { name: 'day', type: 'date', description: 'Business day; mail stands on the day it was sent.' },
    { name: 'channel', type: 'string', description: 'Where the contact came from.' },
    { name: 'lead_type', type: 'string', description: 'Kind of lead of the contact.' },
    { name: 'campaign', type: 'string', description: 'Campaign of the mail; none elsewhere.' },
    {
      name: 'agent',
      type: 'string',
      description: 'Agent of the call or purchase; none for mail and leads.',
    },
    { name: 'leads_added', type: 'integer', description: 'Leads added that day.', additive: true },
    { name: 'emails_sent', type: 'integer', description: 'Messages sent.', additive: true },
    { name: 'delivered', type: 'integer', description: 'Of these, delivered.', additive: true },
    {
      name: 'failed',
      type: 'integer',
      description: 'Messages that failed, whether or not called sent before.',
      additive: true,
    },
    { name: 'bounced', type: 'integer', description: 'Of the sent, bounced.', additive: true },
    {
      name: 'opened',
      type: 'integer',
      description: 'Of the sent, opened by a person or a machine.',
      additive: true,
    },
    {
      name: 'opened_human',
      type: 'integer',
      description: 'Of the sent, opened by a person.',
      additive: true,
    },
    {
      name: 'clicked',
      type: 'integer',
      description: 'Of the sent, clicked by a person or a machine.',
      additive: true,
    },
    {
      name: 'clicked_human',
      type: 'integer',
      description: 'Of the sent, clicked by a person.',
      additive: true,
    },
    { name: 'replied', type: 'integer', description: 'Of the sent, answered.', additive: true },
    {
      name: 'calls_booked',
      type: 'integer',
      description: 'Calls booked that day.',
      additive: true,
    },
    { name: 'dials', type: 'integer', description: 'Attempts to call.', additive: true },
    {
      name: 'connected',
      type: 'integer',
      description: 'Attempts that reached the lead.',
      additive: true,
    },
    {
      name: 'talk_minutes',
      type: 'number',
      description: 'Minutes of attempts that reached the lead.',
      additive: true,
    },
    {
      name: 'calls_completed',
      type: 'integer',
      description: 'Booked or hand-logged calls completed.',
      additive: true,
    },
    {
      name: 'first_purchases',
      type: 'integer',
      description: 'First purchases of a contact.',
      additive: true,
    },
    {
      name: 'purchases',
      type: 'integer',
      description: 'Purchases and receipts, without refunds.',
      additive: true,
    },
    {
      name: 'revenue',
      type: 'money',
      description: 'Purchases less refunds, each on its own day.',
      additive: true,
    },
    {
      name: 'other_currency_purchases',
      type: 'integer',
      description: 'Purchases in other currencies, not in revenue.',
      additive: true,
    },
    {
      name: 'currency',
      type: 'string',
      description: 'The house currency, in which the money of this row stands.',
    },
  ],
  metric: {
    owner: 'founder',
    healthy_range: 'within the range of the same weekday in the eight weeks before',
    what_to_do_when_worse:
      'Filter by channel, lead type, campaign and agent until one stands out, then read its rows.',
  },
  sheets: 'all',
  isRestated: true,
  through: 'day',
} as const satisfies Contract;

const sameSource = whoseContact('c.channel = key.channel and c.lead_type = key.lead_type');

const rows: RowsBehind[] = [
  {
    table: 'fct_email_message',
    where: `${wentOut} and ${sentDay} = key.day and t.campaign = key.campaign
      and key.agent = 'none' and ${sameSource}`,
    figures: { emails_sent: has('sent'), ...messageCounts },
  },
  {
    table: 'dim_contact',
    where: `t.lead_added_day = key.day and t.channel = key.channel and t.lead_type = key.lead_type
      and key.campaign = 'none' and key.agent = 'none'`,
    figures: { leads_added: {} },
  },
  {
    table: 'fct_call_attempt',
    where: `t.attempted_day = key.day and t.agent = key.agent and key.campaign = 'none'
      and ${sameSource}`,
    figures: { dials: {}, connected, talk_minutes: talkMinutes },
  },
  { view: 'int_bookings', columns: ['calls_booked'] },
  { view: 'int_completed_calls', columns: ['calls_completed'] },
  {
    table: 'fct_purchase',
    where: `t.purchased_day = key.day and t.agent = key.agent and key.campaign = 'none'
      and ${sameSource}`,
    figures: {
      first_purchases: { only: 't.is_first_purchase' },
      purchases: { only: "t.kind <> 'refund'" },
      revenue: { only: inHouseCurrency, of: 'coalesce(sum(t.amount), 0)' },
      other_currency_purchases: { only: inOtherCurrency },
    },
  },
];

export const daily = defineMart({ sql, contract, rows });
