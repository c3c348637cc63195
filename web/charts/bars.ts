/** Horizontal bars with the label and the value on the line above each: readable at any width. */
import { scaleLinear } from 'd3-scale';
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { type Step, stepAxis, TICKS_HEIGHT, UNIT_HEIGHT } from './axis.ts';
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

/** An axis below the bars: its unit, and a value of it written out. Without one each bar's text is its value. */
export type BarAxis = { unit: string; text: (value: number) => string };

export type Bars = {
  /** What ends the axis; the largest value or interval where it is left out. */
  most?: number;
  /** Of the drawing plane. */
  width?: number;
  axis?: BarAxis;
};

/** Of the drawing plane, where the page names no other. */
export const BARS_WIDTH = 480;
const ROW = 40;
const TICKS = 4;
/** Of a letter of a bar's words, as large as phones draw them. */
const LETTER = 9;

export const barsHeight = (bars: number, axis?: BarAxis): number =>
  bars * ROW + (axis ? TICKS_HEIGHT + UNIT_HEIGHT : 2);

/** A label as long as its line has room for, beside the text at the right; the whole one is its title. */
function fitted(label: string, beside: string, width: number): Html | string {
  const letters = [...label];
  const room = Math.floor(width / LETTER) - [...beside].length - 1;
  if (letters.length <= room) return label;
  return html`<title>${label}</title>${letters.slice(0, Math.max(room - 1, 1)).join('')}…`;
}

/** The marks of a bar chart; the axis begins at zero. */
export function bars(items: Bar[], { most, width = BARS_WIDTH, axis }: Bars = {}): Html[] {
  const end = most ?? Math.max(...items.map((item) => item.hi ?? item.value), 0);
  const x = scaleLinear([0, end || 1], [0, width]).clamp(true);
  if (axis) x.nice(TICKS);
  const marks = items.map((item, row) => {
    const y = row * ROW;
    const middle = y + 28;
    const whisker =
      item.lo === null || item.lo === undefined || item.hi === null || item.hi === undefined
        ? ''
        : html`<path class="whisker" d="M${at(x(item.lo))} ${middle - 4}v8M${at(x(item.lo))} ${middle}H${at(x(item.hi))}M${at(x(item.hi))} ${middle - 4}v8"/>`;
    return html`<text x="0" y="${y + 16}">${fitted(item.label, item.text, width)}</text><text class="value" x="${width}" y="${y + 16}" text-anchor="end">${item.text}</text>
<rect class="track" x="0" y="${y + 23}" width="${width}" height="10" rx="2"/><rect class="${item.faint ? 'faint' : 's1'}" x="0" y="${y + 23}" width="${at(x(item.value))}" height="10" rx="2"/>${
      item.part
        ? html`<rect class="s1 deep" x="0" y="${y + 23}" width="${at(x(item.part))}" height="10" rx="2"/>`
        : ''
    }${whisker}`;
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
