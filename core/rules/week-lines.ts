/** The lines of the weekly summary, once: names, units, targets and words (R10, R10a). */
import { relation, sqlLiteral, sqlText } from '../relation.ts';
import { rules } from './config.ts';

/** What the sentences of the week need of a line; lines without a story are in none. */
type Story = {
  /** Of each topic, one line is chosen to tell the week. */
  topic: 'sending' | 'opens' | 'replies' | 'calls' | 'deals' | 'delivery' | 'clicks' | 'revenue';
  /**
   * How a change is held against chance: as a share of what it is counted over, or as a count. What
   * the house itself decides and money are not.
   */
  test?: 'share' | 'count';
  /** As the subject of a sentence, in lower case. */
  subject: string;
  /** What to do when it rose or fell. */
  rise: string;
  fall: string;
};

type Line = {
  /** As readers see it, in the column `line`. */
  name: string;
  unit: 'count' | 'rate' | 'minutes' | 'money' | 'text';
  /** A numerator over a denominator that is no part of it. */
  isMean?: true;
  /** What to aim at, where it is the same every week. */
  target?: number;
  story?: Story;
};

const CARRY_ON = 'Carry on.';

/** By key, in the order of the summary. */
const lines = {
  emails_sent: {
    name: 'Emails Sent',
    unit: 'count',
    story: {
      topic: 'sending',
      subject: 'emails sent',
      rise: 'Answer the replies as fast as before.',
      fall: 'Send the emails that are due.',
    },
  },
  email_open_rate: {
    name: 'Email Open Rate',
    unit: 'rate',
    target: rules.healthy_open_rate,
    story: {
      topic: 'opens',
      test: 'share',
      subject: 'the email open rate',
      rise: 'Keep this subject line.',
      fall: 'Try another subject line.',
    },
  },
  email_reply_rate: {
    name: 'Email Reply Rate',
    unit: 'rate',
    target: rules.normal_reply_rate_lo,
    story: {
      topic: 'replies',
      test: 'share',
      subject: 'the email reply rate',
      rise: 'Keep this message, and use it on the next list.',
      fall: 'Change what the last step asks for.',
    },
  },
  calls_scheduled: {
    name: 'Calls Scheduled',
    unit: 'count',
    target: rules.next_week_calls_lo,
    story: {
      topic: 'calls',
      test: 'count',
      subject: 'calls scheduled',
      rise: 'See that each of them has a caller.',
      fall: 'Call the warmest leads first.',
    },
  },
  calls_completed: {
    name: 'Calls Completed',
    unit: 'count',
    story: {
      topic: 'calls',
      test: 'count',
      subject: 'calls completed',
      rise: 'Follow up on each of them.',
      fall: 'Offer another time to those who missed theirs.',
    },
  },
  deals_closed: {
    name: 'Deals Closed',
    unit: 'count',
    story: {
      topic: 'deals',
      test: 'count',
      subject: 'deals closed',
      rise: 'Ask these buyers what decided it.',
      fall: 'Go through the open proposals one by one.',
    },
  },
  next_week_target: { name: 'Next Week Target', unit: 'count' },
  email_send_rate: { name: 'Email Send Rate', unit: 'count', isMean: true },
  call_conversion: {
    name: 'Call Conversion',
    unit: 'rate',
    story: {
      topic: 'replies',
      test: 'share',
      subject: 'call conversion',
      rise: 'Keep offering a time in the answer.',
      fall: 'Answer each reply with a time for a call.',
    },
  },
  deal_conversion: {
    name: 'Deal Conversion',
    unit: 'rate',
    target: rules.deal_rate_goal,
    story: {
      topic: 'deals',
      test: 'share',
      subject: 'deal conversion',
      rise: 'Write down what these calls had in common.',
      fall: 'Read the objections of the calls that were lost.',
    },
  },
  delivered: { name: 'Delivered', unit: 'count' },
  bounced: {
    name: 'Bounced',
    unit: 'count',
    story: {
      topic: 'delivery',
      test: 'share',
      subject: 'bounces',
      rise: 'Check the addresses before the next send.',
      fall: CARRY_ON,
    },
  },
  failed: {
    name: 'Failed',
    unit: 'count',
    story: {
      topic: 'delivery',
      test: 'count',
      subject: 'failed emails',
      rise: 'Read why they failed before the next send.',
      fall: CARRY_ON,
    },
  },
  clicked: {
    name: 'Clicked',
    unit: 'count',
    story: {
      topic: 'clicks',
      test: 'share',
      subject: 'clicks',
      rise: 'Keep this link and this offer.',
      fall: 'Put one clear link near the top.',
    },
  },
  calls_pending: { name: 'Calls Pending', unit: 'count' },
  average_call_minutes: { name: 'Average Call Minutes', unit: 'minutes', isMean: true },
  revenue: {
    name: 'Revenue',
    unit: 'money',
    story: {
      topic: 'revenue',
      subject: 'revenue',
      rise: 'See which channel and training brought it.',
      fall: 'See which channel and training fell short.',
    },
  },
  top_channel: { name: 'Top Channel', unit: 'text' },
  danger_list: { name: 'Danger List', unit: 'count' },
} as const satisfies Record<string, Line>;

export type WeekLineKey = keyof typeof lines;

/** In the order of the summary. */
export const weekLines: [key: WeekLineKey, line: Line][] = Object.entries(lines) as [
  WeekLineKey,
  Line,
][];

export const weekLineName = (key: WeekLineKey): string => lines[key].name;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The lines as rows of a view. Without a story its texts are empty; a target may be null. */
export const weekLineRows: string = relation(
  weekLines.map(([key, { name, unit, isMean, target, story }], place) =>
    [
      `${sqlText(key)} as line_key`,
      `${place + 1} as position`,
      `${sqlText(name)} as line`,
      `${sqlText(unit)} as unit`,
      `${isMean ? 1 : 0} as is_mean`,
      `cast(${sqlLiteral(target ?? null)} as float64) as target`,
      `${sqlText(story?.topic ?? '')} as topic`,
      `${sqlText(story?.test ?? '')} as test`,
      `${sqlText(story?.subject ?? '')} as subject`,
      `${sqlText(capitalised(story?.subject ?? ''))} as opening`,
      `${sqlText(story?.rise ?? '')} as advice_for_rise`,
      `${sqlText(story?.fall ?? '')} as advice_for_fall`,
    ].join(', '),
  ),
);

/**
 * Ends the flag of a rate over fewer than a rate should be read from (R1): 'goal met' on one of
 * three says little.
 */
export const SMALL_SAMPLE = ', small sample';
