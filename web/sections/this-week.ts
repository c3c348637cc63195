/** The week: what it comes to in three sentences, the headline figures, and every line of the summary. */
import { html } from 'hono/html';
import { dayShort, dayText } from '../../core/display/dates.ts';
import { label } from '../../core/display/labels.ts';
import { change, count, interval, inUnit } from '../../core/display/numbers.ts';
import { card, quiet } from '../card.ts';
import type { Html } from '../page.ts';
import { number, table, text } from '../table.ts';

/** A row of `weekly_summary`; money is in minor units of `currency`. */
export type WeekLine = {
  week_start: string;
  line: string;
  unit: string;
  value: number | null;
  value_text: string | null;
  numerator: number | null;
  denominator: number | null;
  value_lo: number | null;
  value_hi: number | null;
  previous: number | null;
  change: number | null;
  target: number | null;
  flag: string | null;
  sentence: string | null;
  currency: string | null;
};

/** The first lines of R10, in its order, stand out. */
const HEADLINES = 6;

const value = (line: WeekLine): string =>
  line.unit === 'text' ? (line.value_text ?? '–') : inUnit(line.value, line.unit, line.currency);
const fraction = (line: WeekLine): string =>
  line.denominator === null ? '' : `${count(line.numerator)} of ${count(line.denominator)}`;
const flag = (line: WeekLine): Html | string =>
  line.flag ? html`<span class="flag ${line.flag.replaceAll(' ', '_')}">${label(line.flag)}</span>` : '';
const moved = (line: WeekLine): string => change(line.change, line.unit, line.currency);

const tile = (line: WeekLine): Html => html`<li class="tile">
<span class="name">${line.line}</span>
<strong>${value(line)}</strong>
<span class="note">${fraction(line)}${fraction(line) && moved(line) ? ' · ' : ''}${moved(line) ? `${moved(line)} on last week` : ''}</span>
${flag(line)}
</li>`;

const row = (line: WeekLine) => [
  line.line,
  value(line),
  fraction(line),
  interval(line.value_lo, line.value_hi),
  line.unit === 'text' ? '' : inUnit(line.previous, line.unit, line.currency),
  moved(line),
  line.target === null ? '' : inUnit(line.target, line.unit, line.currency),
  flag(line),
];

/** `lines` are those of the last complete week, in position order. */
export function thisWeek(lines: WeekLine[]): Html {
  const first = lines[0];
  if (!first) return card('week', 'The week', '', quiet('No complete week has any facts yet.'), true);
  const sentences = lines.flatMap((line) => (line.sentence ? [line.sentence] : []));
  const sunday = dayText(new Date(Date.parse(first.week_start) + 6 * 86_400_000).toISOString().slice(0, 10));
  return card(
    'week',
    'The last complete week',
    `${dayShort(first.week_start)} to ${sunday}. Rates come with their 95 % interval; changes are against the week before.`,
    html`${sentences.length ? html`<ol class="sentences">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ol>` : ''}
<ul class="tiles">${lines.slice(0, HEADLINES).map(tile)}</ul>
<details class="all"><summary>All ${lines.length} lines of the week</summary>
${table('The lines of the weekly summary', [text('Line'), number('Value'), number('Counted'), number('95 % interval'), number('Last week'), number('Change'), number('Target'), text('Flag')], lines.map(row))}
</details>`,
    true,
  );
}
