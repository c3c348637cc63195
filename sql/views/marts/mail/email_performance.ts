import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { has, inWeek, type RowsBehind } from '../../../rows-behind.ts';
import { sequenceVersion, stepNumber, weekStart } from '../columns.ts';
import { healthy } from '../healthy-ranges.ts';
import { messageCounts, sentDay, wentOut } from './counted-messages.ts';
import sql from './email_performance.sql';

const contract = {
  name: 'email_performance',
  kind: 'mart',
  answers: 'Which step of which sequence version is opened, clicked and answered?',
  grain: ['campaign', 'sequence_version', 'step_number', 'week'],
  columns: [
    { name: 'campaign', type: 'string', description: 'Campaign; none where the mail names none.' },
    sequenceVersion,
    stepNumber,
    { name: 'week', type: 'string', description: 'ISO week of send.' },
    weekStart,
    { name: 'email_type', type: 'string', description: 'Kind of mail of the step.' },
    { name: 'sent', type: 'integer', description: 'Messages sent.', additive: true },
    { name: 'delivered', type: 'integer', description: 'Of these, delivered.', additive: true },
    {
      name: 'failed',
      type: 'integer',
      description: 'Messages that failed, whether or not called sent before.',
      additive: true,
    },
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
    { name: 'bounced', type: 'integer', description: 'Of the sent, bounced.', additive: true },
    {
      name: 'complained',
      type: 'integer',
      description: 'Of the sent, reported as spam.',
      additive: true,
    },
    {
      name: 'unsubscribed',
      type: 'integer',
      description: 'Of the sent, answered by an unsubscribe.',
      additive: true,
    },
    ...rateColumns('delivered_rate_sent', {
      description: 'delivered ÷ sent.',
      ratio: { numerator: 'delivered', denominator: 'sent' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.delivered,
        what_to_do_when_worse:
          'Look at the bounces by kind, then at the domain’s SPF, DKIM and DMARC.',
      },
    }),
    ...rateColumns('open_rate_sent', {
      description: 'opened ÷ sent.',
      ratio: { numerator: 'opened', denominator: 'sent' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.opened,
        what_to_do_when_worse: 'Look at the subject line and the sending domain.',
      },
    }),
    ...rateColumns('human_open_rate_sent', {
      description: 'opened_human ÷ sent.',
      ratio: { numerator: 'opened_human', denominator: 'sent' },
      metric: {
        owner: 'marketing',
        healthy_range: 'moves with open_rate_sent, some points below it',
        what_to_do_when_worse:
          'Test another subject line; where only this rate fell, more of the opens are machines.',
      },
    }),
    ...rateColumns('click_rate_sent', {
      description: 'clicked ÷ sent.',
      ratio: { numerator: 'clicked', denominator: 'sent' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.clicked,
        what_to_do_when_worse: 'Ask for one thing per mail, with one link near the top.',
      },
    }),
    ...rateColumns('human_click_rate_sent', {
      description: 'clicked_human ÷ sent.',
      ratio: { numerator: 'clicked_human', denominator: 'sent' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.clicked_human,
        what_to_do_when_worse:
          'Compare the steps and move what earns clicks forward; a gap to click_rate_sent is ' +
          'link scanners.',
      },
    }),
    ...rateColumns('reply_rate_sent', {
      description: 'replied ÷ sent.',
      ratio: { numerator: 'replied', denominator: 'sent' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.replied,
        what_to_do_when_worse: 'Look at what the step asks and of whom.',
      },
    }),
    ...rateColumns('bounce_rate_sent', {
      description: 'bounced ÷ sent.',
      ratio: { numerator: 'bounced', denominator: 'sent' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.bounced,
        what_to_do_when_worse: 'Clean the list before the next send.',
      },
    }),
    ...rateColumns('open_rate_delivered', {
      description: 'opened ÷ delivered.',
      ratio: { numerator: 'opened', denominator: 'delivered' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.opened,
        what_to_do_when_worse: 'Look at the subject line and at whether mail lands in spam.',
      },
    }),
    ...rateColumns('human_open_rate_delivered', {
      description: 'opened_human ÷ delivered.',
      ratio: { numerator: 'opened_human', denominator: 'delivered' },
      metric: {
        owner: 'marketing',
        healthy_range: 'some points below open_rate_delivered',
        what_to_do_when_worse: 'Test another subject line on half of the next send.',
      },
    }),
    ...rateColumns('click_rate_delivered', {
      description: 'clicked ÷ delivered.',
      ratio: { numerator: 'clicked', denominator: 'delivered' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.clicked,
        what_to_do_when_worse: 'Check that the link and what it offers fit the segment.',
      },
    }),
    ...rateColumns('human_click_rate_delivered', {
      description: 'clicked_human ÷ delivered.',
      ratio: { numerator: 'clicked_human', denominator: 'delivered' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.clicked_human,
        what_to_do_when_worse: 'Compare the steps of the sequence and rewrite the weakest.',
      },
    }),
    ...rateColumns('reply_rate_delivered', {
      description: 'replied ÷ delivered.',
      ratio: { numerator: 'replied', denominator: 'delivered' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.replied,
        what_to_do_when_worse:
          'Look at what the step asks and of whom; where delivery fell too, mend that first.',
      },
    }),
    ...rateColumns('complaint_rate_delivered', {
      description: 'complained ÷ delivered.',
      ratio: { numerator: 'complained', denominator: 'delivered' },
      metric: {
        owner: 'marketing',
        healthy_range: healthy.complained,
        what_to_do_when_worse: 'Stop the step and read it as its reader does.',
      },
    }),
    {
      name: 'below_threshold',
      type: 'boolean',
      description: 'Fewer mails than a rate should be read from.',
    },
  ],
  metric: {
    owner: 'marketing',
    healthy_range: 'in step with sent; the rates beside it say what is normal',
    what_to_do_when_worse: 'Read the rate first: a count falls with the mails sent.',
  },
  sheets: 'all',
  through: 'week_start',
} as const satisfies Contract;

const rows: RowsBehind[] = [
  {
    table: 'fct_email_message',
    where: `${wentOut} and ${inWeek(sentDay)} and t.campaign = key.campaign
      and t.sequence_version is not distinct from key.sequence_version
      and t.step_number is not distinct from key.step_number`,
    figures: {
      sent: has('sent'),
      ...messageCounts,
      complained: has('complained'),
      unsubscribed: has('unsubscribed'),
    },
  },
];

export const emailPerformance = defineMart({ sql, contract, rows });
