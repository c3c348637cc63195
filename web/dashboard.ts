/** The dashboard: the marts of the house, as of the last refresh. */

import { html } from 'hono/html';
import { instantText, secondText } from '../core/display/dates.ts';
import { counted } from '../core/display/numbers.ts';
import type { Dashboard } from '../core/pages/dashboard.ts';
import { weekReport } from '../core/pages/week.ts';
import { firstSteps } from './messages.ts';
import { type Html, page } from './page.ts';
import { agents } from './sections/agents.ts';
import { attribution } from './sections/attribution.ts';
import { conversion } from './sections/conversion.ts';
import { danger } from './sections/danger.ts';
import { emailPerformance } from './sections/email.ts';
import { funnel } from './sections/funnel.ts';
import { livePulse, sourceHealth } from './sections/sources.ts';
import { speedToLead } from './sections/speed.ts';
import { thisWeek } from './sections/this-week.ts';
import { twelveWeeks } from './sections/twelve-weeks.ts';

/** The note that published tables are stale; this page itself is not. */
function staleness({ reason, shown }: NonNullable<Dashboard['stale']>, zone: string): string {
  const nights = shown.map(
    ({ destination, as_of }) => `${destination} shows ${instantText(as_of, zone)}`,
  );
  const why = reason.replaceAll('\n', '; ');
  const state = nights.join(', ') || 'Nothing is published yet';
  return `The last night was not published everywhere: ${why}. ${state}.`;
}

/** For when the page is true, and what has landed since. */
function truthOf({ as_of, newer_facts, house }: Dashboard): string {
  const parts = [
    `True as of ${secondText(as_of, house.time_zone)} (${house.time_zone})`,
    counted(house.people, 'person', 'people'),
  ];
  if (newer_facts > 0) parts.push(counted(newer_facts, 'fact is newer', 'facts are newer'));
  return parts.join(' · ');
}

/** A notice, with where to look. */
const noticeLine = (text: string): Html => html`${text}. <a href="/waiting">What waits</a>`;

/** An empty house gets first steps instead of nine empty sections. */
export function dashboard(data: Dashboard): Html {
  const { house } = data;
  const frame = { here: 'week' as const, is_sample: house.is_sample };
  if (house.people === 0) return page({ ...frame, title: 'Your house is empty' }, firstSteps());
  const report = weekReport(data.week, { as_of: data.as_of, is_sample: house.is_sample });
  const truth = truthOf(data);
  const warnings = [
    ...(data.stale ? [staleness(data.stale, house.time_zone)] : []),
    ...data.notices.map(({ text }) => noticeLine(text)),
  ];
  return page(
    {
      ...frame,
      title: report.title,
      truth: html`${[truth, ...warnings].map((line, n) => (n ? html`<br>${line}` : line))}`,
    },
    html`<div class="grid">
${thisWeek(report)}
${twelveWeeks(data.weeks, data.running_week)}
${attribution(data.credits)}
${funnel(data.stages)}
${speedToLead(data.buckets)}
${conversion(data.conversions)}
${agents(data.agents)}
${danger(data.danger, house.time_zone)}
${emailPerformance(data.messages)}
${sourceHealth(data.sources, data.now)}
${livePulse(data.pulse)}
</div>`,
  );
}
