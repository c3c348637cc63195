/** Which leads become customers, by channel and by type. */

import { html } from 'hono/html';
import { label } from '../../core/display/labels.ts';
import { count, interval, money, rate } from '../../core/display/numbers.ts';
import type { LeadConversion } from '../../core/pages/dashboard.ts';
import { card, quiet } from '../card.ts';
import { BARS_WIDTH, bars, barsHeight } from '../charts/bars.ts';
import { figure } from '../charts/figure.ts';
import type { Html } from '../page.ts';
import { number, text } from '../table.ts';

const SHOWN = 8;
const axis = { unit: 'First purchases, of leads', text: rate };
const titles = { channel: 'By channel', lead_type: 'By lead type' } as const;

function half(dimension: keyof typeof titles, all: LeadConversion[]): Html {
  const rows = all.filter((row) => row.dimension === dimension).sort((a, b) => b.leads - a.leads);
  const shown = rows.slice(0, SHOWN);
  const most = Math.max(
    ...shown.map((row) => (row.below_threshold ? 0 : (row.conversion_rate_hi ?? 0))),
    0,
  );
  return html`<div><h3>${titles[dimension]}</h3>${figure(
    {
      id: `conversion-${dimension}`,
      title: `Lead conversion ${titles[dimension].toLowerCase()}`,
      description: shown
        .map((row) => `${label(row.value)} ${rate(row.conversion_rate)} of ${row.leads}`)
        .join(', '),
      width: BARS_WIDTH,
      height: barsHeight(shown.length, axis),
      marks: bars(
        shown.map((row) => ({
          label: label(row.value),
          value: row.conversion_rate ?? 0,
          lo: row.conversion_rate_lo,
          hi: row.conversion_rate_hi,
          faint: row.below_threshold === 1,
          text:
            `${rate(row.conversion_rate)} of ` +
            `${count(row.leads)}${row.below_threshold ? ' · few leads' : ''}`,
        })),
        { most: most || 1, axis },
      ),
    },
    [
      text(titles[dimension].replace('By ', '').replace(/^./, (c) => c.toUpperCase())),
      number('Leads'),
      number('Converted'),
      number('Rate'),
      number('95 % interval'),
      number('Revenue'),
      number('Median days'),
    ],
    rows.map((row) => [
      label(row.value),
      count(row.leads),
      count(row.conversions),
      rate(row.conversion_rate),
      interval(row.conversion_rate_lo, row.conversion_rate_hi),
      money(row.revenue, row.currency),
      row.median_days_to_convert === null ? '–' : count(row.median_days_to_convert),
    ]),
  )}</div>`;
}

export function conversion(rows: LeadConversion[]): Html {
  const lede =
    'First purchases to date over all leads, with the 95 % interval as a whisker. Pale bars ' +
    'have too few leads to judge.';
  if (rows.length === 0)
    return card('conversion', 'Lead conversion', lede, quiet('No leads yet.'), true);
  return card(
    'conversion',
    'Lead conversion',
    lede,
    html`<div class="halves">${half('channel', rows)}${half('lead_type', rows)}</div>`,
    true,
  );
}
