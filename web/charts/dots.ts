/** One line per item with a mark per series: how far apart the series stand is the finding. */
import { scaleLinear } from 'd3-scale';
import { symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle, symbolTriangle2 } from 'd3-shape';
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { at } from './figure.ts';

/** A shape of its own for each series, so that colour is never the only sign. */
const shapes = [symbolCircle, symbolSquare, symbolDiamond, symbolTriangle, symbolTriangle2];
const path = (series: number, size: number): string => symbol(shapes[series % shapes.length]!, size).digits(1)() ?? '';

export type DotLine = { label: string; text: string; values: (number | null)[] };

export const DOTS_WIDTH = 480;
const ROW = 42;
export const dotsHeight = (lines: number): number => lines * ROW + 2;

/** The marks of a dot chart on a zero-based axis. */
export function dots(lines: DotLine[]): Html[] {
  const most = Math.max(...lines.flatMap((line) => line.values.map((value) => value ?? 0)), 0);
  const x = scaleLinear([0, most || 1], [6, DOTS_WIDTH - 6]);
  return lines.map((line, row) => {
    const y = row * ROW;
    const known = line.values.filter((value) => value !== null);
    return html`<text x="0" y="${y + 16}">${line.label}</text><text class="value" x="${DOTS_WIDTH}" y="${y + 16}" text-anchor="end">${line.text}</text>
<path class="axis" d="M0 ${y + 29}H${DOTS_WIDTH}"/><path class="span" d="M${at(x(Math.min(...known)))} ${y + 29}H${at(x(Math.max(...known)))}"/>${line.values.map(
      (value, series) =>
        value === null
          ? ''
          : html`<path class="dot s${series + 1}" transform="translate(${at(x(value))} ${y + 29})" d="${path(series, 58)}"/>`,
    )}`;
  });
}

/** The key of the series' marks. */
export const legend = (names: string[]): Html =>
  html`<ul class="legend">${names.map(
    (name, series) =>
      html`<li><svg viewBox="-7 -7 14 14" role="img" aria-label="${name}"><title>${name}</title><path class="dot s${series + 1}" d="${path(series, 58)}"/></svg>${name}</li>`,
  )}</ul>`;
