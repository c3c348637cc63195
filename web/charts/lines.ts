/** Lines over ordered steps on a zero-based axis; if there are several, each ends in its name. */
import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import {
  type Axes,
  sensible,
  stepAxis,
  TICKS_HEIGHT,
  textWidth,
  UNIT_HEIGHT,
  valueAxis,
} from './axis.ts';
import { at } from './figure.ts';

/** Null leaves a gap in the line. */
export type Line = { name: string; values: (number | null)[] };

export type Lines = {
  width: number;
  height: number;
  /** Label under the step. */
  labels: string[];
  /** How to write a value of the axis. */
  text: (value: number) => string;
  axes: Axes;
};

const TICKS = 4;
const LEFT = 44;
/** Space for the names of several lines; a single line is named by the title. */
const NAMES = 90;
const MARGIN = 26;
const TOP = 26;
/** Distance between the names at the ends of two lines. */
const NAME_HEIGHT = 16;

/** Heights of the names beside the last points, pushed apart if the lines end close together. */
function nameHeights(ends: (number | null)[]): (number | null)[] {
  const order = ends.flatMap((y, i) => (y === null ? [] : [{ y, i }])).sort((a, b) => a.y - b.y);
  const placed: (number | null)[] = ends.map(() => null);
  let least = Number.NEGATIVE_INFINITY;
  for (const { y, i } of order) {
    least = Math.max(y, least + NAME_HEIGHT);
    placed[i] = least;
  }
  return placed;
}

/**
 * The marks of a line chart. Each point has a dot, so that a single week between two gaps is
 * visible.
 */
export function lines(series: Line[], { width, height, labels, text, axes }: Lines): Html[] {
  const isAlone = series.length === 1;
  const right = width - (isAlone ? MARGIN : NAMES);
  const bottom = height - TICKS_HEIGHT - UNIT_HEIGHT;
  const most = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)), 0);
  const y = scaleLinear([0, most || 1], [bottom, TOP]).nice(TICKS);
  const x = scalePoint(
    labels.map((_, step) => step),
    [LEFT + 8, right],
  );
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, step) => x(step)!)
    .y((value) => y(value ?? 0))
    .digits(1);
  const lastStep = (values: (number | null)[]) => values.findLastIndex((value) => value !== null);
  const names = nameHeights(
    series.map(({ values }) => (lastStep(values) < 0 ? null : y(values[lastStep(values)] ?? 0))),
  );
  const widest = Math.max(...labels.map(textWidth), 0);
  const every = Math.ceil((labels.length * widest) / (right - LEFT));
  const values = series.flatMap(({ values }) => values);
  const ticks = sensible(y.ticks(TICKS), values);
  return [
    valueAxis(
      axes.y,
      ticks.map((tick) => ({ y: y(tick), text: text(tick) })),
      { left: LEFT, right: right + 8 },
    ),
    stepAxis(
      axes.x,
      labels.flatMap((label, step) =>
        (labels.length - 1 - step) % every === 0
          ? [{ x: x(step)!, words: [label], anchor: 'middle' as const }]
          : [],
      ),
      { bottom, middle: (LEFT + right) / 2, unitAt: height - 4 },
    ),
    ...series.map(({ name, values }, i) => {
      const mark = `line s${i + 1}`;
      const points = values.map((value, step) =>
        value === null
          ? ''
          : html`<circle class="s${i + 1}" cx="${at(x(step)!)}" cy="${at(y(value))}" r="2.75"/>`,
      );
      const end =
        isAlone || names[i] === null || names[i] === undefined
          ? ''
          : html`<text class="name s${i + 1}" x="${right + 12}"
  y="${at(names[i]! + 4)}">${name}</text>`;
      return html`<path class="${mark}" d="${path(values) ?? ''}"/>${points}${end}`;
    }),
  ];
}
