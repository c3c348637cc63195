import type { View } from '../index.ts';
import agentExpectedPaid from './agent_expected_paid.sql';
import attributionShares from './attribution_shares.sql';
import contactKeys from './contact_keys.sql';
import dailySums from './daily_sums.sql';
import duplicateFacts from './duplicate_facts.sql';
import emailCounts from './email_counts.sql';
import factsAfterAsOf from './facts_after_as_of.sql';
import funnelCounts from './funnel_counts.sql';
import leadConversionLeads from './lead_conversion_leads.sql';
import purchaseBeforeLead from './purchase_before_lead.sql';
import speedToLeadLeads from './speed_to_lead_leads.sql';

/** A conservation law: its view returns offending rows; empty means that it holds. */
export type Check = View & {
  /** 'block' stops the publish, 'warn' is published in data quality only. */
  severity: 'block' | 'warn';
};

export const checks: Check[] = [
  { name: 'check_contact_keys', sql: contactKeys, severity: 'block' },
  { name: 'check_duplicate_facts', sql: duplicateFacts, severity: 'block' },
  { name: 'check_facts_after_as_of', sql: factsAfterAsOf, severity: 'block' },
  { name: 'check_daily_sums', sql: dailySums, severity: 'block' },
  { name: 'check_email_counts', sql: emailCounts, severity: 'block' },
  { name: 'check_funnel_counts', sql: funnelCounts, severity: 'block' },
  { name: 'check_attribution_shares', sql: attributionShares, severity: 'block' },
  { name: 'check_speed_to_lead_leads', sql: speedToLeadLeads, severity: 'block' },
  { name: 'check_lead_conversion_leads', sql: leadConversionLeads, severity: 'block' },
  { name: 'check_agent_expected_paid', sql: agentExpectedPaid, severity: 'warn' },
  { name: 'check_purchase_before_lead', sql: purchaseBeforeLead, severity: 'warn' },
];
