/** Pages with one message: an empty house, no session, not found, an error. */
import { html } from 'hono/html';
import { type Html, page } from './page.ts';

const note = (body: Html): Html => html`<section class="note-page">${body}</section>`;

/** What to do first in an empty house. */
export const firstSteps = (): Html =>
  note(html`<p>Nothing has come in yet. There are two ways to begin;
both can be repeated without duplicating anything.</p>
<h2>Import what you have</h2>
<p>A CSV of contacts, then calls, purchases, interactions or email events:</p>
<pre><code>npm run -s signalhouse -- import contacts contacts.csv --dry-run
npm run -s signalhouse -- import contacts contacts.csv</code></pre>
<p>Columns with other names? The first run lists them all
and writes a mapping file to start from.</p>
<h2>Let facts arrive automatically</h2>
<p>Point Resend’s webhook at <code>/webhooks/resend</code> on this address and set its signing
secret, or post to <code>/api/contacts</code>, <code>/api/calls</code>,
<code>/api/interactions</code> and <code>/api/purchases</code> with the API token.
<a href="/api/openapi.json">The API description</a> lists every field.</p>`);

/** 401: the pages show names, so they open only with the token. */
export const closedDoor = (): Html =>
  page(
    { title: 'Please sign in' },
    note(html`<p>These pages show people’s names, so they open only with the house’s token.</p>
<p>Open the address that <code>npm start</code> prints: it ends in <code>/?token=…</code>.
This browser then stays signed in for thirty days. For programs, <code>npm start -- --json</code>
prints the token as <code>api_token</code>.</p>`),
  );

/** 503: the dashboard of a large house before its first refresh has ended. */
export const beingComputed = (): Html =>
  page(
    { title: 'One moment', here: 'week' },
    note(html`<p>The figures are being computed for the first time, or anew after an update.
In a large house that takes a minute or two. Nothing is lost; reload the page then.</p>
<p>The pages of <a href="/people">people</a> are there meanwhile.</p>`),
  );

/** 404. */
export const notThere = (what: string): Html =>
  page(
    { title: 'Not here', here: 'nowhere' },
    note(
      html`<p>${what}</p>
<p><a href="/people">Search people</a> or go <a href="/">to the week</a>.</p>`,
    ),
  );

/** 500 and 503; the page says that nothing is lost, and what to do. */
export const trouble = (retry: boolean): Html =>
  page(
    { title: retry ? 'One moment' : 'Something went wrong' },
    note(
      retry
        ? html`<p>The house is busy storing facts. Nothing is lost;
reload the page in a few seconds.</p>`
        : html`<p>This page could not be created. No fact is lost: everything is stored before it is
shown. The log of the API Worker says why.</p><p><a href="/">Try again</a></p>`,
    ),
  );
