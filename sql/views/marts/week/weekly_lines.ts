/** What the lines of the weekly summary count, as rows of the dictionary (R10, R10a). */
import { rules } from '../../../../core/rules/config.ts';
import { type WeekLineKey, weekLines } from '../../../../core/rules/week-lines.ts';
import type { Line, Metric } from '../../../contract.ts';
import { healthy } from '../healthy-ranges.ts';

type Words = Omit<Line, 'name'>;

const ownedBy =
  (owner: string) =>
  (healthy_range: string, what_to_do_when_worse: string): Metric => ({
    owner,
    healthy_range,
    what_to_do_when_worse,
  });
const marketing = ownedBy('marketing');
const sales = ownedBy('sales');
const founder = ownedBy('founder');

const words: Record<WeekLineKey, Words> = {
  emails_sent: {
    description:
      'Messages sent in the week. The mail lines below are of these messages, whenever they ' +
      'were opened or answered.',
    formula: 'sent',
    metric: marketing(
      'at or above last week’s Next Week Target',
      'See which campaign stopped or ran out of contacts.',
    ),
  },
  email_open_rate: {
    description: 'Sent messages opened by a person or a machine.',
    formula: 'opened / sent',
    metric: marketing(healthy.opened, 'Look at the subject line and the sending domain.'),
  },
  email_reply_rate: {
    description: 'Sent messages answered.',
    formula: 'replied / sent',
    metric: marketing(healthy.replied, 'Look at what the step asks and of whom.'),
  },
  calls_scheduled: {
    description: 'Calls booked in the week, whenever they take place.',
    formula: 'bookings',
    metric: sales(
      'no fewer than the weeks before',
      'Answer the open replies first: each is a call not yet booked.',
    ),
  },
  calls_completed: {
    description: 'Booked or hand-logged calls completed in the week; other dials are none.',
    formula: 'completed calls',
    metric: sales(
      'close to Calls Scheduled of the week before',
      'Remind people the day before, and offer those who missed it another time.',
    ),
  },
  deals_closed: {
    description: 'Contacts who became closed_won for the first time in the week.',
    formula: 'first closed_won',
    metric: sales(
      'no fewer than the weeks before',
      'Follow up the proposals that are open longest.',
    ),
  },
  next_week_target: {
    description:
      'Emails to send next week: the mean of the last four weeks, rounded up, and a least ' +
      'number, so that one weak week does not lower the bar. Calls to book stand beside it.',
    formula: `max(${rules.next_week_min_emails}, mean of sent over four weeks)`,
    metric: founder(
      'met by next week’s Emails Sent',
      'Enrol contacts into a campaign before the week begins.',
    ),
  },
  email_send_rate: {
    description: 'Messages sent per business day on which any was sent.',
    formula: 'sent / business days with a send',
    metric: marketing(
      'even from week to week',
      'Spread the sends over the days; a sudden rise harms the domain.',
    ),
  },
  call_conversion: {
    description: 'Contacts who answered that week’s mail and booked a call after it.',
    formula: 'booked after replying / replied',
    metric: sales(
      'no worse than the weeks before',
      'Answer replies the same day, with times to choose from.',
    ),
  },
  deal_conversion: {
    description: 'Completed calls whose contact is closed_won by now.',
    formula: 'completed calls won / completed calls',
    metric: sales(
      'at or above the goal in target',
      'Listen to the calls that did not close, and to the objections raised.',
    ),
  },
  delivered: {
    description: 'Sent messages delivered.',
    formula: 'delivered',
    metric: marketing(
      `${healthy.delivered} of the sent`,
      'Look at the bounces by kind, then at the domain’s SPF, DKIM and DMARC.',
    ),
  },
  bounced: {
    description: 'Sent messages that bounced.',
    formula: 'bounced',
    metric: marketing(`${healthy.bounced} of the sent`, 'Clean the list before the next send.'),
  },
  failed: {
    description: 'Messages that failed, whether or not the provider had called them sent.',
    formula: 'failed',
    metric: marketing('0', 'Read the provider’s reason; the runbook tells what each means.'),
  },
  clicked: {
    description: 'Sent messages with a click, by a person or a machine.',
    formula: 'clicked',
    metric: marketing(
      `${healthy.clicked} of the sent`,
      'Ask for one thing per mail, with one link near the top.',
    ),
  },
  calls_pending: {
    description: 'Calls booked in the week that are not completed by now.',
    formula: 'bookings not completed',
    metric: sales('none whose time is past', 'Ring those whose time is past, or cancel them.'),
  },
  average_call_minutes: {
    description: 'Talk of the completed calls.',
    formula: 'minutes / completed calls',
    metric: sales(
      'close to the weeks before',
      'Listen to the shortest calls: they end where interest does.',
    ),
  },
  revenue: {
    description:
      'Purchases less refunds, each on its own day; a line for each other currency stands ' +
      'beside it.',
    formula: 'purchases - refunds',
    metric: founder(
      'no less than the weeks before',
      'See in daily which channel and training fell short.',
    ),
  },
  top_channel: {
    description:
      'The channel with the most first purchases; of equal ones the one with more replies.',
    formula: 'most first purchases',
    metric: founder(
      'changes for a reason that is known',
      'Compare with attribution_summary before money is moved.',
    ),
  },
  danger_list: {
    description:
      `Leads tried ${rules.danger_min_attempts} times or more, never reached and unpaid, at the ` +
      'week’s end.',
    formula: 'leads in danger',
    metric: sales(
      'no more than the week before',
      'Work danger_list from the top, at another hour or by another channel.',
    ),
  },
};

/** In the order of the summary. */
export const weeklyLines: Line[] = weekLines.map(([key, { name }]) => ({ name, ...words[key] }));
