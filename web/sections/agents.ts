/** What each caller did, compared with what anyone would have achieved with the same leads. */

import { agentName } from '../../core/display/labels.ts';
import { count, interval, minutes, rate, ratio } from '../../core/display/numbers.ts';
import type { AgentFigures } from '../../core/pages/dashboard.ts';
import { card, quiet } from '../card.ts';
import type { Html } from '../page.ts';
import { number, table, text } from '../table.ts';

export function agents(rows: AgentFigures[]): Html {
  const lede =
    'The index is paid conversions over those expected from the same mix of leads: 1 is the ' +
    'average. If the interval includes 1, the difference may be chance.';
  if (rows.length === 0)
    return card('agents', 'Callers', lede, quiet('No call has been recorded yet.'), true);
  return card(
    'agents',
    'Callers',
    lede,
    table(
      'Callers, all time',
      [
        text('Caller'),
        number('Leads'),
        number('Dials'),
        number('Connected'),
        number('Pickup'),
        number('95 %'),
        number('Talk time'),
        number('Median speed'),
        number('Paid'),
        number('Expected'),
        number('Index'),
        number('95 %'),
      ],
      rows.map((agent) => [
        agent.name ?? agentName(agent.agent),
        count(agent.leads_handled),
        count(agent.dials),
        count(agent.connected),
        rate(agent.pickup_rate),
        interval(agent.pickup_rate_lo, agent.pickup_rate_hi),
        minutes(agent.talk_minutes),
        minutes(agent.median_speed_minutes),
        count(agent.paid_conversions),
        count(agent.expected_paid),
        ratio(agent.performance_index),
        agent.performance_index === null
          ? ''
          : `${ratio(agent.performance_index_lo)}–${ratio(agent.performance_index_hi)}`,
      ]),
    ),
    true,
  );
}
