/** The published tables that the report pages stand on, and what may be done with each of their columns. */
import type { Contract } from '../sql/contract.ts';
import { contract as daily } from '../sql/views/marts/activity/daily.ts';
import { contract as attribution_summary } from '../sql/views/marts/attribution/attribution_summary.ts';
import { contract as agent_performance } from '../sql/views/marts/calls/agent_performance.ts';
import { contract as speed_to_lead } from '../sql/views/marts/calls/speed_to_lead.ts';
import { contract as funnel } from '../sql/views/marts/funnel/funnel.ts';
import { contract as danger_list } from '../sql/views/marts/people/danger_list.ts';
import { contract as weekly_summary } from '../sql/views/marts/week/weekly_summary.ts';

/** `daily` first: the one source that people explore, since every control then reaches every chart. */
export const sources = {
  daily,
  weekly_summary,
  attribution_summary,
  funnel,
  speed_to_lead,
  agent_performance,
  danger_list,
};

export type Source = keyof typeof sources;
type ColumnOf<S extends Source> = (typeof sources)[S]['columns'][number];

export type FieldOf<S extends Source> = ColumnOf<S>['name'];
/** Counts and amounts that a chart may sum. */
export type SummableOf<S extends Source> = Extract<ColumnOf<S>, { additive: unknown }>['name'];
export type DayOf<S extends Source> = Extract<ColumnOf<S>, { type: 'date' }>['name'];

export const sourceNames = Object.keys(sources) as Source[];
export const contractOf = (source: Source): Contract => sources[source];
