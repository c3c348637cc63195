/**
 * The published tables that the report pages use, and what can be done with each of their columns.
 */
import type { Contract } from '../sql/contract.ts';
import { daily } from '../sql/views/marts/activity/daily.ts';
import { attributionSummary } from '../sql/views/marts/attribution/attribution_summary.ts';
import { agentPerformance } from '../sql/views/marts/calls/agent_performance.ts';
import { speedToLead } from '../sql/views/marts/calls/speed_to_lead.ts';
import { funnel } from '../sql/views/marts/funnel/funnel.ts';
import { dangerList } from '../sql/views/marts/people/danger_list.ts';
import { weeklySummary } from '../sql/views/marts/week/weekly_summary.ts';

/** `daily` first: people explore this one, since every control reaches every chart on it. */
export const sources = {
  daily: daily.contract,
  weekly_summary: weeklySummary.contract,
  attribution_summary: attributionSummary.contract,
  funnel: funnel.contract,
  speed_to_lead: speedToLead.contract,
  agent_performance: agentPerformance.contract,
  danger_list: dangerList.contract,
};

export type Source = keyof typeof sources;
type ColumnOf<S extends Source> = (typeof sources)[S]['columns'][number];

export type FieldOf<S extends Source> = ColumnOf<S>['name'];
/** Counts and amounts that a chart may sum. */
export type SummableOf<S extends Source> = Extract<ColumnOf<S>, { additive: unknown }>['name'];
export type DayOf<S extends Source> = Extract<ColumnOf<S>, { type: 'date' }>['name'];

export const sourceNames = Object.keys(sources) as Source[];
export const contractOf = (source: Source): Contract => sources[source];
