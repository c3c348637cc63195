/** One person on one screen: who it is, where they stand and why, what to do next, and everything that happened. */
import { html } from 'hono/html';
import { ago, dayLong, dayOf, dayText, instantText, timeText } from '../core/display/dates.ts';
import { happening, label } from '../core/display/labels.ts';
import { count, minutes, money } from '../core/display/numbers.ts';
import { nextActionText } from '../core/next-action.ts';
import { DAY, rules } from '../core/rules/config.ts';
import { card, quiet } from './card.ts';
import { type Html, page } from './page.ts';
import { number, table, text } from './table.ts';

/** One line of the timeline; `event` is a code of `core/display/labels.ts`. Instants are UTC ms, money is in minor units. */
export type Happening = {
  occurred_at: number;
  event: string;
  detail: string | null;
  actor?: string;
  channel?: string;
  agent?: string | null;
  duration_s?: number | null;
  amount_minor?: number;
  currency?: string;
  rule_id?: string;
};

type Enrolment = {
  campaign_id: string;
  name: string;
  status: string;
  enrolled_at: number;
  current_step: number;
  converted_at: number | null;
};

export type Point = { kind: string; occurred_at: number; points: number; points_now: number };

export type Person = {
  contact_key: string;
  full_name: string | null;
  company: string | null;
  role: string | null;
  lead_status: string;
  sales_stage: string;
  vip: boolean;
  unsubscribed: boolean;
  suppressions: { address: string; reason: string; suppressed_at: number }[];
  score: number;
  stated_score: number | null;
  score_points: Point[];
  /** What somebody stated, else the code that status and stage ask for (`core/next-action.ts`). */
  next_action: string;
  next_action_is_stated: boolean;
  next_action_at: number | null;
  next_follow_up_at: number | null;
  assigned_to: string | null;
  notes: string | null;
  lead_added_at: number | null;
  last_touch_at: number | null;
  last_activity_at: number | null;
  identities: { kind: string; value: string }[];
  /** Segments and source tags that are stated, by column name. */
  source_tags: Record<string, string | number>;
  counts: Record<string, number>;
  lifetime_value: { currency: string; amount_minor: number }[];
  /** What the house told of them beyond the columns, by the name that it chose; read here only (G4). */
  attributes: Record<string, string | number>;
  campaigns: Enrolment[];
  history: Happening[];
};

export type Setting = { as_of: number; time_zone: string; is_sample: boolean };

const theirs = /^(email_(opened|clicked|replied)|call_(booked|connected|completed)|inbound)/;
const kindOf = (event: Happening): string => {
  if (event.amount_minor !== undefined) return 'money';
  if (event.event === 'status_change' || event.event === 'stage_change') return 'state';
  return theirs.test(event.event) ? 'theirs' : 'ours';
};

const particulars = (event: Happening): string =>
  [
    event.amount_minor === undefined ? '' : money(event.amount_minor, event.currency),
    event.detail ?? '',
    event.duration_s ? minutes(event.duration_s / 60) : '',
    event.agent ? `with ${event.agent}` : '',
    event.actor === 'machine' ? 'by mail software, not by a person' : '',
    event.rule_id ? `rule ${event.rule_id}` : '',
  ]
    .filter(Boolean)
    .join(' · ');

function timeline(history: Happening[], zone: string): Html {
  if (history.length === 0) return quiet('Nothing has happened yet.');
  const days = Map.groupBy(history, (event) => dayOf(event.occurred_at, zone));
  return html`${[...days].map(
    ([day, events]) => html`<h3 class="day">${dayLong(day)}</h3>
<ol class="timeline">${events.map(
      (event) =>
        html`<li><time datetime="${new Date(event.occurred_at).toISOString()}">${timeText(event.occurred_at, zone)}</time><span class="kind ${kindOf(event)}"></span><div>${happening(event.event)}${particulars(event) ? html`<small>${particulars(event)}</small>` : ''}</div></li>`,
    )}</ol>`,
  )}`;
}

const pairs = (rows: [string, string | Html][]): Html =>
  html`<dl class="pairs">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

function nextStep(person: Person, { as_of, time_zone }: Setting): Html {
  const { next_action, next_action_is_stated, next_action_at, next_follow_up_at } = person;
  const isBooked = next_action === 'prepare_call' && !next_action_is_stated;
  const due = isBooked ? next_follow_up_at : next_action_at;
  const when = (instant: number): string =>
    `${instantText(instant, time_zone)} · ${ago(instant, as_of)}`;
  return card(
    'next',
    'Next action',
    person.assigned_to ? `Assigned to ${label(person.assigned_to)}` : 'Nobody is assigned',
    html`<p class="next">${nextActionText(next_action)}</p>${due ? html`<p class="quiet">${when(due)}</p>` : ''}
${next_action_is_stated || isBooked ? '' : quiet('Nobody stated one; it follows from status and stage.')}
${
  next_follow_up_at && !isBooked
    ? quiet(
        next_follow_up_at >= as_of
          ? `A call is booked: ${when(next_follow_up_at)}`
          : `A call was booked, and neither held nor cancelled: ${when(next_follow_up_at)}`,
      )
    : ''
}`,
  );
}

function score(person: Person, zone: string): Html {
  const lede = `${count(person.score)} now. Each point halves every ${rules.score_half_life_ms / DAY} days.${person.stated_score === null ? '' : ` Imported score, as a note: ${count(person.stated_score)}.`}`;
  const rows = person.score_points.map((point) => [
    label(point.kind),
    dayText(dayOf(point.occurred_at, zone)),
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

const standing = ({ status, current_step, converted_at }: Enrolment, zone: string): string =>
  `${label(status)}, step ${current_step}${converted_at === null ? '' : `, converted ${dayText(dayOf(converted_at, zone))}`}`;

export function personPage(person: Person, setting: Setting): Html {
  const { time_zone: zone, as_of } = setting;
  const name = person.full_name ?? person.identities[0]?.value ?? 'No name';
  const since =
    person.lead_added_at === null
      ? []
      : [`lead since ${dayText(dayOf(person.lead_added_at, zone))}`];
  const about = [
    person.role,
    person.company,
    ...since,
    ...(person.last_activity_at ? [`last active ${ago(person.last_activity_at, as_of)}`] : []),
  ];
  const counts = Object.entries(person.counts);
  return page(
    {
      title: name,
      here: 'people',
      is_sample: setting.is_sample,
      truth: about.filter(Boolean).join(' · '),
    },
    html`<ul class="marks"><li class="badge status">${label(person.lead_status)}</li><li class="badge">Stage: ${label(person.sales_stage)}</li><li class="badge">Score ${count(person.score)}</li>${person.vip ? html`<li class="badge vip">VIP</li>` : ''}${person.unsubscribed ? html`<li class="badge stop">Unsubscribed</li>` : ''}</ul>
<div class="person">
<div class="aside">${card('history', 'History', 'Newest first. Green is what they did, orange is money, squares are changes of status.', timeline(person.history, zone))}</div>
<div class="aside">
${nextStep(person, setting)}
${card('figures', 'In figures', person.lifetime_value.length ? `Lifetime value ${person.lifetime_value.map((value) => money(value.amount_minor, value.currency)).join(' + ')}` : 'No purchase yet', html`<dl class="figures">${counts.map(([key, value]) => html`<div><dt>${label(key)}</dt><dd>${count(value)}</dd></div>`)}</dl>`)}
${score(person, zone)}
${card('reach', 'How to reach them', person.suppressions.length ? 'Sending is stopped to the marked addresses.' : 'All known addresses.', pairs(person.identities.map((identity) => [label(identity.kind), html`${identity.value}${person.suppressions.some((stop) => stop.address === identity.value) ? html` <span class="badge stop">stopped</span>` : ''}`])))}
${card('source', 'Where they came from', 'As first stated; an import never rewrites it.', Object.keys(person.source_tags).length ? pairs(Object.entries(person.source_tags).map(([key, value]) => [label(key), typeof value === 'number' ? count(value) : label(value)])) : quiet('Nothing is stated.'))}
${person.campaigns.length ? card('campaigns', 'Campaigns', 'Enrolments, newest first.', pairs(person.campaigns.map((campaign) => [campaign.name, standing(campaign, zone)]))) : ''}
${Object.keys(person.attributes).length ? card('attributes', 'Also known', 'As stated; kept in the house.', pairs(Object.entries(person.attributes).map(([key, value]) => [label(key), String(value)]))) : ''}
${person.notes ? card('notes', 'Notes', 'As stated.', html`<p class="quiet">${person.notes}</p>`) : ''}
</div>
</div>`,
  );
}
