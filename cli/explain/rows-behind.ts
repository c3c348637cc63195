/** For every published table, the rows behind its numbers. */
import { attributionCredit, attributionPaths, attributionSummary, attributionTouch } from './attribution.ts';
import type { Behind } from './behind.ts';
import { agentPerformance, dailyCalls, dangerList, speedToLead, voicemailFollowup, weeklyCalls } from './calls.ts';
import { cohortConversion, contact, freeTrial, funnel, leadConversion } from './leads.ts';
import { dailyMail, deliverability, emailMessage, emailPerformance, weeklyMail } from './mail.ts';
import { dailySales, revenue, trainingOutcomes, weeklySales } from './sales.ts';

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
    ...[
      [
        'int_weekly_calls',
        "key.line in ('Calls Completed', 'Deal Conversion', 'Calls Pending', 'Average Call Minutes')",
      ],
      ['int_weekly_mail', "key.line = 'Call Conversion'"],
      ['int_weekly_sales', "key.line = 'Danger List'"],
    ].map(([view, when]) => ({ view: view!, when: when!, columns: ['value', 'numerator', 'denominator'] })),
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
  objections: [{ view: 'stg_calls', columns: ['raised', 'won', 'win_rate', 'median_days_to_close'] }],
  deliverability,
  attribution_paths: attributionPaths,
  attribution_touch: attributionTouch,
  attribution_credit: attributionCredit,
  dim_contact: contact,
  fct_email_message: emailMessage,
};
