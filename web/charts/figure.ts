/** The frame of every chart: an SVG with title and description, and its numbers as a table. */
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { type Cell, type Head, table } from '../table.ts';

export type Drawing = {
  /** Unique on the page; title and description refer to it. */
  id: string;
  title: string;
  /** The chart in words, for people who cannot see it. */
  description: string;
  /** Size of the drawing; the SVG scales to the width that it gets. */
  width: number;
  height: number;
  marks: Html | Html[];
};

export const drawing = (chart: Drawing): Html =>
  html`<svg class="chart" viewBox="0 0 ${chart.width} ${chart.height}" role="img"
    aria-labelledby="${chart.id}-t ${chart.id}-d">
<title id="${chart.id}-t">${chart.title}</title><desc id="${chart.id}-d">${chart.description}</desc>
${chart.marks}
</svg>`;

/** A drawing, with its table behind 'Show the numbers'. */
export const figure = (chart: Drawing, heads: Head[], rows: Cell[][]): Html =>
  html`<figure>${drawing(chart)}${numbers(chart.title, heads, rows)}</figure>`;

export const numbers = (title: string, heads: Head[], rows: Cell[][]): Html =>
  html`<details><summary>Show the numbers</summary>${table(title, heads, rows)}</details>`;

/** A coordinate with one decimal: enough for any screen, at half the bytes. */
export const at = (value: number): string => String(Math.round(value * 10) / 10);
