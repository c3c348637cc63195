/** Tables with a caption, column heads and right-aligned numbers; the first column heads its row. */
import { html } from 'hono/html';
import type { Html } from './page.ts';

export type Cell = string | Html;
export type Head = { text: string; kind?: 'text' | 'number' };

export const text = (name: string): Head => ({ text: name });
export const number = (name: string): Head => ({ text: name, kind: 'number' });

/** `rows` hold one cell per head. The caption is read aloud, and shown where `caption.shown`. */
export function table(caption: string, heads: Head[], rows: Cell[][]): Html {
  const kind = (index: number) => (heads[index]?.kind === 'number' ? html` class="n"` : '');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption class="aloud">${caption}</caption>
<thead><tr>${heads.map((head, index) => html`<th scope="col"${kind(index)}>${head.text}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) =>
        index === 0
          ? html`<th scope="row"${kind(0)}>${cell}</th>`
          : html`<td${kind(index)}>${cell}</td>`,
      )}</tr>`,
  )}</tbody>
</table></div>`;
}
