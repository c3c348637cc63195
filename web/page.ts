/**
 * The shell of every page: head, skip link, header with the one navigation, and the sample badge.
 */
import { html } from 'hono/html';
import { hash } from '../core/hash.ts';
import { styles } from './styles/index.ts';

export type Html = ReturnType<typeof html>;

/**
 * The style sheet, and its address, which changes with its content so that it may be cached for
 * ever.
 */
export const styleSheet = { text: styles, path: `/styles.css?v=${hash(styles).slice(0, 12)}` };

export type Frame = {
  title: string;
  /** Which entry of the navigation is this page, if any; absent where none may be opened. */
  here?: 'week' | 'people' | 'nowhere';
  is_sample?: boolean;
  /** A line below the title, such as the instant of the data. */
  truth?: Html | string;
};

const entry = (here: Frame['here'], key: Frame['here'], href: string, text: string): Html =>
  html`<a href="${href}"${here === key ? html` aria-current="page"` : ''}>${text}</a>`;

const navigation = (here: Frame['here']): Html =>
  html`<nav aria-label="Pages">${entry(here, 'week', '/', 'Week')}${entry(
    here,
    'people',
    '/people',
    'People',
  )}</nav>`;

const MARK = html`<svg class="mark" viewBox="0 0 24 24" role="img" aria-labelledby="mark-title">
<title id="mark-title">Signalhouse</title>
<path d="M3 11.5 12 4l9 7.5V20H3z"/>
<path class="wave" d="M8.5 16.5a5 5 0 0 1 7 0M10.7 18.6a2 2 0 0 1 2.6 0"/>
</svg>`;

/** A whole document around `body`. */
export function page(frame: Frame, body: Html): Html {
  const truth = frame.truth ? html`<p class="truth">${frame.truth}</p>` : '';
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${frame.title} · Signalhouse</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${styleSheet.path}">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="bar">
<div class="wrap">
<a class="brand" href="/">${MARK}Signalhouse</a>
${frame.here ? navigation(frame.here) : ''}
${frame.is_sample ? html`<span class="badge sample">Sample data</span>` : ''}
</div>
</header>
<main id="content" class="wrap">
<div class="title"><h1><bdi>${frame.title}</bdi></h1>${truth}</div>
${body}
</main>
</body>
</html>`;
}
