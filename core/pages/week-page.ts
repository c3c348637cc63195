/** The `Week` page: title, sentences, the seven headline lines, the others below a quiet heading. */
import type { Page, PageCell, PageStyle } from './page.ts';
import { type StaleNote, staleRows } from './stale.ts';
import { noteOf, type WeekLine, type WeekReport } from './week.ts';

export const WEEK_PAGE = 'Week';

type WeekColumn = {
  head: string;
  width: number;
  align: 'left' | 'right';
  text: (line: WeekLine) => string;
  style: PageStyle;
};

/** The columns of every table of the week: what is read first stands first; what a figure is made of stands last. */
export const weekColumns: WeekColumn[] = [
  { head: 'Line', width: 25, align: 'left', text: (line) => line.line, style: 'label' },
  { head: 'Value', width: 28, align: 'right', text: (line) => line.value, style: 'figure' },
  { head: 'Last week', width: 18, align: 'right', text: (line) => line.last_week, style: 'muted' },
  { head: 'Change', width: 13, align: 'right', text: (line) => line.change, style: 'muted' },
  { head: 'Flag', width: 14, align: 'left', text: (line) => line.flag, style: 'muted' },
  { head: 'Target', width: 9, align: 'right', text: (line) => line.target, style: 'muted' },
  {
    head: 'So far this week',
    width: 18,
    align: 'right',
    text: (line) => line.so_far,
    style: 'muted',
  },
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
  weekColumns.map(({ head, text, style }) => {
    const said = text(line);
    if (!said) return null;
    if (head === 'Flag') return { text: said, style: flagStyle(line) };
    return { text: said, style: style === 'figure' && !isHeadline ? 'strong' : style };
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
