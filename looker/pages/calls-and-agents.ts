/** Are leads called soon, reached and sold to, and by whom? For the manager of the callers. */
import { rules } from '../../core/rules/config.ts';
import { chartsOn, type ReportPage } from '../report.ts';
import { agentsAllTime } from './agents-chart.ts';
import { lastWeek } from './daily-charts.ts';

const onDaily = chartsOn('daily');
const onSpeed = chartsOn('speed_to_lead');

export const callsAndAgents: ReportPage = {
  id: 'calls-and-agents',
  title: 'Calls and agents',
  question: 'Are leads called soon, reached and sold to, and who does it best?',
  controls: [
    { name: 'Lead type', field: 'lead_type' },
    { name: 'Agent', field: 'agent' },
  ],
  rows: [
    {
      height: 104,
      charts: [
        lastWeek({
          id: 'dials_last_week',
          title: 'Dials',
          question: 'How many attempts were made last week?',
          measure: { sum: 'dials' },
          format: 'count',
          width: 2,
        }),
        lastWeek({
          id: 'connected_last_week',
          title: 'Connected',
          question: 'How many of them reached the lead?',
          measure: { sum: 'connected' },
          format: 'count',
          width: 2,
        }),
        lastWeek({
          id: 'pickup_last_week',
          title: 'Pickup rate',
          question: 'Which share of dials reaches someone?',
          measure: { ratio: { numerator: 'connected', denominator: 'dials' } },
          format: 'rate',
          width: 2,
        }),
        lastWeek({
          id: 'talk_last_week',
          title: 'Talk time',
          question: 'How long did we speak with leads?',
          measure: { sum: 'talk_minutes' },
          format: 'minutes',
          width: 2,
        }),
        lastWeek({
          id: 'completed_last_week',
          title: 'Booked calls held',
          question: 'How many booked or hand-logged calls took place?',
          measure: { sum: 'calls_completed' },
          format: 'count',
          width: 2,
        }),
        lastWeek({
          id: 'sales_last_week',
          title: 'New customers',
          question: 'How many people bought for the first time?',
          measure: { sum: 'first_purchases' },
          format: 'count',
          width: 2,
        }),
      ],
    },
    {
      height: 420,
      charts: [
        onDaily({
          id: 'dials_per_week',
          title: 'Dials and connections per week',
          question: 'Do we call enough, and do they answer?',
          kind: 'lines',
          range: 'control',
          date: 'day',
          dimensions: [{ field: 'day', name: 'Week', by: 'week' }],
          metrics: [
            { name: 'Dials', sum: 'dials', format: 'count' },
            { name: 'Connected', sum: 'connected', format: 'count' },
          ],
          width: 4,
        }),
        onDaily({
          id: 'pickup_per_week',
          title: 'Pickup rate per week',
          question: 'Is it getting harder to reach people?',
          kind: 'lines',
          range: 'control',
          date: 'day',
          dimensions: [{ field: 'day', name: 'Week', by: 'week' }],
          metrics: [
            {
              name: 'Pickup rate',
              ratio: { numerator: 'connected', denominator: 'dials' },
              format: 'rate',
            },
          ],
          width: 4,
        }),
        onDaily({
          id: 'pickup_by_lead_type',
          title: 'Pickup rate by lead type',
          question: 'Which leads answer?',
          kind: 'bars',
          range: 'control',
          date: 'day',
          dimensions: [{ field: 'lead_type', name: 'Lead type' }],
          metrics: [
            {
              name: 'Pickup rate',
              ratio: { numerator: 'connected', denominator: 'dials' },
              format: 'rate',
            },
            { name: 'Dials', sum: 'dials', format: 'count' },
          ],
          sort: { metric: 'Pickup rate', descending: true },
          width: 4,
        }),
      ],
    },
    {
      height: 555,
      charts: [
        onSpeed({
          id: 'speed_to_lead',
          title: 'Speed to lead',
          question: 'How long does a new lead wait for the first phone call?',
          kind: 'columns',
          range: 'control',
          date: 'week_start',
          dimensions: [{ field: 'bucket', name: 'First call after' }],
          metrics: [{ name: 'Leads', sum: 'leads', format: 'count' }],
          filter: [{ column: 'category', include: ['phone'] }],
          sort: { field: 'bucket_no' },
          width: 7,
        }),
        onSpeed({
          id: 'speed_pays',
          title: 'Does speed pay?',
          question: 'Are leads called sooner reached and sold to more often?',
          kind: 'table',
          range: 'control',
          date: 'week_start',
          dimensions: [{ field: 'bucket', name: 'First call after' }],
          metrics: [
            { name: 'Leads', sum: 'leads', format: 'count' },
            { name: 'Share', part_of: 'leads', format: 'rate' },
            {
              name: 'Connected',
              ratio: { numerator: 'connected', denominator: 'leads' },
              format: 'rate',
            },
            { name: 'Paid', ratio: { numerator: 'paid', denominator: 'leads' }, format: 'rate' },
          ],
          sort: { field: 'bucket_no' },
          width: 5,
        }),
      ],
    },
    {
      height: 280,
      charts: [
        onDaily({
          id: 'agents_in_range',
          title: 'What each agent did',
          question: 'Who calls, who reaches, who sells in the chosen weeks?',
          kind: 'table',
          range: 'control',
          date: 'day',
          dimensions: [{ field: 'agent', name: 'Agent' }],
          metrics: [
            { name: 'Dials', sum: 'dials', format: 'count' },
            { name: 'Connected', sum: 'connected', format: 'count' },
            {
              name: 'Pickup rate',
              ratio: { numerator: 'connected', denominator: 'dials' },
              format: 'rate',
            },
            { name: 'Talk time', sum: 'talk_minutes', format: 'minutes' },
            { name: 'Calls booked', sum: 'calls_booked', format: 'count' },
            { name: 'Calls completed', sum: 'calls_completed', format: 'count' },
            { name: 'New customers', sum: 'first_purchases', format: 'count' },
            { name: 'Revenue', sum: 'revenue', format: 'money' },
          ],
          filter: [{ column: 'agent', exclude: ['none'] }],
          sort: { metric: 'Dials', descending: true },
          width: 12,
        }),
      ],
    },
    {
      height: 250,
      charts: [
        agentsAllTime({
          id: 'agents_and_their_leads',
          title: 'Conversion per agent, allowing for their leads',
          question:
            'Who sells more than expected from the same leads? An interval entirely above 1 is ' +
            'more than chance. All time.',
          metrics: [
            { name: 'Leads', published: 'leads_handled', format: 'count' },
            { name: 'Median first call', published: 'median_speed_minutes', format: 'minutes' },
            { name: 'Paid', published: 'paid_conversions', format: 'count' },
            { name: 'Paid per lead', published: 'paid_per_lead', format: 'rate' },
          ],
          width: 12,
        }),
      ],
    },
    {
      height: 460,
      charts: [
        chartsOn('danger_list')({
          id: 'danger_list',
          title: 'Danger list',
          question:
            `Whom have we tried ${rules.danger_min_attempts} times or more and never ` +
            'reached? The dashboard shows who each key is.',
          kind: 'table',
          range: 'all',
          date: null,
          dimensions: [
            { field: 'next_action', name: 'Next action' },
            { field: 'lead_type', name: 'Lead type' },
            { field: 'attempts', name: 'Attempts' },
            { field: 'agents_tried', name: 'Agents tried' },
            { field: 'last_attempt', name: 'Last attempt' },
            { field: 'days_since_added', name: 'Days as a lead' },
            { field: 'rank', name: 'Rank' },
            { field: 'contact_key', name: 'Contact key' },
          ],
          metrics: [],
          sort: { field: 'rank' },
          limit: 10,
          width: 12,
        }),
      ],
    },
  ],
};
