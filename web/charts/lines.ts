/** Lines over ordered steps on a zero-based axis with few grid lines; each of several lines ends in its name. */
import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { html } from 'hono/html';
import type { Html } from '../page.ts';
import { at } from './figure.ts';

/** Null where there is no figure: the line breaks. */
export type Line = { name: string; values: (number | null)[] };

export type Lines = {
  width: number;
  height: number;
  /** Under each step. */
  labels: string[];
  /** A value of the axis, written out. */
  text: (value: number) => string;
};

const TICKS = 4;
const LEFT = 44;
/** Room for the names; one line alone is named by the title. */
const NAMES = 78;
const MARGIN = 10;
/** Between the names at the ends of two lines. */
const NAME_HEIGHT = 16;

/** Heights of the names beside the last points, pushed apart where the lines end close together. */
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

/** The marks of a line chart: a shape at each point, so that a single week between two gaps is seen. */
export function lines(series: Line[], { width, height, labels, text }: Lines): Html[] {
  const isAlone = series.length === 1;
  const right = width - (isAlone ? MARGIN : NAMES);
  const bottom = height - 24;
  const most = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)), 0);
  const y = scaleLinear([0, most || 1], [bottom, 10]).nice(TICKS);
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
  const every = Math.ceil((labels.length * 56) / (right - LEFT));
  return [
    ...y
      .ticks(TICKS)
      .map(
        (tick) =>
          html`<path class="axis" d="M${LEFT} ${at(y(tick))}H${right + 8}"/><text class="tick" x="${LEFT - 8}" y="${at(y(tick) + 4)}" text-anchor="end">${text(tick)}</text>`,
      ),
    ...labels.map((label, step) =>
      (labels.length - 1 - step) % every === 0
        ? html`<text class="tick" x="${at(x(step)!)}" y="${height - 4}" text-anchor="middle">${label}</text>`
        : html``,
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
          : html`<text class="name s${i + 1}" x="${right + 12}" y="${at(names[i]! + 4)}">${name}</text>`;
      return html`<path class="${mark}" d="${path(values) ?? ''}"/>${points}${end}`;
    }),
  ];
}
