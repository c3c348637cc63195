/** The two axes of a chart: grid lines, tick labels and units. */
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { at } from './figure.ts';

/** Titles of the axes, with the unit: 'Week from Monday', 'emails'. */
export type Axes = { x: string; y: string };

/** Width of a letter of a tick, in drawing pixels, with a small margin. */
const LETTER = 7.2;
/** Line height of a tick, in drawing pixels. */
export const LINE = 14;
export const textWidth = (text: string): number => [...text].length * LETTER;

/** Space above the plot for the unit and for the figure on the highest mark. */
export const TOP = 34;
/** Space below the plot for one line of ticks. */
export const TICKS_HEIGHT = 22;
/** Space for the unit, if the ticks fill their line. */
export const UNIT_HEIGHT = 18;

/** A tick of the step axis: its position, and its words, one per line. */
export type Step = { x: number; words: string[]; anchor: 'start' | 'middle' | 'end' };

/** The value axis: `ticks` with their heights, from `left` to `right` of the plot. */
export function valueAxis(
  unit: string,
  ticks: { y: number; text: string }[],
  { left, right }: { left: number; right: number },
): Html {
  return html`<g class="scale"><text class="tick unit" x="0" y="11">${unit}</text>${ticks.map(
    ({ y, text }) =>
      html`<path class="axis" d="M${at(left)} ${at(y)}H${at(right)}"/>
<text class="tick" x="${at(left - 6)}" y="${at(y + 4)}" text-anchor="end">${text}</text>`,
  )}</g>`;
}

/** The step axis below the plot, which ends at `bottom`; the unit is at height `unitAt`. */
export function stepAxis(
  unit: string,
  steps: Step[],
  { bottom, middle, unitAt }: { bottom: number; middle: number; unitAt: number },
): Html {
  return html`<g class="scale">${steps.map(
    ({ x, words, anchor }) =>
      html`<text class="tick" y="${bottom + 16}" text-anchor="${anchor}">${words.map(
        (word, line) => html`<tspan x="${at(x)}" dy="${line ? LINE : 0}">${word}</tspan>`,
      )}</text>`,
  )}
<text class="tick unit" x="${at(middle)}" y="${unitAt}" text-anchor="middle">${unit}</text></g>`;
}

/** Each label on one line if all fit beside each other, else one line per word. */
export const inLines = (labels: string[], room: number): string[][] =>
  labels.some((label) => textWidth(label) > room)
    ? labels.map((label) => label.split(' '))
    : labels.map((label) => [label]);

/** Ticks of whole-number values are whole numbers. */
export const sensible = (ticks: number[], values: (number | null)[]): number[] =>
  values.every((value) => Number.isInteger(value ?? 0)) ? ticks.filter(Number.isInteger) : ticks;
