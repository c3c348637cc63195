import {
  conversionTypeRows,
  lookbackRows,
  paidMediumRows,
  publishedModelRows,
} from '../../../core/attribution/models.ts';
import { weekLineRows } from '../../../core/rules/week-lines.ts';
import type { View } from '../view.ts';
import intAttributionApplied from './attribution/int_attribution_applied.sql';
import intAttributionCredits from './attribution/int_attribution_credits.sql';
import intAttributionJourneys from './attribution/int_attribution_journeys.sql';
import intAttributionOpenPaths from './attribution/int_attribution_open_paths.sql';
import intAttributionPaths from './attribution/int_attribution_paths.sql';
import intAttributionRankings from './attribution/int_attribution_rankings.sql';
import intAttributionRoles from './attribution/int_attribution_roles.sql';
import intAttributionShares from './attribution/int_attribution_shares.sql';
import intConversions from './attribution/int_conversions.sql';
import intTouches from './attribution/int_touches.sql';
import intBookings from './calls/int_bookings.sql';
import intCallAttempts from './calls/int_call_attempts.sql';
import intCompletedCalls from './calls/int_completed_calls.sql';
import intPendingBookings from './calls/int_pending_bookings.sql';
import intSpeedToLead from './calls/int_speed_to_lead.sql';
import intFunnelCells from './funnel/int_funnel_cells.sql';
import intFunnelContacts from './funnel/int_funnel_contacts.sql';
import intFunnelCounts from './funnel/int_funnel_counts.sql';
import intFunnelDays from './funnel/int_funnel_days.sql';
import intFunnelLeads from './funnel/int_funnel_leads.sql';
import intLadderStages from './funnel/int_ladder_stages.sql';
import intStageStays from './funnel/int_stage_stays.sql';
import intWaitingFacts from './house/int_waiting_facts.sql';
import intEmailMessages from './mail/int_email_messages.sql';
import intContactEvents from './people/int_contact_events.sql';
import intContactMilestones from './people/int_contact_milestones.sql';
import intContactScores from './people/int_contact_scores.sql';
import intContactStatus from './people/int_contact_status.sql';
import intContactValidity from './people/int_contact_validity.sql';
import intContactVips from './people/int_contact_vips.sql';
import intContacts from './people/int_contacts.sql';
import intDeals from './people/int_deals.sql';
import intLifetimeValues from './people/int_lifetime_values.sql';
import intNamedReferrals from './people/int_named_referrals.sql';
import intNextActions from './people/int_next_actions.sql';
import intScorePoints from './people/int_score_points.sql';
import intVipThresholds from './people/int_vip_thresholds.sql';
import intHouseCurrency from './sales/int_house_currency.sql';
import intPurchaseAgents from './sales/int_purchase_agents.sql';
import intPurchases from './sales/int_purchases.sql';
import intSubscriptionRuns from './sales/int_subscription_runs.sql';
import intWeeklyCalls from './week/int_weekly_calls.sql';
import intWeeklyChanges from './week/int_weekly_changes.sql';
import intWeeklyLines from './week/int_weekly_lines.sql';
import intWeeklyMail from './week/int_weekly_mail.sql';
import intWeeklySales from './week/int_weekly_sales.sql';
import intWeeklySentences from './week/int_weekly_sentences.sql';
import intWeeks from './week/int_weeks.sql';

export const intermediate: View[] = [
  { name: 'int_contacts', sql: intContacts },
  { name: 'int_email_messages', sql: intEmailMessages },
  { name: 'int_call_attempts', sql: intCallAttempts },
  { name: 'int_bookings', sql: intBookings },
  { name: 'int_completed_calls', sql: intCompletedCalls },
  { name: 'int_house_currency', sql: intHouseCurrency },
  { name: 'int_subscription_runs', sql: intSubscriptionRuns },
  { name: 'int_purchase_agents', sql: intPurchaseAgents },
  { name: 'int_purchases', sql: intPurchases },
  { name: 'int_contact_events', sql: intContactEvents },
  { name: 'int_pending_bookings', sql: intPendingBookings },
  { name: 'int_contact_validity', sql: intContactValidity },
  { name: 'int_contact_milestones', sql: intContactMilestones },
  { name: 'int_score_points', sql: intScorePoints },
  { name: 'int_contact_scores', sql: intContactScores },
  { name: 'int_contact_status', sql: intContactStatus },
  { name: 'int_next_actions', sql: intNextActions },
  { name: 'int_deals', sql: intDeals },
  { name: 'int_lifetime_values', sql: intLifetimeValues },
  {
    name: 'int_vip_thresholds',
    sql: intVipThresholds,
    isOfEveryone: true,
    isSharedBySlices: true,
  },
  { name: 'int_named_referrals', sql: intNamedReferrals, isOfEveryone: true },
  { name: 'int_contact_vips', sql: intContactVips },
  { name: 'int_ladder_stages', sql: intLadderStages, isComputedOnce: true },
  { name: 'int_stage_stays', sql: intStageStays, isComputedOnce: true },
  { name: 'int_funnel_leads', sql: intFunnelLeads },
  { name: 'int_funnel_cells', sql: intFunnelCells },
  { name: 'int_funnel_contacts', sql: intFunnelContacts, isComputedOnce: true },
  { name: 'int_funnel_counts', sql: intFunnelCounts },
  { name: 'int_funnel_days', sql: intFunnelDays },
  { name: 'int_weeks', sql: intWeeks, isComputedOnce: true },
  { name: 'int_week_lines', sql: weekLineRows, isComputedOnce: true },
  { name: 'int_weekly_mail', sql: intWeeklyMail },
  { name: 'int_weekly_calls', sql: intWeeklyCalls },
  { name: 'int_weekly_sales', sql: intWeeklySales },
  {
    name: 'int_weekly_lines',
    sql: intWeeklyLines,
    storedColumns: [
      'week_start',
      'iso_week',
      'state',
      'line_key',
      'position',
      'line',
      'unit',
      'is_mean',
      'topic',
      'test',
      'currency',
      'numerator',
      'denominator',
      'numerator_human',
      'words',
      'target',
    ],
  },
  { name: 'int_weekly_changes', sql: intWeeklyChanges },
  { name: 'int_weekly_sentences', sql: intWeeklySentences },
  { name: 'int_speed_to_lead', sql: intSpeedToLead },
  { name: 'int_attribution_models', sql: publishedModelRows },
  { name: 'int_conversion_types', sql: conversionTypeRows },
  { name: 'int_lookbacks', sql: lookbackRows },
  { name: 'int_attribution_applied', sql: intAttributionApplied, isComputedOnce: true },
  { name: 'int_paid_mediums', sql: paidMediumRows },
  { name: 'int_conversions', sql: intConversions, isComputedOnce: true },
  { name: 'int_touches', sql: intTouches },
  { name: 'int_attribution_paths', sql: intAttributionPaths, isComputedOnce: true },
  { name: 'int_attribution_open_paths', sql: intAttributionOpenPaths },
  { name: 'int_attribution_journeys', sql: intAttributionJourneys },
  { name: 'int_attribution_roles', sql: intAttributionRoles },
  { name: 'int_attribution_shares', sql: intAttributionShares },
  { name: 'int_attribution_credits', sql: intAttributionCredits },
  { name: 'int_attribution_rankings', sql: intAttributionRankings, isComputedOnce: true },
  { name: 'int_waiting_facts', sql: intWaitingFacts },
];
