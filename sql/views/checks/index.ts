import type { View } from '../view.ts';
import agentExpectedPaid from './agent_expected_paid.sql';
import attributionPaths from './attribution_paths.sql';
import attributionShares from './attribution_shares.sql';
import cohortConversionLeads from './cohort_conversion_leads.sql';
import contactKeys from './contact_keys.sql';
import dailySums from './daily_sums.sql';
import deliverabilityCounts from './deliverability_counts.sql';
import dimensionKeys from './dimension_keys.sql';
import duplicateFacts from './duplicate_facts.sql';
import emailCounts from './email_counts.sql';
import factsAfterAsOf from './facts_after_as_of.sql';
import factsInCalendar from './facts_in_calendar.sql';
import factsWaiting from './facts_waiting.sql';
import freeTrialLeads from './free_trial_leads.sql';
import funnelCounts from './funnel_counts.sql';
import leadConversionLeads from './lead_conversion_leads.sql';
import leadsToCome from './leads_to_come.sql';
import objectionsRaised from './objections_raised.sql';
import publishedLoads from './published_loads.sql';
import purchaseBeforeLead from './purchase_before_lead.sql';
import refundPurchases from './refund_purchases.sql';
import revenueSums from './revenue_sums.sql';
import speedToLeadLeads from './speed_to_lead_leads.sql';
import trainingEnrolments from './training_enrolments.sql';
import voicemailLeads from './voicemail_leads.sql';
import weeklySums from './weekly_sums.sql';

/** A check: its view returns offending rows; none means that it passes. */
export type Check = View & {
  /** 'block' stops the publish, 'warn' is published in data quality only. */
  severity: 'block' | 'warn';
  /** What holds, as the end of a sentence: on a stamp it follows 'it does not hold that'. */
  says: string;
};

export const checks: Check[] = [
  {
    name: 'check_facts_in_calendar',
    sql: factsInCalendar,
    severity: 'block',
    says: 'every fact lies on a day of the calendar',
  },
  {
    name: 'check_contact_keys',
    sql: contactKeys,
    severity: 'block',
    says: 'a key names one contact, and every published fact belongs to one',
  },
  {
    name: 'check_duplicate_facts',
    sql: duplicateFacts,
    severity: 'block',
    says: 'every source event is one fact',
  },
  {
    name: 'check_facts_after_as_of',
    sql: factsAfterAsOf,
    severity: 'block',
    says: 'no fact is later than the instant of its night',
  },
  {
    name: 'check_daily_sums',
    sql: dailySums,
    severity: 'block',
    says: 'the days add up to their facts',
  },
  {
    name: 'check_email_counts',
    sql: emailCounts,
    severity: 'block',
    says:
      'mail is counted alike everywhere, and none is clicked that was not opened, opened that ' +
      'was not delivered',
  },
  {
    name: 'check_funnel_counts',
    sql: funnelCounts,
    severity: 'block',
    says: 'a stage is reached by no more than the stage below it, and everyone stands somewhere',
  },
  {
    name: 'check_attribution_shares',
    sql: attributionShares,
    severity: 'block',
    says: 'the shares of a conversion add up to it, to the minor unit',
  },
  {
    name: 'check_attribution_paths',
    sql: attributionPaths,
    severity: 'block',
    says: 'every conversion, and everybody who did not buy, went one way',
  },
  {
    name: 'check_speed_to_lead_leads',
    sql: speedToLeadLeads,
    severity: 'block',
    says: 'every lead stands in one row of speed to lead',
  },
  {
    name: 'check_lead_conversion_leads',
    sql: leadConversionLeads,
    severity: 'block',
    says: 'every lead stands in one row of each dimension',
  },
  {
    name: 'check_cohort_conversion_leads',
    sql: cohortConversionLeads,
    severity: 'block',
    says: 'every lead is converted or still watched in each dimension of the curves',
  },
  {
    name: 'check_free_trial_leads',
    sql: freeTrialLeads,
    severity: 'block',
    says: 'every trial-class lead was followed up or is counted as one that was not',
  },
  {
    name: 'check_revenue_sums',
    sql: revenueSums,
    severity: 'block',
    says: 'the revenue of each dimension adds up to all purchases, currency by currency',
  },
  {
    name: 'check_training_enrolments',
    sql: trainingEnrolments,
    severity: 'block',
    says: 'every enrolment stands in one training and batch, with all its money',
  },
  {
    name: 'check_voicemail_leads',
    sql: voicemailLeads,
    severity: 'block',
    says: 'every lead whose first call ended in voicemail is followed in one row',
  },
  {
    name: 'check_deliverability_counts',
    sql: deliverabilityCounts,
    severity: 'block',
    says: 'the mail of each domain adds up to all mail',
  },
  {
    name: 'check_objections_raised',
    sql: objectionsRaised,
    severity: 'block',
    says: 'every objection of a completed call is raised in its week, once',
  },
  {
    name: 'check_agent_expected_paid',
    sql: agentExpectedPaid,
    severity: 'warn',
    says: 'the sales expected of agents add up to those they made',
  },
  {
    name: 'check_purchase_before_lead',
    sql: purchaseBeforeLead,
    severity: 'warn',
    says: 'nobody bought before they were a lead',
  },
  {
    name: 'check_refund_purchases',
    sql: refundPurchases,
    severity: 'warn',
    says:
      'every refund gives back a purchase of the same person in the same currency, and no more ' +
      'than it cost',
  },
  {
    name: 'check_facts_waiting',
    sql: factsWaiting,
    severity: 'warn',
    says: 'every fact counts: `signalhouse list waiting` shows those that wait, and for what',
  },
  {
    name: 'check_leads_to_come',
    sql: leadsToCome,
    severity: 'warn',
    says: 'nobody is known before they were added',
  },
  {
    name: 'check_weekly_sums',
    sql: weeklySums,
    severity: 'warn',
    says: 'the lines of a week add up from its days',
  },
  {
    name: 'check_dimension_keys',
    sql: dimensionKeys,
    severity: 'warn',
    says: 'every day, agent, campaign and message that is named stands in its table',
  },
  {
    name: 'check_published_loads',
    sql: publishedLoads,
    severity: 'warn',
    says: 'what lies at a destination is what was rendered for it',
  },
];
