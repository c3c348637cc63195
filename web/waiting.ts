/** What waits: events in quarantine, and facts that are not whole yet (F1, F3). */
import { html } from 'hono/html';
import { instantText } from '../core/display/dates.ts';
import { label } from '../core/display/labels.ts';
import { count } from '../core/display/numbers.ts';
import { card, quiet } from './card.ts';
import { type Html, page } from './page.ts';
import type { Setting } from './person.ts';
import { number, table, text, twoLines } from './table.ts';

export type QuarantinedEvent = {
  dead_id: string;
  door: string;
  account: string | null;
  fault: string;
  reason: string;
  landed_at: number;
};

export type WaitingRow = {
  kind: string;
  waits_for: string;
  external_id: string | null;
  waiting_key: string;
  landed_at: number;
};

/** Lists are cut to this length. */
export const MOST_WAITING = 100;

const command = (text: string): Html => html`<code>npm run -s signalhouse -- ${text}</code>`;

function quarantine(events: QuarantinedEvent[], timeZone: string): Html {
  const lede = html`Signed events that the house could not read or write. None is lost:
${command('replay')} reads them again, for example after an update.`;
  if (events.length === 0)
    return card('quarantine', 'Quarantine', lede, quiet('Empty: every event was read.'), true);
  const rows = events.map((event) => [
    twoLines([event.door, event.account ?? ''].join(' ').trim(), event.dead_id),
    instantText(event.landed_at, timeZone),
    twoLines(event.reason, event.fault),
  ]);
  const heads = [text('Source'), number('Came in'), text('Why it waits')];
  return card('quarantine', 'Quarantine', lede, table('Quarantine', heads, rows), true);
}

function waiting(facts: WaitingRow[], timeZone: string): Html {
  const lede = html`Facts that are not whole yet. Each counts as soon as what it waits for has come
in.`;
  if (facts.length === 0)
    return card('waiting', 'Waiting', lede, quiet('None: every fact is whole.'), true);
  const rows = facts.map((fact) => [
    twoLines(label(fact.kind), fact.waiting_key),
    instantText(fact.landed_at, timeZone),
    fact.external_id === null
      ? html`Its ${fact.waits_for}`
      : html`A contact with the external id <bdi>${fact.external_id}</bdi>`,
  ]);
  const heads = [text('Fact'), number('Came in'), text('Waits for')];
  return card('waiting', 'Waiting', lede, table('Waiting', heads, rows), true);
}

/** At most `MOST_WAITING` of each, the latest first. */
export function waitingPage(
  events: QuarantinedEvent[],
  facts: WaitingRow[],
  { as_of, time_zone, is_sample }: Setting,
): Html {
  const isCut = Math.max(events.length, facts.length) >= MOST_WAITING;
  const cut = isCut ? ` · the latest ${count(MOST_WAITING)} of each` : '';
  const truth = `True as of ${instantText(as_of, time_zone)} (${time_zone})${cut}`;
  return page(
    { title: 'What waits', here: 'nowhere', is_sample, truth },
    html`<div class="grid">
${quarantine(events, time_zone)}
${waiting(facts, time_zone)}
</div>`,
  );
}
