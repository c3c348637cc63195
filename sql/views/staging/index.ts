import type { View } from '../view.ts';
import stgAdSpend from './stg_ad_spend.sql';
import stgAgents from './stg_agents.sql';
import stgCalendar from './stg_calendar.sql';
import stgCalls from './stg_calls.sql';
import stgCampaigns from './stg_campaigns.sql';
import stgCheckResults from './stg_check_results.sql';
import stgClock from './stg_clock.sql';
import stgContactStatements from './stg_contact_statements.sql';
import stgContacts from './stg_contacts.sql';
import stgEmailEvents from './stg_email_events.sql';
import stgEmailMessages from './stg_email_messages.sql';
import stgEnrolments from './stg_enrolments.sql';
import stgExportLoads from './stg_export_loads.sql';
import stgExportRuns from './stg_export_runs.sql';
import stgFactInstants from './stg_fact_instants.sql';
import stgHouse from './stg_house.sql';
import stgIdentities from './stg_identities.sql';
import stgInteractions from './stg_interactions.sql';
import stgMachineEvents from './stg_machine_events.sql';
import stgModelResults from './stg_model_results.sql';
import stgPoissonBounds from './stg_poisson_bounds.sql';
import stgPurchases from './stg_purchases.sql';
import stgRestatements from './stg_restatements.sql';
import stgSequenceSteps from './stg_sequence_steps.sql';
import stgShareIntervals from './stg_share_intervals.sql';
import stgStatusChanges from './stg_status_changes.sql';
import stgSuppressions from './stg_suppressions.sql';
import stgWaitingFacts from './stg_waiting_facts.sql';
import stgWaitingThings from './stg_waiting_things.sql';

/**
 * One view per source table, and those that class its rows; the only views that name the clock and
 * the scope.
 */
export const staging: View[] = [
  { name: 'stg_house', sql: stgHouse },
  { name: 'stg_clock', sql: stgClock },
  { name: 'stg_contacts', sql: stgContacts },
  { name: 'stg_identities', sql: stgIdentities },
  { name: 'stg_contact_statements', sql: stgContactStatements },
  { name: 'stg_interactions', sql: stgInteractions },
  { name: 'stg_calls', sql: stgCalls },
  { name: 'stg_purchases', sql: stgPurchases },
  { name: 'stg_email_messages', sql: stgEmailMessages },
  { name: 'stg_machine_events', sql: stgMachineEvents },
  { name: 'stg_email_events', sql: stgEmailEvents },
  { name: 'stg_fact_instants', sql: stgFactInstants },
  { name: 'stg_suppressions', sql: stgSuppressions },
  { name: 'stg_status_changes', sql: stgStatusChanges },
  { name: 'stg_campaigns', sql: stgCampaigns },
  { name: 'stg_sequence_steps', sql: stgSequenceSteps },
  { name: 'stg_enrolments', sql: stgEnrolments },
  { name: 'stg_agents', sql: stgAgents },
  { name: 'stg_calendar', sql: stgCalendar },
  { name: 'stg_poisson_bounds', sql: stgPoissonBounds },
  { name: 'stg_export_runs', sql: stgExportRuns },
  { name: 'stg_export_loads', sql: stgExportLoads },
  { name: 'stg_check_results', sql: stgCheckResults },
  { name: 'stg_model_results', sql: stgModelResults },
  { name: 'stg_share_intervals', sql: stgShareIntervals },
  { name: 'stg_ad_spend', sql: stgAdSpend },
  { name: 'stg_restatements', sql: stgRestatements },
  { name: 'stg_waiting_facts', sql: stgWaitingFacts },
  { name: 'stg_waiting_things', sql: stgWaitingThings },
];
