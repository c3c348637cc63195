import type { Contract } from '../../contract.ts';
import type { View } from '../view.ts';
import daily from './activity/daily.sql';
import { contract as dailyContract } from './activity/daily.ts';
import dimDate from './activity/dim_date.sql';
import { contract as dimDateContract } from './activity/dim_date.ts';
import fctInteraction from './activity/fct_interaction.sql';
import { contract as fctInteractionContract } from './activity/fct_interaction.ts';
import attributionCredit from './attribution/attribution_credit.sql';
import { contract as attributionCreditContract } from './attribution/attribution_credit.ts';
import attributionPaths from './attribution/attribution_paths.sql';
import { contract as attributionPathsContract } from './attribution/attribution_paths.ts';
import attributionSummary from './attribution/attribution_summary.sql';
import { contract as attributionSummaryContract } from './attribution/attribution_summary.ts';
import attributionTouch from './attribution/attribution_touch.sql';
import { contract as attributionTouchContract } from './attribution/attribution_touch.ts';
import fctAdSpend from './attribution/fct_ad_spend.sql';
import { contract as fctAdSpendContract } from './attribution/fct_ad_spend.ts';
import agentPerformance from './calls/agent_performance.sql';
import { contract as agentPerformanceContract } from './calls/agent_performance.ts';
import dimAgent from './calls/dim_agent.sql';
import { contract as dimAgentContract } from './calls/dim_agent.ts';
import fctCallAttempt from './calls/fct_call_attempt.sql';
import { contract as fctCallAttemptContract } from './calls/fct_call_attempt.ts';
import fctSpeedToLead from './calls/fct_speed_to_lead.sql';
import { contract as fctSpeedToLeadContract } from './calls/fct_speed_to_lead.ts';
import objections from './calls/objections.sql';
import { contract as objectionsContract } from './calls/objections.ts';
import speedToLead from './calls/speed_to_lead.sql';
import { contract as speedToLeadContract } from './calls/speed_to_lead.ts';
import voicemailFollowup from './calls/voicemail_followup.sql';
import { contract as voicemailFollowupContract } from './calls/voicemail_followup.ts';
import funnel from './funnel/funnel.sql';
import { contract as funnelContract } from './funnel/funnel.ts';
import dataQuality from './house/data_quality.sql';
import { contract as dataQualityContract } from './house/data_quality.ts';
import exportRuns from './house/export_runs.sql';
import { contract as exportRunsContract } from './house/export_runs.ts';
import {
  metricDictionary,
  contract as metricDictionaryContract,
} from './house/metric_dictionary.ts';
import restatements from './house/restatements.sql';
import { contract as restatementsContract } from './house/restatements.ts';
import deliverability from './mail/deliverability.sql';
import { contract as deliverabilityContract } from './mail/deliverability.ts';
import dimCampaign from './mail/dim_campaign.sql';
import { contract as dimCampaignContract } from './mail/dim_campaign.ts';
import dimSequenceStep from './mail/dim_sequence_step.sql';
import { contract as dimSequenceStepContract } from './mail/dim_sequence_step.ts';
import emailPerformance from './mail/email_performance.sql';
import { contract as emailPerformanceContract } from './mail/email_performance.ts';
import fctEmailEvent from './mail/fct_email_event.sql';
import { contract as fctEmailEventContract } from './mail/fct_email_event.ts';
import fctEmailMessage from './mail/fct_email_message.sql';
import { contract as fctEmailMessageContract } from './mail/fct_email_message.ts';
import dangerList from './people/danger_list.sql';
import { contract as dangerListContract } from './people/danger_list.ts';
import dimContact from './people/dim_contact.sql';
import { contract as dimContactContract } from './people/dim_contact.ts';
import fctStatusChange from './people/fct_status_change.sql';
import { contract as fctStatusChangeContract } from './people/fct_status_change.ts';
import cohortConversion from './sales/cohort_conversion.sql';
import { contract as cohortConversionContract } from './sales/cohort_conversion.ts';
import fctPurchase from './sales/fct_purchase.sql';
import { contract as fctPurchaseContract } from './sales/fct_purchase.ts';
import freeTrial from './sales/free_trial.sql';
import { contract as freeTrialContract } from './sales/free_trial.ts';
import leadConversion from './sales/lead_conversion.sql';
import { contract as leadConversionContract } from './sales/lead_conversion.ts';
import revenue from './sales/revenue.sql';
import { contract as revenueContract } from './sales/revenue.ts';
import trainingOutcomes from './sales/training_outcomes.sql';
import { contract as trainingOutcomesContract } from './sales/training_outcomes.ts';
import weeklySummary from './week/weekly_summary.sql';
import { contract as weeklySummaryContract } from './week/weekly_summary.ts';

type Mart = View & { contract: Contract };

/** In the order of its tabs: what a manager asks first, then the rows behind it, then the house itself. */
const measured: Mart[] = [
  { name: 'weekly_summary', sql: weeklySummary, contract: weeklySummaryContract },
  { name: 'danger_list', sql: dangerList, contract: dangerListContract },
  { name: 'agent_performance', sql: agentPerformance, contract: agentPerformanceContract },
  { name: 'funnel', sql: funnel, contract: funnelContract },
  { name: 'speed_to_lead', sql: speedToLead, contract: speedToLeadContract },
  { name: 'voicemail_followup', sql: voicemailFollowup, contract: voicemailFollowupContract },
  { name: 'email_performance', sql: emailPerformance, contract: emailPerformanceContract },
  { name: 'deliverability', sql: deliverability, contract: deliverabilityContract },
  { name: 'attribution_summary', sql: attributionSummary, contract: attributionSummaryContract },
  { name: 'revenue', sql: revenue, contract: revenueContract },
  { name: 'lead_conversion', sql: leadConversion, contract: leadConversionContract },
  { name: 'cohort_conversion', sql: cohortConversion, contract: cohortConversionContract },
  { name: 'training_outcomes', sql: trainingOutcomes, contract: trainingOutcomesContract },
  { name: 'free_trial', sql: freeTrial, contract: freeTrialContract },
  { name: 'objections', sql: objections, contract: objectionsContract },
  { name: 'daily', sql: daily, contract: dailyContract },
  { name: 'fct_purchase', sql: fctPurchase, contract: fctPurchaseContract },
  { name: 'fct_call_attempt', sql: fctCallAttempt, contract: fctCallAttemptContract },
  { name: 'fct_email_message', sql: fctEmailMessage, contract: fctEmailMessageContract },
  { name: 'fct_email_event', sql: fctEmailEvent, contract: fctEmailEventContract },
  { name: 'fct_interaction', sql: fctInteraction, contract: fctInteractionContract },
  { name: 'fct_speed_to_lead', sql: fctSpeedToLead, contract: fctSpeedToLeadContract },
  { name: 'fct_status_change', sql: fctStatusChange, contract: fctStatusChangeContract },
  { name: 'fct_ad_spend', sql: fctAdSpend, contract: fctAdSpendContract },
  { name: 'attribution_paths', sql: attributionPaths, contract: attributionPathsContract },
  { name: 'attribution_touch', sql: attributionTouch, contract: attributionTouchContract },
  { name: 'attribution_credit', sql: attributionCredit, contract: attributionCreditContract },
  { name: 'dim_contact', sql: dimContact, contract: dimContactContract },
  { name: 'dim_agent', sql: dimAgent, contract: dimAgentContract },
  { name: 'dim_campaign', sql: dimCampaign, contract: dimCampaignContract },
  { name: 'dim_sequence_step', sql: dimSequenceStep, contract: dimSequenceStepContract },
  { name: 'dim_date', sql: dimDate, contract: dimDateContract },
  { name: 'data_quality', sql: dataQuality, contract: dataQualityContract },
  { name: 'restatements', sql: restatements, contract: restatementsContract },
  { name: 'export_runs', sql: exportRuns, contract: exportRunsContract },
];

/** Every published table: its view and, beside it, its contract. */
export const marts: Mart[] = [
  ...measured,
  {
    name: 'metric_dictionary',
    sql: metricDictionary(measured.map(({ contract }) => contract)),
    contract: metricDictionaryContract,
  },
];
