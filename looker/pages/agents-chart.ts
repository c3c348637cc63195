/**
 * The table of agents on both pages: paid conversions against those expected from their leads, over
 * all time, best first.
 */
import { type Chart, chartsOn } from '../report.ts';

const onAgents = chartsOn('agent_performance');

type AgentsChart = Parameters<typeof onAgents>[0];

/** `metrics` come before the expected figure and the index with its bounds. */
export const agentsAllTime = ({
  metrics,
  ...words
}: Pick<AgentsChart, 'id' | 'title' | 'question' | 'metrics' | 'width'>): Chart =>
  onAgents({
    ...words,
    kind: 'table',
    range: 'all',
    date: null,
    dimensions: [{ field: 'agent', name: 'Agent' }],
    metrics: [
      ...metrics,
      { name: 'Expected', published: 'expected_paid', format: 'number' },
      { name: 'Index', published: 'performance_index', format: 'index' },
      { name: 'Low', published: 'performance_index_lo', format: 'index' },
      { name: 'High', published: 'performance_index_hi', format: 'index' },
    ],
    filter: [
      { column: 'dimension', include: ['all'] },
      { column: 'period', include: ['all'] },
      { column: 'agent', exclude: ['unknown'] },
    ],
    sort: { metric: 'Index', descending: true },
  });
