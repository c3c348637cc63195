/** The list of people: search, two filters, best score first, page by page. */
import { html } from 'hono/html';
import { businessDay } from '../core/calendar.ts';
import { dayText } from '../core/display/dates.ts';
import { label } from '../core/display/labels.ts';
import { count, counted } from '../core/display/numbers.ts';
import type { ListedPerson, PeoplePage, PeopleSearch } from '../core/pages/people.ts';
import { lifecycleStatuses } from '../core/status/lifecycle.ts';
import { salesStages } from '../core/status/pipeline.ts';
import { quiet } from './card.ts';
import { type Html, page } from './page.ts';
import type { Setting } from './person.ts';
import { number, table, text, twoLines } from './table.ts';

const SELECTED = html` selected`;

const options = (codes: readonly string[], chosen: string): Html =>
  html`<option value="">Any</option>${codes.map(
    (code) =>
      html`<option value="${code}"${code === chosen ? SELECTED : ''}>${label(code)}</option>`,
  )}`;

const address = ({ text, status, stage }: PeopleSearch, page: number): string =>
  `/people?${new URLSearchParams({ q: text, status, stage, page: String(page) })}`;

const name = (person: ListedPerson): Html =>
  html`<a href="/people/${person.contact_key}">${person.full_name ?? 'No name'}</a>
${person.vip ? html`<span class="badge vip">VIP</span>` : ''}
${person.unsubscribed ? html`<span class="badge stop">Unsubscribed</span>` : ''}`;

function pager({ search, found, page_size }: PeoplePage): Html {
  const last = Math.max(1, Math.ceil(found / page_size));
  const { page } = search;
  return html`<nav class="pager" aria-label="Result pages">
${page > 1 ? html`<a rel="prev" href="${address(search, page - 1)}">Previous</a>` : ''}
<span>Page ${page} of ${last}</span>
${page < last ? html`<a rel="next" href="${address(search, page + 1)}">Next</a>` : ''}
</nav>`;
}

export function peoplePage(people: PeoplePage, setting: Setting): Html {
  const { search, rows } = people;
  const heads = [
    text('Person'),
    number('Score'),
    text('Status'),
    text('Stage'),
    number('Emails'),
    number('Attempts'),
    number('Last active'),
    text('Reach at'),
  ];
  const list = table(
    'People',
    heads,
    rows.map((person) => [
      twoLines(name(person), person.company ?? ''),
      count(Math.round(person.score_milli / 1000)),
      label(person.lead_status),
      label(person.sales_stage),
      count(person.emails_sent),
      count(person.attempts),
      person.last_activity_at
        ? dayText(businessDay(person.last_activity_at, setting.time_zone))
        : '–',
      person.address ?? '',
    ]),
  );
  return page(
    {
      title: 'People',
      here: 'people',
      is_sample: setting.is_sample,
      truth: counted(people.found, 'person', 'people'),
    },
    html`<form class="search" method="get" action="/people" role="search">
<label class="grow">Name, email or phone<input type="search" name="q" value="${search.text}"
  autocomplete="off"></label>
<label>Status<select name="status">${options(lifecycleStatuses, search.status)}</select></label>
<label>Stage<select name="stage">${options(salesStages, search.stage)}</select></label>
<button type="submit">Search</button>
</form>
<section class="card" aria-label="People">${
      rows.length
        ? html`${list}${pager(people)}`
        : quiet('Nobody matches. Try fewer letters or another status.')
    }</section>`,
  );
}
