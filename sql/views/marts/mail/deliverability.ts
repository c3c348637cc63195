import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { has, type RowsBehind } from '../../../rows-behind.ts';
import { healthy } from '../healthy-ranges.ts';
import { sentDay } from './counted-messages.ts';
import sql from './deliverability.sql';

const contract = {
  name: 'deliverability',
  kind: 'mart',
  answers: 'Does the mail of each sending domain arrive, at whose mailboxes, and how fast?',
  grain: ['day', 'sending_domain', 'recipient_domain_group'],
  columns: [
    {
      name: 'day',
      type: 'date',
      description: 'Business day of sending; of making where a message was only held back.',
    },
    {
      name: 'sending_domain',
      type: 'string',
      description: 'Domain that the mail was sent from; unknown where the provider does not tell.',
    },
    {
      name: 'recipient_domain_group',
      type: 'string',
      description:
        'Who runs the recipient’s mailbox: gmail, outlook, yahoo, apple, other_free, or ' +
        'corporate for any other domain; unknown where no address is known.',
    },
    { name: 'sent', type: 'integer', description: 'Messages sent.', additive: true },
    { name: 'delivered', type: 'integer', description: 'Of the sent, delivered.', additive: true },
    ...rateColumns('delivered_rate_sent', {
      description: 'delivered ÷ sent.',
      ratio: { numerator: 'delivered', denominator: 'sent' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.delivered,
        what_to_do_when_worse:
          'See which group refuses: one group is its filter, all groups are our domain or our ' +
          'list.',
      },
    }),
    {
      name: 'delayed',
      type: 'integer',
      description: 'Messages whose delivery was put off at least once.',
      additive: true,
    },
    {
      name: 'hard_bounced',
      type: 'integer',
      description: 'Of the sent, refused for good: the address does not exist.',
      additive: true,
    },
    ...rateColumns('hard_bounce_rate_sent', {
      description: 'hard_bounced ÷ sent.',
      ratio: { numerator: 'hard_bounced', denominator: 'sent' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.hard_bounced,
        what_to_do_when_worse:
          'Stop the list that the addresses came from, and verify it before anything more is sent.',
      },
    }),
    {
      name: 'soft_bounced',
      type: 'integer',
      description: 'Of the sent, refused for now: a full mailbox, a server that is down.',
      additive: true,
    },
    {
      name: 'complained',
      type: 'integer',
      description: 'Of the delivered, marked as spam.',
      additive: true,
    },
    ...rateColumns('complaint_rate_delivered', {
      description: 'complained ÷ delivered.',
      ratio: { numerator: 'complained', denominator: 'delivered' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.complained,
        what_to_do_when_worse:
          'Find the step that they complained about, and send it to nobody until it is rewritten.',
      },
    }),
    {
      name: 'suppressed',
      type: 'integer',
      description:
        'Messages that the provider held back, because the address had bounced or complained ' +
        'before.',
      additive: true,
    },
    {
      name: 'p50_seconds_to_deliver',
      type: 'number',
      description:
        'Seconds from sending to the delivery told by the provider that half of the messages ' +
        'needed at most.',
    },
    {
      name: 'p95_seconds_to_deliver',
      type: 'number',
      description: 'Seconds that nineteen of twenty messages needed at most.',
    },
    {
      name: 'bounced',
      type: 'integer',
      description: 'Of the sent, refused, whether for good, for now or untold.',
      additive: true,
    },
    {
      name: 'below_threshold',
      type: 'boolean',
      description: 'Fewer messages than a rate should be read from.',
    },
  ],
  metric: {
    owner: 'marketing',
    healthy_range: 'delivered close to sent, all else close to 0',
    what_to_do_when_worse:
      'Stop mailing the group of mailboxes that refuses, then look at the domain’s SPF, DKIM ' +
      'and DMARC.',
  },
  sheets: 'all',
  through: 'day',
} as const satisfies Contract;

const rows: RowsBehind[] = [
  {
    table: 'fct_email_message',
    where: `(t.sent_at is not null or t.suppressed_at is not null) and ${sentDay} = key.day
      and t.sending_domain = key.sending_domain
      and t.recipient_domain_group = key.recipient_domain_group`,
    figures: {
      sent: has('sent'),
      delivered: has('delivered'),
      delayed: has('delayed'),
      bounced: has('bounced'),
      hard_bounced: { only: "t.bounce_type = 'hard'" },
      soft_bounced: { only: "t.bounce_type = 'soft'" },
      complained: has('complained'),
      suppressed: has('suppressed'),
    },
  },
];

export const deliverability = defineMart({ sql, contract, rows });
