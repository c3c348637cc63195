/** Vertical columns over ordered steps, such as weeks or buckets. */
import { scaleBand, scaleLinear } from 'd3-scale';
import { html } from 'hono/html';
import { count } from '../../core/display/numbers.ts';
import type { Html } from '../page.ts';
import {
  type Axes,
  inLines,
  LINE,
  type Step,
  sensible,
  stepAxis,
  TICKS_HEIGHT,
  TOP,
  textWidth,
  UNIT_HEIGHT,
  valueAxis,
} from './axis.ts';
import { at } from './figure.ts';

export type Column = {
  label: string;
  value: number;
  /** Above the column. */
  text?: string;
  /** Not over yet: drawn hollow. */
  open?: boolean;
};

export type Columns = {
  width: number;
  height: number;
  series?: string;
  /** Which steps have a label: all, or the first and the last. */
  labels: 'all' | 'ends';
  axes: Axes;
  /** How to write a value of the axis; default: as a count. */
  text?: (value: number) => string;
};

const TICKS = 3;
const LEFT = 36;
/** Gap between labels below the columns. */
const GAP = 12;

/**
 * The marks of a column chart on a zero baseline. If any column does not show its value, the axis
 * has ticks.
 */
export function columns(
  items: Column[],
  { width, height, series = 's1', labels, axes, text = count }: Columns,
): Html[] {
  const hasTicks = items.some((item) => item.value > 0 && !item.text);
  const left = hasTicks ? LEFT : 0;
  const x = scaleBand(
    items.map((_, index) => index),
    [left, width],
  )
    .paddingInner(0.24)
    .paddingOuter(0.02);
  const words = inLines(
    items.map(({ label }) => label),
    labels === 'all' ? x.step() : width,
  );
  const lines = Math.max(...words.map((each) => each.length), 1);
  const ends = [words.at(0), words.at(-1)].map((each) => textWidth(each?.join(' ') ?? ''));
  const isBetween =
    labels === 'ends' && ends[0]! + textWidth(axes.x) + ends[1]! < width - left - GAP;
  const below = TICKS_HEIGHT + (lines - 1) * LINE + (isBetween ? 0 : UNIT_HEIGHT);
  const bottom = height - below;
  const most = Math.max(...items.map((item) => item.value), 0);
  const y = scaleLinear([0, most || 1], [bottom, TOP]);
  if (hasTicks) y.nice(TICKS);
  const values = items.map(({ value }) => value);
  const ticks = hasTicks ? sensible(y.ticks(TICKS), values) : [];
  const steps = items.flatMap((_, index): Step[] => {
    const start = x(index)!;
    const width = x.bandwidth();
    if (labels === 'all') return [{ x: start + width / 2, words: words[index]!, anchor: 'middle' }];
    if (index === 0) return [{ x: start, words: words[index]!, anchor: 'start' }];
    if (index < items.length - 1) return [];
    return [{ x: start + width, words: words[index]!, anchor: 'end' }];
  });
  return [
    valueAxis(
      axes.y,
      ticks.map((tick) => ({ y: y(tick), text: text(tick) })),
      { left, right: width },
    ),
    html`<path class="baseline" d="M${left} ${bottom + 0.5}H${width}"/>`,
    ...items.map((item, index) => {
      const start = x(index)!;
      const mark =
        item.value > 0
          ? html`<rect class="${series}${item.open ? ' open' : ''}" rx="1.5"
  x="${at(start)}" y="${at(y(item.value))}"
  width="${at(x.bandwidth())}" height="${at(bottom - y(item.value))}"/>`
          : '';
      const above = item.text
        ? html`<text class="value small" text-anchor="middle"
  x="${at(start + x.bandwidth() / 2)}" y="${at(y(item.value) - 5)}">${item.text}</text>`
        : '';
      return html`${mark}${above}`;
    }),
    stepAxis(axes.x, steps, {
      bottom,
      middle: (left + width) / 2,
      unitAt: isBetween ? bottom + 16 : height - 4,
    }),
  ];
}
