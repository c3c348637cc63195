/** Upright columns over ordered steps: weeks, or the ten buckets of speed. */
import { scaleBand, scaleLinear } from 'd3-scale';
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { at } from './figure.ts';

export type Column = {
  label: string;
  value: number;
  /** Above the column. */
  text?: string;
  /** Not over yet: drawn hollow. */
  open?: boolean;
};

export type Columns = { width: number; height: number; series?: string; labels: 'all' | 'ends' };

/** The marks of a column chart on a zero baseline; `labels: 'ends'` names only the first and the last step. */
export function columns(
  items: Column[],
  { width, height, series = 's1', labels }: Columns,
): Html[] {
  const top = 18;
  const bottom = height - 22;
  const most = Math.max(...items.map((item) => item.value), 0);
  const y = scaleLinear([0, most || 1], [bottom, top]);
  const x = scaleBand(
    items.map((_, index) => index),
    [0, width],
  )
    .paddingInner(0.24)
    .paddingOuter(0.02);
  const named = (index: number) => labels === 'all' || index === 0 || index === items.length - 1;
  const anchor = (index: number) =>
    labels === 'all'
      ? 'middle'
      : index === 0
        ? 'start'
        : index === items.length - 1
          ? 'end'
          : 'middle';
  const place = (index: number) =>
    x(index)! +
    (anchor(index) === 'start' ? 0 : anchor(index) === 'end' ? x.bandwidth() : x.bandwidth() / 2);
  return [
    html`<path class="baseline" d="M0 ${bottom + 0.5}H${width}"/>`,
    ...items.map((item, index) => {
      const mark =
        item.value > 0
          ? html`<rect class="${series}${item.open ? ' open' : ''}" x="${at(x(index)!)}" y="${at(y(item.value))}" width="${at(x.bandwidth())}" height="${at(bottom - y(item.value))}" rx="1.5"/>`
          : '';
      const above = item.text
        ? html`<text class="value small" x="${at(x(index)! + x.bandwidth() / 2)}" y="${at(y(item.value) - 5)}" text-anchor="middle">${item.text}</text>`
        : '';
      const below = named(index)
        ? html`<text class="tick" x="${at(place(index))}" y="${height - 5}" text-anchor="${anchor(index)}">${item.label}</text>`
        : '';
      return html`${mark}${above}${below}`;
    }),
  ];
}
