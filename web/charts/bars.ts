/** Horizontal bars with the label and the value on the line above each: readable at any width. */
import { scaleLinear } from 'd3-scale';
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { at } from './figure.ts';

export type Bar = {
  label: string;
  value: number;
  /** What stands at the right, written out. */
  text: string;
  /** A darker part of the bar, from the left. */
  part?: number;
  /** An interval drawn as a whisker. */
  lo?: number | null;
  hi?: number | null;
  /** Drawn without emphasis: off the ladder, below the threshold. */
  faint?: boolean;
};

/** Of the drawing plane, where the page names no other. */
export const BARS_WIDTH = 480;
const ROW = 40;
export const barsHeight = (bars: number): number => bars * ROW + 2;

/** The marks of a bar chart; the axis begins at zero and ends at the largest value or interval. */
export function bars(
  items: Bar[],
  most = Math.max(...items.map((item) => item.hi ?? item.value), 0),
  width = BARS_WIDTH,
): Html[] {
  const x = scaleLinear([0, most || 1], [0, width]).clamp(true);
  return items.map((item, row) => {
    const y = row * ROW;
    const middle = y + 28;
    const whisker =
      item.lo === null || item.lo === undefined || item.hi === null || item.hi === undefined
        ? ''
        : html`<path class="whisker" d="M${at(x(item.lo))} ${middle - 4}v8M${at(x(item.lo))} ${middle}H${at(x(item.hi))}M${at(x(item.hi))} ${middle - 4}v8"/>`;
    return html`<text x="0" y="${y + 16}">${item.label}</text><text class="value" x="${width}" y="${y + 16}" text-anchor="end">${item.text}</text>
<rect class="track" x="0" y="${y + 23}" width="${width}" height="10" rx="2"/><rect class="${item.faint ? 'faint' : 's1'}" x="0" y="${y + 23}" width="${at(x(item.value))}" height="10" rx="2"/>${
      item.part
        ? html`<rect class="s1 deep" x="0" y="${y + 23}" width="${at(x(item.part))}" height="10" rx="2"/>`
        : ''
    }${whisker}`;
  });
}
