/** What somebody sees who came here without JavaScript: a calm page, never JSON. */
import { html } from 'hono/html';

type Html = ReturnType<typeof html>;

/** A page of one message; `back` is an address of the website to go on to. */
export const messagePage = (title: string, text: string, back?: string): Html =>
  html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 32rem; padding: 0 1rem;
  color: #1f2933; background: #fafaf8 }
h1 { font-size: 1.6rem; line-height: 1.2 }
a { color: inherit }
</style>
<main>
<h1>${title}</h1>
<p>${text}</p>
${back ? html`<p><a href="${back}">Back to the website</a></p>` : ''}
</main>
</html>`;
