/** How far people have come in the pipeline, and where they are now. */

import { label } from '../../core/display/labels.ts';
import { count, counted, rate } from '../../core/display/numbers.ts';
import type { FunnelStage } from '../../core/pages/dashboard.ts';
import { card, quiet } from '../card.ts';
import { BARS_WIDTH, bars, barsHeight } from '../charts/bars.ts';
import { figure } from '../charts/figure.ts';
import type { Html } from '../page.ts';
import { number, text } from '../table.ts';

export function funnel(stages: FunnelStage[]): Html {
  const title = 'Pipeline';
  const lede =
    'The bar is everyone who ever reached the stage; the darker part is who is there now.';
  const ladder = stages.filter((stage) => stage.stage_no !== null);
  const top = ladder[0];
  if (!top || top.reached === 0) return card('funnel', title, lede, quiet('No leads yet.'));
  const share = (part: number, whole: number | undefined) => (whole ? part / whole : null);
  return card(
    'funnel',
    title,
    lede,
    figure(
      {
        id: 'funnel-chart',
        title: 'Leads by the highest pipeline stage reached',
        description: ladder
          .map((stage) => `${label(stage.stage)} ${count(stage.reached)}`)
          .join(', '),
        width: BARS_WIDTH,
        height: barsHeight(ladder.length),
        marks: bars(
          ladder.map((stage, index) => ({
            label: label(stage.stage),
            value: stage.reached,
            part: stage.current_count,
            text:
              index === 0 || ladder[index - 1]!.reached === 0
                ? counted(stage.reached, 'lead')
                : `${count(stage.reached)} · ` +
                  `${rate(share(stage.reached, ladder[index - 1]!.reached))} of the stage ` +
                  'before',
          })),
        ),
      },
      [
        text('Stage'),
        number('Reached'),
        number('Entered'),
        number('There now'),
        number('From stage before'),
        number('From the top'),
      ],
      stages.map((stage) => {
        const before = ladder[ladder.indexOf(stage) - 1];
        const onLadder = stage.stage_no !== null;
        return [
          label(stage.stage),
          onLadder ? count(stage.reached) : '–',
          count(stage.entered),
          count(stage.current_count),
          onLadder && before ? rate(share(stage.reached, before.reached)) : '–',
          onLadder ? rate(share(stage.reached, top.reached)) : '–',
        ];
      }),
    ),
  );
}
