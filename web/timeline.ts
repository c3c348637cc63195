/** Everything that happened with a person, day by day, newest first. */
import { html } from 'hono/html';
import { businessDay } from '../core/calendar.ts';
import { excerpt } from '../core/characters.ts';
import { dayLong, timeText } from '../core/display/dates.ts';
import { happening, label } from '../core/display/labels.ts';
import { minutes, money } from '../core/display/numbers.ts';
import type { TimelineEvent } from '../core/pages/person.ts';
import { quiet } from './card.ts';
import type { Html } from './page.ts';

const theirs = /^(email_(opened|clicked|replied)|call_(booked|connected|completed)|inbound)/;
const kindOf = (event: TimelineEvent): string => {
  if (event.amount_minor !== undefined) return 'money';
  if (event.event === 'status_change' || event.event === 'stage_change') return 'state';
  return theirs.test(event.event) ? 'theirs' : 'ours';
};

const isInteraction = ({ event }: TimelineEvent): boolean => /^(in|out)bound_/.test(event);

function particulars(event: TimelineEvent): Html | string {
  const parts = [
    event.amount_minor === undefined ? '' : money(event.amount_minor, event.currency),
    event.detail,
    event.duration_s ? minutes(event.duration_s / 60) : '',
    event.agent && `with ${event.agent}`,
    isInteraction(event) && event.channel ? `by ${label(event.channel)}` : '',
    event.actor === 'machine' ? 'by email software, not a person' : '',
    event.rule_id && `rule ${event.rule_id}`,
  ].filter(Boolean);
  if (parts.length === 0) return '';
  return html`<small>${parts.map((part, i) => html`${i ? ' · ' : ''}<bdi>${part}</bdi>`)}</small>`;
}

/** A text of more characters or lines is opened by who wants to read it. */
const LONG = 600;
const MOST_LINES = 12;

const folded = (summary: string, text: string): Html =>
  html`<details class="mail"><summary><bdi>${summary}</bdi></summary>
<p class="written">${text}</p></details>`;

/** What they wrote in a mail, and behind a click what they quoted. */
function mailText({ text, whole_text }: TimelineEvent): Html | string {
  if (text === undefined) return '';
  const isLong = text.length > LONG || text.split('\n').length > MOST_LINES;
  const written = isLong
    ? folded(excerpt(text.replace(/\s+/g, ' ')), text)
    : html`<p class="written">${text}</p>`;
  return html`${written}${whole_text ? folded('With what it quotes', whole_text) : ''}`;
}

function line(event: TimelineEvent, zone: string): Html {
  const iso = new Date(event.occurred_at).toISOString();
  return html`<li>
<time datetime="${iso}">${timeText(event.occurred_at, zone)}</time>
<span class="kind ${kindOf(event)}"></span>
<div>${happening(event.event)}${particulars(event)}${mailText(event)}</div></li>`;
}

/** `zone` is the business time zone, used for days and times. */
export function timeline(history: TimelineEvent[], zone: string): Html {
  if (history.length === 0) return quiet('Nothing has happened yet.');
  const days = Map.groupBy(history, (event) => businessDay(event.occurred_at, zone));
  return html`${[...days].map(
    ([day, events]) => html`<h3 class="day">${dayLong(day)}</h3>
<ol class="timeline">${events.map((event) => line(event, zone))}</ol>`,
  )}`;
}
