/** The two axes of a chart: grid lines, ticks as words, and what is counted along each. */
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { at } from './figure.ts';

/** What stands along each axis, with its unit: 'Week from Monday', 'emails'. */
export type Axes = { x: string; y: string };

/** Of a tick's text, in pixels of the drawing plane, a little more than it takes. */
const LETTER = 7.2;
/** Between two lines of a tick. */
export const LINE = 14;
export const textWidth = (text: string): number => [...text].length * LETTER;

/** Room above the plot for the unit of the values and a figure on the highest mark. */
export const TOP = 34;
/** Room below the plot for one line of ticks. */
export const TICKS_HEIGHT = 22;
/** And for the unit, where the ticks fill the line. */
export const UNIT_HEIGHT = 18;

/** A tick of the steps: where it stands, and its words, one a line. */
export type Step = { x: number; words: string[]; anchor: 'start' | 'middle' | 'end' };

/** `ticks` of the values with their heights; `left` is where the plot begins, `right` where it ends. */
export function valueAxis(
  unit: string,
  ticks: { y: number; text: string }[],
  { left, right }: { left: number; right: number },
): Html {
  return html`<g class="scale"><text class="tick unit" x="0" y="11">${unit}</text>${ticks.map(
    ({ y, text }) =>
      html`<path class="axis" d="M${at(left)} ${at(y)}H${at(right)}"/><text class="tick" x="${at(left - 6)}" y="${at(y + 4)}" text-anchor="end">${text}</text>`,
  )}</g>`;
}

/** The steps below the plot, which ends at `bottom`; the unit stands at the height `unitAt`. */
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
  )}<text class="tick unit" x="${at(middle)}" y="${unitAt}" text-anchor="middle">${unit}</text></g>`;
}

/** Each label on one line where all fit between their neighbours, else with a line for each word. */
export const inLines = (labels: string[], room: number): string[][] =>
  labels.some((label) => textWidth(label) > room)
    ? labels.map((label) => label.split(' '))
    : labels.map((label) => [label]);

/** Ticks of whole things stand at whole numbers. */
export const sensible = (ticks: number[], values: (number | null)[]): number[] =>
  values.every((value) => Number.isInteger(value ?? 0)) ? ticks.filter(Number.isInteger) : ticks;
