/**
 * A table whose cells are the deeper the more they hold: items against series, to be read at a
 * glance and number by number.
 */
import { html } from 'hono/html';
import type { Html } from '../page.ts';

/** Number of colour steps in the style sheet. */
const DEEPEST = 9;

export type HeatLine = { label: string; values: number[]; last: string };

/**
 * `values` are parts of 1, printed in whole per cent; the deepest cell of the whole table has the
 * deepest colour. `last` closes a line.
 */
export function heat(caption: string, series: string[], lastHead: string, lines: HeatLine[]): Html {
  const most = Math.max(...lines.flatMap(({ values }) => values), 0);
  const depth = (value: number): number =>
    most > 0 ? Math.round((DEEPEST * Math.max(value, 0)) / most) : 0;
  const percent = (value: number): string => String(Math.round(value * 100));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
<table class="heat">
<caption class="aloud">${caption}</caption>
<thead><tr><th scope="col"><span class="aloud">Channel</span></th>${[...series, lastHead].map(
    (name) => html`<th scope="col"><span class="upright">${name}</span></th>`,
  )}</tr></thead>
<tbody>${lines.map(
    ({ label, values, last }) =>
      html`<tr><th scope="row">${label}</th>${values.map(
        (value) => html`<td class="h${depth(value)}">${percent(value)}</td>`,
      )}<td class="last">${last}</td></tr>`,
  )}</tbody>
</table></div>`;
}
