/** Pages that say one thing: an empty house, a closed door, a page that is not there, a fault. */
import { html } from 'hono/html';
import { type Html, page } from './page.ts';

const note = (body: Html): Html => html`<section class="note-page">${body}</section>`;

/** What to do in a house without a single person. */
export const firstSteps = (): Html =>
  note(html`<p>Nothing has come in yet. There are two ways to begin, and both can be repeated without doubling anything.</p>
<h2>Bring in what you have</h2>
<p>A CSV of contacts, then calls, purchases, interactions or email events:</p>
<pre><code>npm run -s signalhouse -- import contacts contacts.csv --dry-run
npm run -s signalhouse -- import contacts contacts.csv</code></pre>
<p>Columns with other names? The first run names them all, with the lines of a mapping file to paste.</p>
<h2>Let facts arrive by themselves</h2>
<p>Point Resend’s webhook at <code>/webhooks/resend</code> of this address and set its signing secret, or post to <code>/api/contacts</code>, <code>/api/calls</code>, <code>/api/interactions</code> and <code>/api/purchases</code> with the API token. <a href="/api/openapi.json">The description of the API</a> names every field.</p>`);

/** 401: the pages hold names, so they open only with the token. */
export const closedDoor = (): Html =>
  page(
    { title: 'This page is closed' },
    note(html`<p>These pages show people’s names, so they open only to those who hold the house’s token.</p>
<p>Open the address that <code>npm start</code> prints: it ends in <code>/?token=…</code>, and this browser then stays signed in for thirty days. For programs, <code>npm start -- --json</code> gives the token as <code>api_token</code>.</p>`),
  );

/** 404. */
export const notThere = (what: string): Html =>
  page(
    { title: 'Not here', here: 'nowhere' },
    note(
      html`<p>${what}</p><p><a href="/people">Search people</a> or go <a href="/">to the week</a>.</p>`,
    ),
  );

/** 500 and 503: nothing is lost, and the page says what to do. */
export const trouble = (retry: boolean): Html =>
  page(
    { title: retry ? 'One moment' : 'Something went wrong' },
    note(
      retry
        ? html`<p>The house is busy storing facts. Nothing is lost; load the page again in a few seconds.</p>`
        : html`<p>The page could not be made. No fact is lost by this: what comes in is stored before it is shown. The log of the API says why.</p><p><a href="/">Try again</a></p>`,
    ),
  );
