/** How fast a new lead is called: ten buckets, then those who were never called by phone. */

import { html } from 'hono/html';
import { label } from '../../core/display/labels.ts';
import { count, counted, rate } from '../../core/display/numbers.ts';
import type { SpeedBucket } from '../../core/pages/dashboard.ts';
import { card, quiet } from '../card.ts';
import { columns } from '../charts/columns.ts';
import { drawing } from '../charts/figure.ts';
import type { Html } from '../page.ts';
import { number, table, text } from '../table.ts';

const WIDTH = 480;
const HEIGHT = 290;
/** Buckets up to this number are within the hour. */
const WITHIN_THE_HOUR = 5;

export function speedToLead(buckets: SpeedBucket[]): Html {
  const title = 'Speed to lead';
  const total = buckets.reduce((sum, bucket) => sum + bucket.leads, 0);
  const lede = 'Time from becoming a lead to the first phone attempt, over all leads.';
  if (total === 0) return card('speed', title, lede, quiet('No leads yet.'));
  const timed = buckets.filter((bucket) => bucket.category === 'phone');
  const others = buckets.filter((bucket) => bucket.category !== 'phone');
  const soon = timed
    .filter((bucket) => bucket.bucket_no <= WITHIN_THE_HOUR)
    .reduce((sum, bucket) => sum + bucket.leads, 0);
  const reached = timed.reduce((sum, bucket) => sum + bucket.leads, 0);
  const share = (part: number, whole: number) => rate(whole ? part / whole : null);
  return card(
    'speed',
    title,
    lede,
    html`<div class="halves"><figure>
<p class="finding"><strong>${share(soon, total)}</strong> were called within the hour.</p>
${reached > 0 ? chart(timed) : quiet('Nobody has been called yet.')}
<dl class="facts">${others.map(
      ({ bucket, leads }) =>
        html`<div><dt>${label(bucket)}</dt><dd>${count(leads)} · ${share(leads, total)}</dd></div>`,
    )}</dl></figure>
${table(
  'Leads by time to the first attempt',
  [
    text('First attempt after'),
    number('Leads'),
    number('Share'),
    number('Connected'),
    number('Paid'),
  ],
  buckets.map((bucket) => [
    label(bucket.bucket),
    count(bucket.leads),
    share(bucket.leads, total),
    share(bucket.connected, bucket.leads),
    share(bucket.paid, bucket.leads),
  ]),
)}</div>`,
    true,
  );
}

const chart = (timed: SpeedBucket[]): Html =>
  drawing({
    id: 'speed-chart',
    title: 'Leads by time to the first phone attempt',
    description: timed
      .map((bucket) => `${bucket.bucket}: ${counted(bucket.leads, 'lead')}`)
      .join(', '),
    width: WIDTH,
    height: HEIGHT,
    marks: columns(
      timed.map((bucket) => ({
        label: label(bucket.bucket),
        value: bucket.leads,
        text: bucket.leads ? count(bucket.leads) : '',
      })),
      {
        width: WIDTH,
        height: HEIGHT,
        series: 's2',
        labels: 'all',
        axes: { x: 'From becoming a lead to the first phone attempt', y: 'leads' },
      },
    ),
  });
