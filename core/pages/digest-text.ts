/** The weekly mail as plain text, for a reader who wants no HTML: 72 columns. */
import { wrapped as wrappedAt } from '../display/wrapped.ts';
import { CLOSING, soFarOf } from './digest.ts';
import { type StaleNote, staleRows } from './stale.ts';
import { noteOf, type WeekLine, type WeekReport } from './week.ts';

const COLUMNS = 72;

const wrapped = (text: string, indent?: string): string => wrappedAt(text, indent, COLUMNS);

type Column = { head: string; align: 'left' | 'right'; text: (line: WeekLine) => string };

const columns: Column[] = [
  { head: '', align: 'left', text: (line) => line.line },
  { head: 'This week', align: 'right', text: (line) => line.value },
  { head: 'Last week', align: 'right', text: (line) => line.last_week },
  { head: 'Change', align: 'right', text: (line) => line.change },
  { head: 'Flag', align: 'left', text: (line) => line.flag },
];
const GAP = '  ';

/**
 * Head first. Without last week's figures where all columns together are too wide: the change says
 * as much.
 */
function tableOf(lines: WeekLine[], shown = columns): string[] {
  const widths = shown.map(({ head, text }) =>
    Math.max(head.length, ...lines.map((line) => text(line).length)),
  );
  const row = (cells: string[]) =>
    cells
      .map((cell, i) =>
        shown[i]!.align === 'right' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!),
      )
      .join(GAP)
      .trimEnd();
  const rows = [
    row(shown.map(({ head }) => head)),
    ...lines.map((line) => row(shown.map(({ text }) => text(line)))),
  ];
  const isTooWide = rows.some((text) => text.length > COLUMNS) && shown === columns;
  return isTooWide
    ? tableOf(
        lines,
        columns.filter(({ head }) => head !== 'Last week'),
      )
    : rows;
}

export function digestText(report: WeekReport, stale?: StaleNote): string {
  const { headlines, others, sentences } = report;
  const figures = headlines.slice(0, -1);
  const target = headlines.at(-1);
  const rows = tableOf([...figures, ...others]);
  const blocks = [
    staleRows(stale).flatMap(([cell]) => (cell ? wrapped(cell.text) : [])),
    [wrapped(report.title), wrapped(noteOf(report))],
    sentences.map((sentence) => wrapped(`- ${sentence}`, '  ')),
    target ? rows.slice(0, figures.length + 1) : [],
    target ? [wrapped(`${target.line}: ${target.value}.`), wrapped(soFarOf(report))] : [],
    rows.slice(figures.length + 1),
    [wrapped(CLOSING)],
  ];
  return `${blocks
    .map((block) => block.filter(Boolean).join('\n'))
    .filter(Boolean)
    .join('\n\n')}\n`;
}
