import type { Contract } from '../../contract.ts';
import type { View } from '../index.ts';
import agentPerformance from './agent_performance.sql';
import { contract as agentPerformanceContract } from './agent_performance.ts';
import attributionCredit from './attribution_credit.sql';
import { contract as attributionCreditContract } from './attribution_credit.ts';
import attributionPaths from './attribution_paths.sql';
import { contract as attributionPathsContract } from './attribution_paths.ts';
import attributionSummary from './attribution_summary.sql';
import { contract as attributionSummaryContract } from './attribution_summary.ts';
import attributionTouch from './attribution_touch.sql';
import { contract as attributionTouchContract } from './attribution_touch.ts';
import cohortConversion from './cohort_conversion.sql';
import { contract as cohortConversionContract } from './cohort_conversion.ts';
import daily from './daily.sql';
import { contract as dailyContract } from './daily.ts';
import dangerList from './danger_list.sql';
import { contract as dangerListContract } from './danger_list.ts';
import dataQuality from './data_quality.sql';
import { contract as dataQualityContract } from './data_quality.ts';
import deliverability from './deliverability.sql';
import { contract as deliverabilityContract } from './deliverability.ts';
import dimAgent from './dim_agent.sql';
import { contract as dimAgentContract } from './dim_agent.ts';
import dimCampaign from './dim_campaign.sql';
import { contract as dimCampaignContract } from './dim_campaign.ts';
import dimContact from './dim_contact.sql';
import { contract as dimContactContract } from './dim_contact.ts';
import dimDate from './dim_date.sql';
import { contract as dimDateContract } from './dim_date.ts';
import dimSequenceStep from './dim_sequence_step.sql';
import { contract as dimSequenceStepContract } from './dim_sequence_step.ts';
import emailPerformance from './email_performance.sql';
import { contract as emailPerformanceContract } from './email_performance.ts';
import exportRuns from './export_runs.sql';
import { contract as exportRunsContract } from './export_runs.ts';
import fctAdSpend from './fct_ad_spend.sql';
import { contract as fctAdSpendContract } from './fct_ad_spend.ts';
import fctCallAttempt from './fct_call_attempt.sql';
import { contract as fctCallAttemptContract } from './fct_call_attempt.ts';
import fctEmailEvent from './fct_email_event.sql';
import { contract as fctEmailEventContract } from './fct_email_event.ts';
import fctEmailMessage from './fct_email_message.sql';
import { contract as fctEmailMessageContract } from './fct_email_message.ts';
import fctInteraction from './fct_interaction.sql';
import { contract as fctInteractionContract } from './fct_interaction.ts';
import fctPurchase from './fct_purchase.sql';
import { contract as fctPurchaseContract } from './fct_purchase.ts';
import fctSpeedToLead from './fct_speed_to_lead.sql';
import { contract as fctSpeedToLeadContract } from './fct_speed_to_lead.ts';
import fctStatusChange from './fct_status_change.sql';
import { contract as fctStatusChangeContract } from './fct_status_change.ts';
import freeTrial from './free_trial.sql';
import { contract as freeTrialContract } from './free_trial.ts';
import funnel from './funnel.sql';
import { contract as funnelContract } from './funnel.ts';
import leadConversion from './lead_conversion.sql';
import { contract as leadConversionContract } from './lead_conversion.ts';
import { metricDictionary, contract as metricDictionaryContract } from './metric_dictionary.ts';
import objections from './objections.sql';
import { contract as objectionsContract } from './objections.ts';
import restatements from './restatements.sql';
import { contract as restatementsContract } from './restatements.ts';
import revenue from './revenue.sql';
import { contract as revenueContract } from './revenue.ts';
import speedToLead from './speed_to_lead.sql';
import { contract as speedToLeadContract } from './speed_to_lead.ts';
import trainingOutcomes from './training_outcomes.sql';
import { contract as trainingOutcomesContract } from './training_outcomes.ts';
import voicemailFollowup from './voicemail_followup.sql';
import { contract as voicemailFollowupContract } from './voicemail_followup.ts';
import weeklySummary from './weekly_summary.sql';
import { contract as weeklySummaryContract } from './weekly_summary.ts';

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
