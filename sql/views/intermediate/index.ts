import { paidMediumRows, ruleModelRows } from '../../../core/attribution/models.ts';
import type { View } from '../index.ts';
import intAttributionCredits from './int_attribution_credits.sql';
import intAttributionPaths from './int_attribution_paths.sql';
import intBookings from './int_bookings.sql';
import intCallAttempts from './int_call_attempts.sql';
import intContactEvents from './int_contact_events.sql';
import intContactMilestones from './int_contact_milestones.sql';
import intContactScores from './int_contact_scores.sql';
import intContactStatus from './int_contact_status.sql';
import intContactVips from './int_contact_vips.sql';
import intContacts from './int_contacts.sql';
import intConversions from './int_conversions.sql';
import intEmailMessages from './int_email_messages.sql';
import intHouseCurrency from './int_house_currency.sql';
import intPurchaseAgents from './int_purchase_agents.sql';
import intPurchases from './int_purchases.sql';
import intScorePoints from './int_score_points.sql';
import intSpeedToLead from './int_speed_to_lead.sql';
import intSubscriptionRuns from './int_subscription_runs.sql';
import intTouches from './int_touches.sql';

export const intermediate: View[] = [
  { name: 'int_contacts', sql: intContacts },
  { name: 'int_email_messages', sql: intEmailMessages },
  { name: 'int_call_attempts', sql: intCallAttempts },
  { name: 'int_bookings', sql: intBookings },
  { name: 'int_house_currency', sql: intHouseCurrency },
  { name: 'int_subscription_runs', sql: intSubscriptionRuns },
  { name: 'int_purchase_agents', sql: intPurchaseAgents },
  { name: 'int_purchases', sql: intPurchases },
  { name: 'int_contact_events', sql: intContactEvents },
  { name: 'int_contact_milestones', sql: intContactMilestones },
  { name: 'int_score_points', sql: intScorePoints },
  { name: 'int_contact_scores', sql: intContactScores },
  { name: 'int_contact_status', sql: intContactStatus },
  { name: 'int_contact_vips', sql: intContactVips },
  { name: 'int_speed_to_lead', sql: intSpeedToLead },
  { name: 'int_attribution_models', sql: ruleModelRows },
  { name: 'int_paid_mediums', sql: paidMediumRows },
  { name: 'int_conversions', sql: intConversions },
  { name: 'int_touches', sql: intTouches },
  { name: 'int_attribution_paths', sql: intAttributionPaths },
  { name: 'int_attribution_credits', sql: intAttributionCredits },
];
