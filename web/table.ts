/**
 * Tables with a caption, column heads and right-aligned numbers; the first column heads its row.
 */
import { html } from 'hono/html';
import type { Html } from './page.ts';

export type Cell = string | Html;
export type Head = { text: string; kind?: 'text' | 'number' };
/** Rows that belong together, under a row with their name. */
export type Group = { name: Cell; rows: Cell[][] };

export const text = (name: string): Head => ({ text: name });
export const number = (name: string): Head => ({ text: name, kind: 'number' });

/** A cell of two lines: the name, and a muted detail. */
export const twoLines = (first: Cell, second: Cell): Html =>
  html`${first}<small class="under">${second}</small>`;

/** `rows` have one cell per head. The caption is for screen readers only. */
export const table = (caption: string, heads: Head[], rows: Cell[][]): Html =>
  frame(caption, heads, html`<tbody>${rows.map((row) => line(heads, row))}</tbody>`);

/** The same, with a heading row above each group. */
export const groupedTable = (caption: string, heads: Head[], groups: Group[]): Html =>
  frame(
    caption,
    heads,
    html`${groups.map(
      ({ name, rows }) => html`<tbody>
<tr class="group"><th scope="rowgroup" colspan="${heads.length}"><span>${name}</span></th></tr>
${rows.map((row) => line(heads, row))}</tbody>`,
    )}`,
  );

const kindOf = (head: Head | undefined): Html | string =>
  head?.kind === 'number' ? html` class="n"` : '';

const line = (heads: Head[], row: Cell[]): Html =>
  html`<tr>${row.map((cell, index) =>
    index === 0
      ? html`<th scope="row"${kindOf(heads[0])}>${cell}</th>`
      : html`<td${kindOf(heads[index])}>${cell}</td>`,
  )}</tr>`;

const frame = (caption: string, heads: Head[], bodies: Html): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption class="aloud">${caption}</caption>
<thead><tr>${heads.map(
    (head) => html`<th scope="col"${kindOf(head)}>${head.text}</th>`,
  )}</tr></thead>
${bodies}
</table></div>`;
