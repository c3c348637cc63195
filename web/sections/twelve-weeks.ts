/** Twelve weeks at a glance: four small charts on one time axis, from `daily`. */

import { html } from 'hono/html';
import { dayShort, dayText } from '../../core/display/dates.ts';
import { count } from '../../core/display/numbers.ts';
import type { WeekOfDaily } from '../../core/pages/dashboard.ts';
import { card } from '../card.ts';
import { columns } from '../charts/columns.ts';
import { drawing, numbers } from '../charts/figure.ts';
import type { Html } from '../page.ts';
import { number, text } from '../table.ts';

const panels = [
  { key: 'emails_sent', name: 'Emails sent', unit: 'emails', series: 's1' },
  { key: 'replied', name: 'Replies', unit: 'replies', series: 's2' },
  { key: 'calls_booked', name: 'Calls booked', unit: 'calls', series: 's4' },
  { key: 'first_purchases', name: 'First purchases', unit: 'purchases', series: 's3' },
] as const;
const WIDTH = 270;
const HEIGHT = 150;

/** `running` is the Monday of the current week. */
export function twelveWeeks(weeks: WeekOfDaily[], running: string): Html {
  const panel = ({ key, name, unit, series }: (typeof panels)[number]): Html => {
    const total = weeks.reduce((sum, week) => sum + week[key], 0);
    const best = weeks.reduce((most, week) => (week[key] > most[key] ? week : most), weeks[0]!);
    const items = weeks.map((week) => ({
      label: dayShort(week.week_start),
      value: week[key],
      open: week.week_start === running,
      ...(week === best && week[key] > 0 ? { text: count(week[key]) } : {}),
    }));
    return html`<div class="panel"><h3>${name}<span>${count(total)}</span></h3>${drawing({
      id: `weeks-${key}`,
      title: `${name} per week`,
      description:
        `${count(total)} over ${weeks.length} weeks; most in the week of ` +
        `${dayText(best.week_start)} with ${count(best[key])}.`,
      width: WIDTH,
      height: HEIGHT,
      marks: columns(items, {
        width: WIDTH,
        height: HEIGHT,
        series,
        labels: 'ends',
        axes: { x: 'Week from Monday', y: unit },
      }),
    })}</div>`;
  };
  return card(
    'weeks',
    'Twelve weeks',
    'Each column is a week from Monday on; the hollow one is still running. Mail stands in the ' +
      'week in which it was sent.',
    html`<figure><div class="panels">${panels.map(panel)}</div>${numbers(
      'Twelve weeks',
      [text('Week of'), ...panels.map((panel) => number(panel.name)), number('Dials')],
      weeks.map((week) => [
        dayText(week.week_start) + (week.week_start === running ? ' (so far)' : ''),
        ...panels.map((panel) => count(week[panel.key])),
        count(week.dials),
      ]),
    )}</figure>`,
    true,
  );
}
