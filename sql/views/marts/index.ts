import type { Mart } from '../../mart.ts';
import { daily } from './activity/daily.ts';
import { dimDate } from './activity/dim_date.ts';
import { fctInteraction } from './activity/fct_interaction.ts';
import { attributionCredit } from './attribution/attribution_credit.ts';
import { attributionPaths } from './attribution/attribution_paths.ts';
import { attributionSummary } from './attribution/attribution_summary.ts';
import { attributionTouch } from './attribution/attribution_touch.ts';
import { fctAdSpend } from './attribution/fct_ad_spend.ts';
import { agentPerformance } from './calls/agent_performance.ts';
import { dimAgent } from './calls/dim_agent.ts';
import { fctCallAttempt } from './calls/fct_call_attempt.ts';
import { fctSpeedToLead } from './calls/fct_speed_to_lead.ts';
import { objections } from './calls/objections.ts';
import { speedToLead } from './calls/speed_to_lead.ts';
import { voicemailFollowup } from './calls/voicemail_followup.ts';
import { funnel } from './funnel/funnel.ts';
import { dataQuality } from './house/data_quality.ts';
import { exportRuns } from './house/export_runs.ts';
import { metricDictionary } from './house/metric_dictionary.ts';
import { restatements } from './house/restatements.ts';
import { deliverability } from './mail/deliverability.ts';
import { dimCampaign } from './mail/dim_campaign.ts';
import { dimSequenceStep } from './mail/dim_sequence_step.ts';
import { emailPerformance } from './mail/email_performance.ts';
import { fctEmailEvent } from './mail/fct_email_event.ts';
import { fctEmailMessage } from './mail/fct_email_message.ts';
import { dangerList } from './people/danger_list.ts';
import { dimContact } from './people/dim_contact.ts';
import { fctStatusChange } from './people/fct_status_change.ts';
import { cohortConversion } from './sales/cohort_conversion.ts';
import { fctPurchase } from './sales/fct_purchase.ts';
import { freeTrial } from './sales/free_trial.ts';
import { leadConversion } from './sales/lead_conversion.ts';
import { revenue } from './sales/revenue.ts';
import { trainingOutcomes } from './sales/training_outcomes.ts';
import { weeklySummary } from './week/weekly_summary.ts';

/** In the order of its tabs: what a manager asks first, then the rows behind it, then the house. */
const measured: Mart[] = [
  weeklySummary,
  dangerList,
  agentPerformance,
  funnel,
  speedToLead,
  voicemailFollowup,
  emailPerformance,
  deliverability,
  attributionSummary,
  revenue,
  leadConversion,
  cohortConversion,
  trainingOutcomes,
  freeTrial,
  objections,
  daily,
  fctPurchase,
  fctCallAttempt,
  fctEmailMessage,
  fctEmailEvent,
  fctInteraction,
  fctSpeedToLead,
  fctStatusChange,
  fctAdSpend,
  attributionPaths,
  attributionTouch,
  attributionCredit,
  dimContact,
  dimAgent,
  dimCampaign,
  dimSequenceStep,
  dimDate,
  dataQuality,
  restatements,
  exportRuns,
];

/** Every published table. */
export const marts: Mart[] = [
  ...measured,
  metricDictionary(measured.map(({ contract }) => contract)),
];
