/** How is the house doing? For the person who is responsible for all of it. */
import { chartsOn, type ReportPage } from '../report.ts';
import { agentsAllTime } from './agents-chart.ts';
import { lastWeek, perWeek } from './daily-charts.ts';

const onWeek = chartsOn('weekly_summary');

export const executive: ReportPage = {
  id: 'executive',
  title: 'Executive',
  question: 'How is the house doing, and where do customers come from?',
  controls: [
    { name: 'Channel', field: 'channel' },
    { name: 'Lead type', field: 'lead_type' },
  ],
  rows: [
    {
      height: 104,
      charts: [
        lastWeek({
          id: 'revenue_last_week',
          title: 'Revenue',
          question: 'How much came in last week, after refunds?',
          measure: { sum: 'revenue' },
          format: 'money',
          width: 2,
        }),
        lastWeek({
          id: 'customers_last_week',
          title: 'New customers',
          question: 'How many people bought for the first time?',
          measure: { sum: 'first_purchases' },
          format: 'count',
          width: 2,
        }),
        lastWeek({
          id: 'leads_last_week',
          title: 'New leads',
          question: 'How many people came in?',
          measure: { sum: 'leads_added' },
          format: 'count',
          width: 2,
        }),
        lastWeek({
          id: 'booked_last_week',
          title: 'Calls booked',
          question: 'How many calls were booked?',
          measure: { sum: 'calls_booked' },
          format: 'count',
          width: 2,
        }),
        lastWeek({
          id: 'reply_rate_last_week',
          title: 'Reply rate',
          question: 'How many of the emails sent last week were answered?',
          measure: { ratio: { numerator: 'replied', denominator: 'emails_sent' } },
          format: 'rate',
          width: 2,
        }),
        lastWeek({
          id: 'pickup_rate_last_week',
          title: 'Pickup rate',
          question: 'How many of last week’s dials reached someone?',
          measure: { ratio: { numerator: 'connected', denominator: 'dials' } },
          format: 'rate',
          width: 2,
        }),
      ],
    },
    {
      height: 330,
      charts: [
        perWeek({
          id: 'revenue_per_week',
          title: 'Revenue',
          question: 'Is revenue growing?',
          measure: { sum: 'revenue' },
          format: 'money',
          width: 7,
        }),
        onWeek({
          id: 'sentences',
          title: 'What changed last week',
          question:
            'Which three lines moved furthest, is it more than chance, and what should be done?',
          kind: 'table',
          range: 'last_week',
          date: 'week_start',
          dimensions: [{ field: 'sentence', name: 'The week in three sentences' }],
          metrics: [],
          filter: [
            { column: 'state', include: ['complete'] },
            { column: 'sentence', exclude: [null] },
          ],
          sort: { field: 'position' },
          width: 5,
        }),
      ],
    },
    {
      height: 300,
      charts: [
        perWeek({
          id: 'leads_per_week',
          title: 'New leads',
          question: 'Do enough people come in?',
          measure: { sum: 'leads_added' },
          format: 'count',
          width: 3,
        }),
        perWeek({
          id: 'replies_per_week',
          title: 'Replies',
          question: 'Do emails start conversations?',
          measure: { sum: 'replied' },
          format: 'count',
          width: 3,
        }),
        perWeek({
          id: 'booked_per_week',
          title: 'Calls booked',
          question: 'Do conversations become calls?',
          measure: { sum: 'calls_booked' },
          format: 'count',
          width: 3,
        }),
        perWeek({
          id: 'customers_per_week',
          title: 'New customers',
          question: 'Do calls become customers?',
          measure: { sum: 'first_purchases' },
          format: 'count',
          width: 3,
        }),
      ],
    },
    {
      height: 440,
      charts: [
        chartsOn('funnel')({
          id: 'pipeline',
          title: 'Pipeline',
          question: 'How far did the leads of these weeks get, and where are they lost?',
          kind: 'bars',
          range: 'control',
          date: 'week_start',
          dimensions: [{ field: 'stage', name: 'Stage' }],
          metrics: [
            { name: 'Reached', sum: 'reached', format: 'count' },
            {
              name: 'Of the stage before',
              ratio: { numerator: 'reached', denominator: 'reached_previous' },
              format: 'rate',
            },
          ],
          filter: [
            { column: 'ladder', include: ['pipeline'] },
            { column: 'dimension', include: ['all'] },
            { column: 'stage_no', exclude: [null] },
          ],
          sort: { field: 'stage_no' },
          width: 6,
        }),
        chartsOn('attribution_summary')({
          id: 'revenue_by_channel',
          title: 'Revenue by the channel that earned it',
          question:
            'Which channels bring first purchases? The touches before each share the credit ' +
            '(U-shaped, 30 days).',
          kind: 'bars',
          range: 'last_13_months',
          date: 'month_start',
          dimensions: [{ field: 'value', name: 'Channel' }],
          metrics: [
            { name: 'Revenue', sum: 'revenue', format: 'money' },
            { name: 'First purchases', sum: 'conversions', format: 'count' },
          ],
          filter: [
            { column: 'conversion_type', include: ['first_purchase'] },
            { column: 'model', include: ['u_shaped'] },
            { column: 'lookback', include: ['30d'] },
            { column: 'dimension', include: ['channel'] },
            { column: 'is_house_currency', include: [true] },
          ],
          sort: { metric: 'Revenue', descending: true },
          limit: 8,
          width: 6,
        }),
      ],
    },
    {
      height: 330,
      charts: [
        onWeek({
          id: 'targets',
          title: 'Last week against its targets',
          question: 'Where were targets and normal ranges met?',
          kind: 'table',
          range: 'last_week',
          date: 'week_start',
          dimensions: [
            { field: 'line', name: 'Line' },
            { field: 'value_text', name: 'Value' },
            { field: 'flag', name: 'Flag' },
          ],
          metrics: [],
          filter: [
            { column: 'state', include: ['complete'] },
            { column: 'flag', exclude: [null, 'no data'] },
          ],
          sort: { field: 'position' },
          width: 4,
        }),
        agentsAllTime({
          id: 'agents_against_expected',
          title: 'Agents against what their leads explain',
          question: 'Who sells more than expected from the same leads? All time; 1 is the average.',
          metrics: [{ name: 'Paid', published: 'paid_conversions', format: 'count' }],
          width: 5,
        }),
        chartsOn('danger_list')({
          id: 'danger_by_lead_type',
          title: 'Danger list by lead type',
          question: 'Which leads were tried again and again but never reached?',
          kind: 'table',
          range: 'all',
          date: null,
          dimensions: [{ field: 'lead_type', name: 'Lead type' }],
          metrics: [
            { name: 'Leads', records: true, format: 'count' },
            { name: 'Attempts', sum: 'attempts', format: 'count' },
          ],
          sort: { metric: 'Attempts', descending: true },
          width: 3,
        }),
      ],
    },
  ],
};
