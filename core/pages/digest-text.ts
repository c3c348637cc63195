/** The weekly mail as plain text, for a reader who wants no HTML: 72 columns. */
import { CLOSING, noteOf, soFarOf } from './digest.ts';
import { type StaleNote, staleRows } from './stale.ts';
import type { WeekLine, WeekReport } from './week.ts';

const COLUMNS = 72;

/** Lines of at most 72 columns, broken at spaces; those after the first begin with `indent`. */
function wrapped(text: string, indent = ''): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line.trim() && line.length + 1 + word.length > COLUMNS) lines.push(indent + word);
    else lines[lines.length - 1] = line.trim() ? `${line} ${word}` : line + word;
  }
  return lines.join('\n');
}

type Column = { align: 'left' | 'right'; text: (line: WeekLine) => string };

const columns: Column[] = [
  { align: 'left', text: (line) => line.line },
  { align: 'right', text: (line) => line.value },
  { align: 'right', text: (line) => line.last_week },
  { align: 'right', text: (line) => line.change },
  { align: 'left', text: (line) => line.flag },
];
const heads = ['', 'This week', 'Last week', 'Change', 'Flag'];

/** The lines of both tables under the same columns. */
function tableOf(lines: WeekLine[]): (line: string[]) => string {
  const widths = columns.map(({ text }, i) => Math.max(heads[i]!.length, ...lines.map((line) => text(line).length)));
  return (cells) =>
    cells
      .map((cell, i) => (columns[i]!.align === 'right' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
}

export function digestText(report: WeekReport, stale?: StaleNote): string {
  const { headlines, others, sentences } = report;
  const figures = headlines.slice(0, -1);
  const target = headlines.at(-1);
  const row = tableOf([...figures, ...others]);
  const cells = (line: WeekLine) => row(columns.map(({ text }) => text(line)));
  const blocks = [
    staleRows(stale).flatMap(([cell]) => (cell ? wrapped(cell.text) : [])),
    [wrapped(report.title), wrapped(noteOf(report))],
    sentences.map((sentence) => wrapped(`- ${sentence}`, '  ')),
    target ? [row(heads), ...figures.map(cells)] : [],
    target ? [wrapped(`${target.line}: ${target.value}.`), wrapped(soFarOf(report))] : [],
    others.map(cells),
    [wrapped(CLOSING)],
  ];
  return `${blocks
    .map((block) => block.filter(Boolean).join('\n'))
    .filter(Boolean)
    .join('\n\n')}\n`;
}
