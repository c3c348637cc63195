/** A report page as one self-contained document that looks as it will in Looker Studio. */
import { html, raw } from 'hono/html';
import { dayShort, instantText } from '../../core/display/dates.ts';
import { styleSheet } from '../../web/page.ts';
import { buildChart, type Row } from '../evaluate.ts';
import { daysOf } from '../ranges.ts';
import type { ReportPage } from '../report.ts';
import type { Source } from '../sources.ts';
import { chartCard } from './chart.ts';
import styles from './drawing.css';
import { daysText } from './figures.ts';

/**
 * The data of a drawing: published rows per source, their `as_of` (UTC ms), and its business day.
 */
export type Published = {
  rows: Record<Source, Row[]>;
  as_of: number;
  today: string;
  is_sample: boolean;
};

export function reportDocument(
  page: ReportPage,
  { rows, as_of, today, is_sample }: Published,
): string {
  const range = daysOf('control', today)!;
  const week = daysOf('last_week', today)!;
  const controls = [
    { name: 'Date range', value: daysText(range) },
    ...page.controls.map(({ name }) => ({ name, value: 'all' })),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · Signalhouse report</title>
<link rel="icon" href="data:,">
<style>${raw(styleSheet.text)}${raw(styles)}</style>
</head>
<body>
<main class="report">
<header>
<div><h1>${page.title}</h1>
<p>${page.question}</p>
<p>First row: the week of ${dayShort(week.from)}. As of ${instantText(as_of, 'UTC')} UTC.</p></div>
<ul class="controls" aria-label="Controls">${
    is_sample ? html`<li class="sample">Sample data</li>` : ''
  }${controls.map(({ name, value }) => html`<li><span>${name}</span>${value}</li>`)}</ul>
</header>
${page.rows.map(
  ({ height, charts }) =>
    html`<div class="row">${charts.map((chart) =>
      chartCard(buildChart(chart, rows[chart.source], today), height),
    )}</div>`,
)}
</main>
</body>
</html>
`.toString();
}
