/** The words of the week's sentences (R10a): what a line is called in one, and what to do when it rose or fell. */

type Told = {
  /** As the subject of a sentence, in lower case. */
  subject: string;
  rose: string;
  fell: string;
};

const CARRY_ON = 'Carry on.';

/** By the line's name in the weekly summary; the lines that are not here are never told. */
export const weekStory: Record<string, Told> = {
  Revenue: {
    subject: 'revenue',
    rose: 'See which channel and training brought it.',
    fell: 'See which channel and training fell short.',
  },
  'Calls Scheduled': {
    subject: 'calls scheduled',
    rose: 'See that each of them has a caller.',
    fell: 'Call the warmest leads first.',
  },
  'Calls Completed': {
    subject: 'calls completed',
    rose: 'Follow up on each of them.',
    fell: 'Offer another time to those who missed theirs.',
  },
  'Deals Closed': {
    subject: 'deals closed',
    rose: 'Ask these buyers what decided it.',
    fell: 'Go through the open proposals one by one.',
  },
  'Deal Conversion': {
    subject: 'deal conversion',
    rose: 'Write down what these calls had in common.',
    fell: 'Read the objections of the calls that were lost.',
  },
  'Emails Sent': {
    subject: 'emails sent',
    rose: 'Answer the replies as fast as before.',
    fell: 'Send the emails that are due.',
  },
  'Email Open Rate': {
    subject: 'the email open rate',
    rose: 'Keep this subject line.',
    fell: 'Try another subject line.',
  },
  'Email Reply Rate': {
    subject: 'the email reply rate',
    rose: 'Keep this message, and use it on the next list.',
    fell: 'Change what the last step asks for.',
  },
  'Call Conversion': {
    subject: 'call conversion',
    rose: 'Keep offering a time in the answer.',
    fell: 'Answer each reply with a time for a call.',
  },
  Bounced: {
    subject: 'bounces',
    rose: 'Check the addresses before the next send.',
    fell: CARRY_ON,
  },
  Failed: {
    subject: 'failed emails',
    rose: 'Read why they failed before the next send.',
    fell: CARRY_ON,
  },
  Clicked: {
    subject: 'clicks',
    rose: 'Keep this link and this offer.',
    fell: 'Put one clear link near the top.',
  },
};

/** Follows the flag of a rate over fewer than a rate should be read from (R1): 'goal met' on one of three says little. */
export const SMALL_SAMPLE = ', small sample';
