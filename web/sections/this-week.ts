/** The week: three sentences, the headline figures, and every line of the summary. */
import { html } from 'hono/html';
import type { WeekLine, WeekReport } from '../../core/pages/week.ts';
import { weekColumns } from '../../core/pages/week-page.ts';
import { card, quiet } from '../card.ts';
import type { Html } from '../page.ts';
import { number, table, text } from '../table.ts';

const flag = (line: WeekLine): Html | string =>
  line.flag ? html`<span class="flag ${line.tone}">${line.flag}</span>` : '';

function tile(line: WeekLine): Html {
  const notes = [line.counted, line.change && `${line.change} on last week`].filter(Boolean);
  return html`<li class="tile">
<span class="name">${line.line}</span>
<strong>${line.value}</strong>
<span class="note">${notes.join(' · ')}</span>
${flag(line)}
</li>`;
}

const row = (line: WeekLine) =>
  weekColumns.map((column) => (column.head === 'Flag' ? flag(line) : column.text(line)));

/** The headline figures are tiles; the last headline line, next week's target, is a sentence. */
export function thisWeek(report: WeekReport): Html {
  const { headlines, others, sentences } = report;
  const target = headlines.at(-1);
  if (!target) return card('week', 'The week', '', quiet('No week has any facts yet.'), true);
  const figures = headlines.slice(0, -1);
  const items = sentences.map((sentence) => html`<li>${sentence}</li>`);
  return card(
    'week',
    'The week in short',
    'Rates come with their 95 % interval; changes are against the week before.',
    html`${sentences.length ? html`<ol class="sentences">${items}</ol>` : ''}
<ul class="tiles">${figures.map(tile)}</ul>
<p class="finding">${target.line}: ${target.value}.</p>
<details class="all"><summary>All lines of the week</summary>
${table(
  'The lines of the weekly summary',
  weekColumns.map(({ head, align }) => (align === 'right' ? number(head) : text(head))),
  [...figures, ...others].map(row),
)}
</details>`,
    true,
  );
}
