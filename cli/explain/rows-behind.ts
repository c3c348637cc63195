/** For every published table, the rows behind its numbers. */
import { checks } from '../../sql/views/index.ts';
import {
  attributionCredit,
  attributionPaths,
  attributionSummary,
  attributionTouch,
} from './attribution.ts';
import type { Behind } from './behind.ts';
import {
  agentPerformance,
  dailyCalls,
  dangerList,
  speedToLead,
  voicemailFollowup,
  weeklyCalls,
} from './calls.ts';
import { cohortConversion, contact, freeTrial, funnel, leadConversion } from './leads.ts';
import { dailyMail, deliverability, emailMessage, emailPerformance, weeklyMail } from './mail.ts';
import { dailySales, revenue, trainingOutcomes, weeklySales } from './sales.ts';

const offending = ['failing', 'sample_keys', 'status'];
const dataQuality: Behind[] = [
  ...checks.map(({ name }) => ({
    view: name,
    when: `key.check_id = '${name}'`,
    columns: offending,
  })),
  {
    says: 'Each is a cell of a published table that held a mail address or a phone number; it stands there as withheld- and a hash (docs/nights.md).',
    when: "key.check_id = 'check_withheld_texts'",
    columns: offending,
  },
];

/** The week before is its own row, which is explained in turn. */
const weekBefore: Behind = {
  table: 'weekly_summary',
  where: 't.line = key.line and t.week_start = cast(key.week_start as date) - 7',
  figures: { previous: { of: 'max(t.value)' } },
};

/** By table; a table that is not here has rows that are each one thing: the row itself is what is behind it. */
export const rowsBehind: Record<string, Behind[]> = {
  daily: [
    dailyMail,
    {
      table: 'dim_contact',
      where: `t.lead_added_day = key.day and t.channel = key.channel and t.lead_type = key.lead_type
        and key.campaign = 'none' and key.agent = 'none'`,
      figures: { leads_added: {} },
    },
    ...dailyCalls,
    dailySales,
  ],
  weekly_summary: [
    ...weeklyMail,
    ...weeklySales,
    ...weeklyCalls,
    weekBefore,
    ...[
      [
        'int_weekly_calls',
        "key.line in ('Calls Completed', 'Deal Conversion', 'Calls Pending', 'Average Call Minutes')",
      ],
      ['int_weekly_mail', "key.line = 'Call Conversion'"],
      ['int_weekly_sales', "key.line = 'Danger List'"],
    ].map(([view, when]) => ({
      view: view!,
      when: when!,
      columns: ['value', 'numerator', 'denominator'],
    })),
  ],
  funnel,
  email_performance: emailPerformance,
  attribution_summary: attributionSummary,
  lead_conversion: leadConversion,
  speed_to_lead: speedToLead,
  agent_performance: agentPerformance,
  danger_list: dangerList,
  cohort_conversion: cohortConversion,
  voicemail_followup: voicemailFollowup,
  free_trial: freeTrial,
  training_outcomes: trainingOutcomes,
  revenue,
  objections: [
    { view: 'stg_calls', columns: ['raised', 'won', 'win_rate', 'median_days_to_close'] },
  ],
  deliverability,
  data_quality: dataQuality,
  attribution_paths: attributionPaths,
  attribution_touch: attributionTouch,
  attribution_credit: attributionCredit,
  dim_contact: contact,
  fct_email_message: emailMessage,
};
