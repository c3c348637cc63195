/** Leads that were tried again and again and never reached; by name, because someone has to act. */

import { html } from 'hono/html';
import { businessDay } from '../../core/calendar.ts';
import { dayText } from '../../core/display/dates.ts';
import { label } from '../../core/display/labels.ts';
import { count, counted } from '../../core/display/numbers.ts';
import { nextActionText } from '../../core/next-action.ts';
import type { DangerLead } from '../../core/pages/dashboard.ts';
import { card, quiet } from '../card.ts';
import type { Html } from '../page.ts';
import { number, table, text, twoLines } from '../table.ts';

const SHOWN = 10;

export function danger(leads: DangerLead[], timeZone: string): Html {
  const lede = 'Three or more attempts, never connected, not a customer. Most attempts first.';
  if (leads.length === 0)
    return card(
      'danger',
      'Danger list',
      lede,
      quiet('Nobody: every lead with that many attempts was reached.'),
      true,
    );
  const rows = leads.map((lead) => [
    twoLines(
      html`<a href="/people/${lead.contact_key}">${lead.full_name ?? 'No name'}</a>`,
      lead.phone ?? lead.email ?? '',
    ),
    label(lead.lead_type),
    count(lead.attempts),
    count(lead.agents_tried),
    dayText(businessDay(lead.last_attempt, timeZone)),
    counted(Math.floor(lead.days_since_added), 'day'),
    nextActionText(lead.stated_action ?? lead.next_action),
  ]);
  const heads = [
    text('Person'),
    text('Lead type'),
    number('Attempts'),
    number('Callers'),
    number('Last attempt'),
    number('Lead for'),
    text('Next action'),
  ];
  const rest = rows.slice(SHOWN);
  return card(
    'danger',
    'Danger list',
    lede,
    html`${table('Danger list', heads, rows.slice(0, SHOWN))}${
      rest.length
        ? html`<details class="more">
<summary>${counted(rest.length, 'more person', 'more people')}</summary>
${table('Danger list, continued', heads, rest)}
</details>`
        : ''
    }`,
    true,
  );
}
