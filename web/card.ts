/** A section of a page: a heading, one line that says what it answers, and its body. */
import { html } from 'hono/html';
import type { Html } from './page.ts';

export function card(
  id: string,
  title: string,
  lede: string | Html,
  body: Html,
  wide = false,
): Html {
  return html`<section class="card${wide ? ' wide' : ''}" aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<p class="lede">${lede}</p>
${body}
</section>`;
}

/** The text of a section that has nothing to show. */
export const quiet = (text: string | Html): Html => html`<p class="quiet">${text}</p>`;
