/**
 * The `Week` page: title, sentences, the seven headline lines, the others below a quiet heading.
 */
import type { Page, PageCell, PageStyle } from './page.ts';
import { type StaleNote, staleRows } from './stale.ts';
import { noteOf, type WeekLine, type WeekReport } from './week.ts';

export const WEEK_PAGE = 'Week';

type WeekColumn = {
  head: string;
  width: number;
  align: 'left' | 'right';
  text: (line: WeekLine) => string;
  number?: (line: WeekLine) => number | null;
  style: PageStyle;
};

/** A column of figures, to the right. */
const figures = (
  head: string,
  name: keyof WeekLine['numbers'],
  width: number,
  style: PageStyle = 'muted',
): WeekColumn => ({
  head,
  width,
  align: 'right',
  text: (line) => line[name],
  number: ({ numbers }) => numbers[name],
  style,
});

/**
 * The columns of every table of the week: what is read first stands first; what a figure is made of
 * stands last.
 */
export const weekColumns: WeekColumn[] = [
  { head: 'Line', width: 25, align: 'left', text: (line) => line.line, style: 'label' },
  figures('Value', 'value', 28, 'figure'),
  figures('Last week', 'last_week', 18),
  figures('Change', 'change', 13),
  { head: 'Flag', width: 27, align: 'left', text: (line) => line.flag, style: 'muted' },
  figures('Target', 'target', 9),
  figures('So far this week', 'so_far', 18),
  { head: 'Twelve weeks', width: 18, align: 'left', text: (line) => line.spark, style: 'spark' },
  { head: 'Counted', width: 40, align: 'left', text: (line) => line.counted, style: 'muted' },
  {
    head: '95 % interval',
    width: 14,
    align: 'left',
    text: (line) => line.interval,
    style: 'muted',
  },
];

const flagStyle = (line: WeekLine): PageStyle =>
  line.tone === 'good' ? 'good' : line.tone === 'warning' ? 'warning' : 'muted';

const row = (line: WeekLine, isHeadline: boolean): (PageCell | null)[] =>
  weekColumns.map(({ head, text, number, style }) => {
    const said = text(line);
    if (!said) return null;
    if (head === 'Flag') return { text: said, style: flagStyle(line) };
    const figure = number?.(line) ?? undefined;
    return {
      text: said,
      style: style === 'figure' && !isHeadline ? 'strong' : style,
      ...(figure === undefined ? {} : { number: figure }),
    };
  });

const heads = (): PageCell[] => weekColumns.map(({ head }) => ({ text: head, style: 'heading' }));
const line = (text: string, style: PageStyle): PageCell[] => [{ text, style }];

/** `stale` where the destination keeps showing an earlier night. */
export function weekPage(report: WeekReport, stale?: StaleNote): Page {
  const { headlines, others } = report;
  return {
    name: WEEK_PAGE,
    columns: weekColumns.map(({ width, align }) => ({ width, align })),
    rows: [
      ...staleRows(stale),
      line(report.title, 'title'),
      line(noteOf(report), 'note'),
      [],
      ...report.sentences.map((sentence) => line(sentence, 'sentence')),
      ...(report.sentences.length ? [[]] : []),
      ...(headlines.length ? [heads(), ...headlines.map((each) => row(each, true))] : []),
      ...(others.length
        ? [[], line('More of the week', 'note'), ...others.map((each) => row(each, false))]
        : []),
    ],
    frozen_rows: 0,
  };
}
