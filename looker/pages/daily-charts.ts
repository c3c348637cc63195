/**
 * Two charts on `daily` that every page uses: a figure of the last complete week, and the same
 * figure per week.
 */
import { type Chart, chartsOn, type Format, type Measure } from '../report.ts';
import type { SummableOf } from '../sources.ts';

type Figure = {
  id: string;
  title: string;
  question: string;
  measure: Measure<SummableOf<'daily'>>;
  format: Format;
  width: number;
};

const onDaily = chartsOn('daily');

/** Last week's figure, compared with the week before. */
export const lastWeek = ({ measure, format, ...words }: Figure): Chart =>
  onDaily({
    ...words,
    kind: 'scorecard',
    range: 'last_week',
    date: 'day',
    dimensions: [],
    metrics: [{ name: words.title, format, ...measure }],
    compare: 'previous_period',
  });

/** One column for each week of the date control. */
export const perWeek = ({ measure, format, ...words }: Figure): Chart =>
  onDaily({
    ...words,
    title: `${words.title} per week`,
    kind: 'columns',
    range: 'control',
    date: 'day',
    dimensions: [{ field: 'day', name: 'Week', by: 'week' }],
    metrics: [{ name: words.title, format, ...measure }],
  });
