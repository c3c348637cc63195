import { HOUR } from '../../../../core/durations.ts';
import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { inWeek, msBetween, type RowsBehind } from '../../../rows-behind.ts';
import { belowThreshold, weekStart } from '../columns.ts';
import { connected, countPeople } from './counted-attempts.ts';
import sql from './voicemail_followup.sql';

const contract = {
  name: 'voicemail_followup',
  kind: 'mart',
  answers:
    'When the first call ends in voicemail, is it followed up, how soon, and is the lead ' +
    'reached in the end?',
  grain: ['period', 'lead_type'],
  columns: [
    { name: 'period', type: 'string', description: 'ISO week of the first call (YYYY-Www).' },
    weekStart,
    {
      name: 'lead_type',
      type: 'string',
      description: 'Type of the leads; unknown where none is stated.',
    },
    {
      name: 'first_voicemail',
      type: 'integer',
      description: 'Leads whose first attempt, in this week, ended in voicemail.',
      additive: true,
    },
    {
      name: 'second_attempt',
      type: 'integer',
      description: 'Of these, tried a second time by now.',
      additive: true,
    },
    ...rateColumns('second_attempt_rate', {
      description: 'second_attempt ÷ first_voicemail.',
      ratio: { numerator: 'second_attempt', denominator: 'first_voicemail' },
    }),
    {
      name: 'third_attempt',
      type: 'integer',
      description: 'Of first_voicemail, tried a third time by now.',
      additive: true,
    },
    ...rateColumns('third_attempt_rate', {
      description: 'third_attempt ÷ first_voicemail.',
      ratio: { numerator: 'third_attempt', denominator: 'first_voicemail' },
    }),
    {
      name: 'connected',
      type: 'integer',
      description: 'Of first_voicemail, reached by a later attempt by now.',
      additive: true,
    },
    ...rateColumns('connected_rate', {
      description: 'connected ÷ first_voicemail.',
      ratio: { numerator: 'connected', denominator: 'first_voicemail' },
      metric: {
        owner: 'sales',
        healthy_range: 'not below the weeks before; recent weeks have had less time',
        what_to_do_when_worse:
          'Read the second and third attempts beside it: too few of them, or at the same hour?',
      },
    }),
    {
      name: 'second_within_24h',
      type: 'integer',
      description: 'Of first_voicemail, tried again within 24 hours of the first attempt.',
      additive: true,
    },
    ...rateColumns('second_within_24h_rate', {
      description: 'second_within_24h ÷ first_voicemail.',
      ratio: { numerator: 'second_within_24h', denominator: 'first_voicemail' },
      metric: {
        owner: 'sales',
        healthy_range: 'most leads; the house sets its own goal',
        what_to_do_when_worse: 'Put the voicemails of yesterday first on the list of today.',
      },
    }),
    {
      name: 'second_within_72h',
      type: 'integer',
      description: 'Of first_voicemail, tried again within 72 hours of the first attempt.',
      additive: true,
    },
    ...rateColumns('second_within_72h_rate', {
      description: 'second_within_72h ÷ first_voicemail.',
      ratio: { numerator: 'second_within_72h', denominator: 'first_voicemail' },
    }),
    belowThreshold,
  ],
  metric: {
    owner: 'sales',
    healthy_range: 'second attempts close to the first voicemails; recent weeks have had less time',
    what_to_do_when_worse: 'Put the voicemails of yesterday first on the list of today.',
  },
  sheets: 'all',
  through: 'week_start',
} as const satisfies Contract;

const firstAttempt = `from fct_call_attempt as f
  where f.contact_key = t.contact_key and f.attempt_no = 1`;
const sinceFirst = msBetween(`(select f.attempted_at ${firstAttempt})`, 't.attempted_at');
const secondWithin = (hours: number) => ({
  only: `t.attempt_no = 2 and ${sinceFirst} <= ${hours * HOUR}`,
});

const rows: RowsBehind[] = [
  {
    table: 'fct_call_attempt',
    where: `t.lead_type = key.lead_type
      and exists (select 1 ${firstAttempt} and f.is_voicemail and ${inWeek('f.attempted_day')})`,
    figures: {
      first_voicemail: { only: 't.attempt_no = 1' },
      second_attempt: { only: 't.attempt_no = 2' },
      third_attempt: { only: 't.attempt_no = 3' },
      connected: { ...connected, of: countPeople },
      second_within_24h: secondWithin(24),
      second_within_72h: secondWithin(72),
    },
  },
];

export const voicemailFollowup = defineMart({ sql, contract, rows });
