/** Horizontal bars with label and value on the line above each, readable at any width. */
import { scaleLinear } from 'd3-scale';
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { type Step, stepAxis, TICKS_HEIGHT, UNIT_HEIGHT } from './axis.ts';
import { at } from './figure.ts';

export type Bar = {
  label: string;
  value: number;
  /** The text at the right. */
  text: string;
  /** A darker part of the bar, from the left. */
  part?: number;
  /** An interval drawn as a whisker. */
  lo?: number | null;
  hi?: number | null;
  /** Drawn without emphasis, such as below the threshold. */
  faint?: boolean;
};

/**
 * An axis below the bars: its unit, and how to write a value. Without one, each bar's text is its
 * value.
 */
export type BarAxis = { unit: string; text: (value: number) => string };

export type Bars = {
  /** The end of the axis; default: the largest value or interval. */
  most?: number;
  /** Width of the drawing. */
  width?: number;
  axis?: BarAxis;
};

/** Default width of the drawing. */
export const BARS_WIDTH = 480;
const ROW = 40;
const TICKS = 4;
/** Width of a letter of a label, as phones draw it. */
const LETTER = 9;

export const barsHeight = (bars: number, axis?: BarAxis): number =>
  bars * ROW + (axis ? TICKS_HEIGHT + UNIT_HEIGHT : 2);

/** A label, cut to fit beside the text at the right; if cut, the whole label is its title. */
function fitted(label: string, beside: string, width: number): Html | string {
  const letters = [...label];
  const room = Math.floor(width / LETTER) - [...beside].length - 1;
  if (letters.length <= room) return label;
  return html`<title>${label}</title>${letters.slice(0, Math.max(room - 1, 1)).join('')}…`;
}

/** The interval of a bar at height `y`; nothing without one. */
function whisker({ lo, hi }: Bar, x: (value: number) => number, y: number): Html | string {
  if (lo === null || lo === undefined || hi === null || hi === undefined) return '';
  const [from, to] = [at(x(lo)), at(x(hi))];
  return html`<path class="whisker" d="M${from} ${y - 4}v8M${from} ${y}H${to}M${to} ${y - 4}v8"/>`;
}

/** The marks of a bar chart; the axis begins at zero. */
export function bars(items: Bar[], { most, width = BARS_WIDTH, axis }: Bars = {}): Html[] {
  const end = most ?? Math.max(...items.map((item) => item.hi ?? item.value), 0);
  const x = scaleLinear([0, end || 1], [0, width]).clamp(true);
  if (axis) x.nice(TICKS);
  const marks = items.map((item, row) => {
    const y = row * ROW;
    const strip = (kind: string, length: number | string): Html =>
      html`<rect class="${kind}" x="0" y="${y + 23}" width="${length}" height="10" rx="2"/>`;
    return html`<text x="0" y="${y + 16}">${fitted(item.label, item.text, width)}</text>
<text class="value" x="${width}" y="${y + 16}" text-anchor="end">${item.text}</text>
${strip('track', width)}${strip(item.faint ? 'faint' : 's1', at(x(item.value)))}
${item.part ? strip('s1 deep', at(x(item.part))) : ''}${whisker(item, x, y + 28)}`;
  });
  if (!axis) return marks;
  const bottom = items.length * ROW;
  const ticks = x.ticks(TICKS);
  const steps = ticks.map((tick, i): Step => {
    const anchor = i === 0 ? 'start' : x(tick) === width ? 'end' : 'middle';
    return { x: x(tick), words: [axis.text(tick)], anchor };
  });
  const grid = ticks.map((tick) => html`<path class="axis" d="M${at(x(tick))} 0V${bottom}"/>`);
  const unitAt = bottom + TICKS_HEIGHT + 12;
  return [...grid, ...marks, stepAxis(axis.unit, steps, { bottom, middle: width / 2, unitAt })];
}
