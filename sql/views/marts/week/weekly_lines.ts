/** What the lines of the weekly summary count, as rows of the dictionary (R10, R10a). */
import { rules } from '../../../../core/rules/config.ts';
import type { Line, Metric } from '../../../contract.ts';
import { healthy } from '../healthy-ranges.ts';

const marketing = (healthy_range: string, what_to_do_when_worse: string): Metric => ({
  ...{ owner: 'marketing', healthy_range, what_to_do_when_worse },
});
const sales = (healthy_range: string, what_to_do_when_worse: string): Metric => ({
  ...{ owner: 'sales', healthy_range, what_to_do_when_worse },
});
const founder = (healthy_range: string, what_to_do_when_worse: string): Metric => ({
  ...{ owner: 'founder', healthy_range, what_to_do_when_worse },
});

const line = (name: string, description: string, formula: string, metric: Metric): Line => ({
  ...{ name, description, formula, metric },
});

export const weeklyLines: Line[] = [
  line(
    'Emails Sent',
    'Messages sent in the week. The mail lines below are of these messages, whenever they were opened or answered.',
    'sent',
    marketing(
      'at or above last week’s Next Week Target',
      'See which campaign stopped or ran out of contacts.',
    ),
  ),
  line(
    'Email Open Rate',
    'Sent messages opened by a person or a machine.',
    'opened / sent',
    marketing(healthy.opened, 'Look at the subject line and the sending domain.'),
  ),
  line(
    'Email Reply Rate',
    'Sent messages answered.',
    'replied / sent',
    marketing(healthy.replied, 'Look at what the step asks and of whom.'),
  ),
  line(
    'Calls Scheduled',
    'Calls booked in the week, whenever they take place.',
    'bookings',
    sales(
      'no fewer than the weeks before',
      'Answer the open replies first: each is a call not yet booked.',
    ),
  ),
  line(
    'Calls Completed',
    'Booked or hand-logged calls completed in the week; other dials are none.',
    'completed calls',
    sales(
      'close to Calls Scheduled of the week before',
      'Remind people the day before, and offer those who missed it another time.',
    ),
  ),
  line(
    'Deals Closed',
    'Contacts who became closed_won for the first time in the week.',
    'first closed_won',
    sales('no fewer than the weeks before', 'Follow up the proposals that are open longest.'),
  ),
  line(
    'Next Week Target',
    'Emails to send next week: the mean of the last four weeks, rounded up, and a least number, so that one weak week does not lower the bar. Calls to book stand beside it.',
    `max(${rules.next_week_min_emails}, mean of sent over four weeks)`,
    founder(
      'met by next week’s Emails Sent',
      'Enrol contacts into a campaign before the week begins.',
    ),
  ),
  line(
    'Email Send Rate',
    'Messages sent per business day on which any was sent.',
    'sent / business days with a send',
    marketing(
      'even from week to week',
      'Spread the sends over the days; a sudden rise harms the domain.',
    ),
  ),
  line(
    'Call Conversion',
    'Contacts who answered that week’s mail and booked a call after it.',
    'booked after replying / replied',
    sales(
      'no worse than the weeks before',
      'Answer replies the same day, with times to choose from.',
    ),
  ),
  line(
    'Deal Conversion',
    'Completed calls whose contact is closed_won by now.',
    'completed calls won / completed calls',
    sales(
      'at or above the goal in target',
      'Listen to the calls that did not close, and to the objections raised.',
    ),
  ),
  line(
    'Delivered',
    'Sent messages delivered.',
    'delivered',
    marketing(
      `${healthy.delivered} of the sent`,
      'Look at the bounces by kind, then at the domain’s SPF, DKIM and DMARC.',
    ),
  ),
  line(
    'Bounced',
    'Sent messages that bounced.',
    'bounced',
    marketing(`${healthy.bounced} of the sent`, 'Clean the list before the next send.'),
  ),
  line(
    'Failed',
    'Messages that failed, whether or not the provider had called them sent.',
    'failed',
    marketing('0', 'Read the provider’s reason; the runbook tells what each means.'),
  ),
  line(
    'Clicked',
    'Sent messages with a click, by a person or a machine.',
    'clicked',
    marketing(
      `${healthy.clicked} of the sent`,
      'Ask for one thing per mail, with one link near the top.',
    ),
  ),
  line(
    'Calls Pending',
    'Calls booked in the week that are not completed by now.',
    'bookings not completed',
    sales('none whose time is past', 'Ring those whose time is past, or cancel them.'),
  ),
  line(
    'Average Call Minutes',
    'Talk of the completed calls.',
    'minutes / completed calls',
    sales(
      'close to the weeks before',
      'Listen to the shortest calls: they end where interest does.',
    ),
  ),
  line(
    'Revenue',
    'Purchases less refunds, each on its own day; a line for each other currency stands beside it.',
    'purchases - refunds',
    founder('no less than the weeks before', 'See in daily which channel and training fell short.'),
  ),
  line(
    'Top Channel',
    'The channel with the most first purchases; of equal ones the one with more replies.',
    'most first purchases',
    founder(
      'changes for a reason that is known',
      'Compare with attribution_summary before money is moved.',
    ),
  ),
  line(
    'Danger List',
    `Leads tried ${rules.danger_min_attempts} times or more, never reached and unpaid, at the week’s end.`,
    'leads in danger',
    sales(
      'no more than the week before',
      'Work danger_list from the top, at another hour or by another channel.',
    ),
  ),
];
