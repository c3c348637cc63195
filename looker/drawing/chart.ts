/** Draws one chart of the report as Looker shows it, from its built rows. */
import { html } from 'hono/html';
import { quiet } from '../../web/card.ts';
import type { Axes } from '../../web/charts/axis.ts';
import { bars, barsHeight } from '../../web/charts/bars.ts';
import { columns } from '../../web/charts/columns.ts';
import { type Drawing, drawing, numbers } from '../../web/charts/figure.ts';
import { lines } from '../../web/charts/lines.ts';
import type { Html } from '../../web/page.ts';
import { type Head, table } from '../../web/table.ts';
import type { BuiltChart } from '../evaluate.ts';
import { spanWidth } from '../steps.ts';
import { changeText, daysText, dimensionText, figureText, isFigure } from './figures.ts';

const PADDING = 22;
/** Pixels inside a card, so that the text of a drawing keeps its size. */
const innerWidth = (columns: number): number => Math.round(spanWidth(columns) - 2 * PADDING);
/** Height of a card's text: heading, question, the link to the numbers, source. */
const WORDS = 152;

const headsOf = (built: BuiltChart): Head[] => [
  ...built.chart.dimensions.map(
    (dimension): Head => ({
      text: dimension.name,
      kind: isFigure(built, dimension) ? 'number' : 'text',
    }),
  ),
  ...built.chart.metrics.map(({ name }): Head => ({ text: name, kind: 'number' })),
];

const textsOf = (built: BuiltChart): string[][] =>
  built.groups.map(({ dimensions, metrics }) => [
    ...built.chart.dimensions.map((dimension, i) =>
      dimensionText(built, dimension, dimensions[i] ?? null),
    ),
    ...built.chart.metrics.map((metric, i) =>
      figureText(metric, metrics[i] ?? null, built.currency),
    ),
  ]);

const numbersTable = (built: BuiltChart): Html =>
  table(built.chart.title, headsOf(built), textsOf(built));

/** The chart in words: each group with its first figure. */
const described = (built: BuiltChart): string =>
  textsOf(built)
    .map((texts) => `${texts[0]}: ${texts[built.chart.dimensions.length] ?? ''}`)
    .join(', ');

/** A drawing that keeps the size of its text and scrolls on a narrower page, with its numbers. */
const scrolling = (built: BuiltChart, plane: Drawing): Html =>
  html`<figure><div class="scroll" tabindex="0" role="region"
    aria-label="${plane.title}">${drawing(plane)}</div>
${numbers(built.chart.title, headsOf(built), textsOf(built))}</figure>`;

function drawn(built: BuiltChart, height: number, marks: Html[]): Html {
  const { id, title, width } = built.chart;
  const plane = {
    id,
    title,
    description: described(built),
    width: innerWidth(width),
    height,
    marks,
  };
  return scrolling(built, plane);
}

/** The titles of a chart's axes. */
function axesOf({ chart }: BuiltChart): Axes {
  const [step] = chart.dimensions;
  return {
    x: step?.by === 'week' ? `${step.name} from Monday` : (step?.name ?? ''),
    y: chart.metrics.map(({ name }) => name).join(', '),
  };
}

function columnChart(built: BuiltChart, height: number): Html {
  const { chart, groups } = built;
  const isNarrow = chart.width < 6;
  const width = innerWidth(chart.width);
  const greatest = Math.max(...groups.map(({ metrics }) => metrics[0] ?? 0));
  const texts = textsOf(built);
  const items = groups.map(({ metrics }, i) => {
    const value = metrics[0] ?? 0;
    const isNamed = value > 0 && (!isNarrow || value === greatest);
    return { label: texts[i]![0]!, value, ...(isNamed ? { text: texts[i]![1]! } : {}) };
  });
  return drawn(
    built,
    height,
    columns(items, {
      width,
      height,
      labels: isNarrow ? 'ends' : 'all',
      axes: axesOf(built),
      text: (value) => figureText(chart.metrics[0]!, value, built.currency),
    }),
  );
}

function lineChart(built: BuiltChart, height: number): Html {
  const { chart, groups, currency } = built;
  const series = chart.metrics.map(({ name }, i) => ({
    name,
    values: groups.map(({ metrics }) => metrics[i] ?? null),
  }));
  const marks = lines(series, {
    width: innerWidth(chart.width),
    height,
    labels: textsOf(built).map((texts) => texts[0]!),
    text: (value) => figureText(chart.metrics[0]!, value, currency),
    axes: axesOf(built),
  });
  return drawn(built, height, marks);
}

/**
 * Looker's table with bars: the first figure as a bar with its number, the others as numbers beside
 * it.
 */
function barChart(built: BuiltChart): Html {
  const { chart, groups } = built;
  const [first, ...others] = chart.metrics.map(
    ({ name }) => name.charAt(0).toLowerCase() + name.slice(1),
  );
  const items = textsOf(built).map(([label, figureOfBar, ...rest], i) => ({
    label: label!,
    value: groups[i]!.metrics[0] ?? 0,
    text: [
      chart.metrics[0]!.format === 'count' ? `${figureOfBar} ${first}` : figureOfBar!,
      ...rest.flatMap((text, n) => (text === '–' ? [] : [`${text} ${others[n]}`])),
    ].join(' · '),
  }));
  const width = innerWidth(chart.width);
  const plane = {
    id: chart.id,
    title: `${chart.title}, ${first}`,
    description: described(built),
    width,
    height: barsHeight(items.length),
    marks: bars(items, { width }),
  };
  return scrolling(built, plane);
}

function scorecard({ chart, groups, previous, currency }: BuiltChart): Html {
  const metric = chart.metrics[0]!;
  const now = groups[0]?.metrics[0] ?? null;
  return html`<section class="score" style="--columns:${chart.width}" aria-labelledby="${chart.id}">
<h2 id="${chart.id}">${chart.title}</h2>
<strong>${figureText(metric, now, currency)}</strong>
<p>${changeText(metric, now, previous?.[0] ?? null, currency)}</p>
</section>`;
}

const bodies = { columns: columnChart, lines: lineChart, bars: barChart, table: numbersTable };

/** A card with the chart's question, drawing and source; `height` of its row in pixels. */
export function chartCard(built: BuiltChart, height: number): Html {
  const { chart, days, groups } = built;
  if (chart.kind === 'scorecard') return scorecard(built);
  const heading = `${chart.id}-heading`;
  return html`<section class="card" style="--columns:${chart.width};--height:${height}px"
    aria-labelledby="${heading}">
<h2 id="${heading}">${chart.title}</h2>
<p class="lede">${chart.question}</p>
${groups.length ? bodies[chart.kind](built, height - WORDS) : quiet('No data.')}
<p class="source"><code>${chart.source}</code>${days ? `, ${daysText(days)}` : ''}</p>
</section>`;
}
