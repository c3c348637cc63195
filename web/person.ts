/**
 * One person on one screen: who they are, where they stand and why, what to do next, and everything
 * that happened.
 */
import { html } from 'hono/html';
import { businessDay } from '../core/calendar.ts';
import { ago, dayShort, dayText, instantText } from '../core/display/dates.ts';
import { agentName, happening, label } from '../core/display/labels.ts';
import { count, money } from '../core/display/numbers.ts';
import { DAY } from '../core/durations.ts';
import { nextActionText } from '../core/next-action.ts';
import type { Enrolment, Person } from '../core/pages/person.ts';
import { rules } from '../core/rules/config.ts';
import { card, quiet } from './card.ts';
import { type Html, page } from './page.ts';
import { number, table, text } from './table.ts';
import { timeline } from './timeline.ts';

export type Setting = { as_of: number; time_zone: string; is_sample: boolean };

const pairs = (rows: [string, string | Html][]): Html =>
  html`<dl class="pairs">${rows.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>`;

function nextStep(person: Person, { as_of, time_zone }: Setting): Html {
  const { next_action, next_action_is_stated, next_action_at, next_follow_up_at } = person;
  const isBooked = next_action === 'prepare_call' && !next_action_is_stated;
  const due = isBooked ? next_follow_up_at : next_action_at;
  const when = (instant: number): string =>
    `${instantText(instant, time_zone)} · ${ago(instant, as_of)}`;
  return card(
    'next',
    'Next action',
    person.assigned_to ? `Assigned to ${agentName(person.assigned_to)}` : 'Nobody is assigned',
    html`<p class="next">${nextActionText(next_action)}</p>${due ? quiet(when(due)) : ''}
${
  next_action_is_stated || isBooked
    ? ''
    : quiet('Derived from status and stage; nobody stated one.')
}
${
  next_follow_up_at && !isBooked
    ? quiet(
        next_follow_up_at >= as_of
          ? `A call is booked: ${when(next_follow_up_at)}`
          : `A booked call was neither completed nor cancelled: ${when(next_follow_up_at)}`,
      )
    : ''
}`,
  );
}

function score(person: Person, zone: string): Html {
  const decay = `Each point halves every ${rules.score_half_life_ms / DAY} days.`;
  const imported =
    person.stated_score === null
      ? ''
      : ` Imported score, for information: ${count(person.stated_score)}.`;
  const lede = `${count(person.score)} now. ${decay}${imported}`;
  const rows = person.score_points.map((point) => [
    happening(point.kind),
    // After a year nothing is left of a point, so the day needs no year.
    dayShort(businessDay(point.occurred_at, zone)),
    count(point.points),
    count(Math.round(point.points_now * 10) / 10),
  ]);
  return card(
    'score',
    'Score',
    lede,
    rows.length
      ? table('Score points', [text('For'), number('On'), number('Points'), number('Now')], rows)
      : quiet('No points yet.'),
  );
}

function standing({ status, current_step, converted_at }: Enrolment, zone: string): string {
  const place = `${label(status)}, step ${current_step}`;
  if (converted_at === null) return place;
  return `${place}, converted ${dayText(businessDay(converted_at, zone))}`;
}

type Titled = { id: string; title: string; lede: string };

const titles = {
  campaigns: { id: 'campaigns', title: 'Campaigns', lede: 'Enrolments, newest first.' },
  attributes: {
    id: 'attributes',
    title: 'Other attributes',
    lede: 'As imported; never published.',
  },
} satisfies Record<string, Titled>;

/** A card of names and values; nothing if there are none. */
const pairsCard = ({ id, title, lede }: Titled, rows: [string, string | Html][]): Html | string =>
  rows.length ? card(id, title, lede, pairs(rows)) : '';

/** A stated value of any shape, as text. */
function statedText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(statedText).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${label(name)}: ${statedText(part)}`)
    .join('; ');
}

/** A source tag as words; tags are stored as a list in JSON. */
const sourceTag = ([name, value]: [string, string | number]): [string, string] => [
  label(name),
  name === 'tags' ? statedText(JSON.parse(String(value))) : label(String(value)),
];

function figures({ lifetime_value, counts }: Person): Html {
  const worth = lifetime_value.map((value) => money(value.amount_minor, value.currency));
  return card(
    'figures',
    'In figures',
    worth.length ? `Lifetime value ${worth.join(' + ')}` : 'No purchase yet',
    html`<dl class="figures">${Object.entries(counts).map(
      ([name, value]) => html`<div><dt>${label(name)}</dt><dd>${count(value)}</dd></div>`,
    )}</dl>`,
  );
}

function reach({ identities, suppressions }: Person): Html | string {
  const stopped = new Set(suppressions.map(({ address }) => address));
  const lede = stopped.size ? 'The marked addresses are suppressed.' : 'All known addresses.';
  return pairsCard(
    { id: 'reach', title: 'How to reach them', lede },
    identities.map(({ kind, value }) => [
      label(kind),
      html`${value}${stopped.has(value) ? html` <span class="badge stop">suppressed</span>` : ''}`,
    ]),
  );
}

function marks(person: Person): Html {
  const mark = (text: string, kind = ''): Html => html`<li class="badge ${kind}">${text}</li>`;
  return html`<ul class="marks">
${mark(label(person.lead_status), 'status')}
${mark(`Stage: ${label(person.sales_stage)}`)}
${mark(`Score ${count(person.score)}`)}
${person.vip ? mark('VIP', 'vip') : ''}
${person.unsubscribed ? mark('Unsubscribed', 'stop') : ''}</ul>`;
}

/** Who they are, in one line below the name. */
function about(person: Person, { time_zone, as_of }: Setting): Html {
  const { lead_added_at, last_activity_at } = person;
  const parts = [
    person.role,
    person.company,
    lead_added_at && `lead since ${dayText(businessDay(lead_added_at, time_zone))}`,
    last_activity_at && `last active ${ago(last_activity_at, as_of)}`,
  ].filter(Boolean);
  return html`${parts.map((part, i) => html`${i ? ' · ' : ''}<bdi>${part}</bdi>`)}`;
}

/**
 * What to do next comes first, then what happened, then the rest of what is known. `referral_link`
 * is the whole address that they pass on.
 */
export function personPage(person: Person, setting: Setting, referral_link: string): Html {
  const { time_zone: zone, is_sample } = setting;
  const name = person.full_name ?? person.identities[0]?.value ?? 'No name';
  const history =
    'Newest first. Green is what they did, orange is money, squares are changes of status.';
  const source = Object.keys(person.source_tags).length
    ? pairs(Object.entries(person.source_tags).map(sourceTag))
    : quiet('Not known.');
  const attributes = Object.entries(person.attributes).map(([name, value]): [string, string] => [
    label(name),
    statedText(value),
  ]);
  const referral = html`<p class="notes">${referral_link}</p>`;
  const notes = html`<p class="notes">${person.notes}</p>`;
  const campaigns = person.campaigns.map((campaign): [string, string] => [
    campaign.name,
    standing(campaign, zone),
  ]);
  return page(
    { title: name, here: 'people', is_sample, truth: about(person, setting) },
    html`${marks(person)}
<div class="person">
${nextStep(person, setting)}
${card('history', 'History', history, timeline(person.history, zone))}
<div class="aside">
${figures(person)}
${score(person, zone)}
${reach(person)}
${card('source', 'Where they came from', 'As first recorded; imports never change it.', source)}
${card('referral', 'Their referral link', 'Whoever comes by it counts as sent by them.', referral)}
${pairsCard(titles.campaigns, campaigns)}
${pairsCard(titles.attributes, attributes)}
${person.notes ? card('notes', 'Notes', 'As written.', notes) : ''}
</div>
</div>`,
  );
}
