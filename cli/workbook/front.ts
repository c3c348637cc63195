/** The two sheets that a reader sees first: the last complete week, and an index of the others. */
import type { CellValue, WriteSheet } from 'hucre';
import type { Cell } from '../../platform/destination.ts';
import type { Manifest } from '../../platform/files/manifest.ts';

export type Row = Record<string, Cell>;

const TITLE = { font: { bold: true, size: 16 } };
const NOTE = { font: { italic: true, color: { rgb: '6B6B6B' } } };
const HEAD = {
  font: { bold: true },
  fill: { type: 'pattern' as const, pattern: 'solid' as const, fgColor: { rgb: 'E8EEF7' } },
};

const FORMAT_OF_UNIT: Record<string, string> = { count: '#,##0', rate: '0.0%', money: '#,##0.00', minutes: '0.0' };

const trueFor = (manifest: Manifest): string =>
  `${manifest.is_sample ? 'Sample data. ' : ''}True for ${new Date(manifest.as_of).toISOString().slice(0, 16).replace('T', ' ')} UTC.`;

const cellsOf = (rows: CellValue[][], styles: [number, object][]) =>
  new Map(
    styles.flatMap(([row, style]) => (rows[row] ?? []).map((value, column) => [`${row},${column}`, { value, style }])),
  );

/** The last ISO week that had ended at `as_of`: the greatest one that has no line marked as running. */
export function lastCompleteWeek(rows: Row[], asOf: number): Row[] {
  const WEEK_MS = 7 * 86_400_000;
  const ended = rows.filter((row) => row.week_start && Date.parse(`${row.week_start}T00:00:00Z`) + WEEK_MS <= asOf);
  const latest = ended
    .map((row) => String(row.week_start))
    .sort()
    .at(-1);
  return ended.filter((row) => row.week_start === latest).sort((a, b) => Number(a.position) - Number(b.position));
}

/** The week as a person reads it, one line each, with last week beside it. */
export function weekSheet(lines: Row[], manifest: Manifest): WriteSheet {
  const rows: CellValue[][] = [
    [lines[0] ? `The week of ${lines[0].week_start}` : 'No complete week yet'],
    [trueFor(manifest)],
    [],
    ['Line', 'Value', 'Last week', 'Change', 'Flag', 'Sentence'],
    ...lines.map((row): CellValue[] => [
      row.line ?? null,
      row.value_text ?? row.value ?? null,
      row.previous ?? null,
      row.change ?? null,
      row.flag ?? null,
      row.sentence ?? null,
    ]),
  ];
  const cells = cellsOf(rows, [
    [0, TITLE],
    [1, NOTE],
    [3, HEAD],
  ]);
  lines.forEach((row, i) => {
    const numFmt = FORMAT_OF_UNIT[String(row.unit)];
    for (const column of [1, 2, 3])
      if (numFmt && typeof rows[i + 4]![column] === 'number')
        cells.set(`${i + 4},${column}`, { value: rows[i + 4]![column]!, style: { numFmt } as object });
  });
  return {
    name: 'Week',
    columns: [30, 16, 16, 14, 14, 90].map((width) => ({ width })),
    rows,
    cells,
    freezePane: { rows: 4 },
  };
}

/** What each sheet answers, and how many rows it has. */
export function indexSheet(manifest: Manifest): WriteSheet {
  const rows: CellValue[][] = [
    ['What is in this workbook'],
    [trueFor(manifest)],
    [],
    ['Sheet', 'Rows', 'What it answers'],
    ...manifest.marts.map(({ name, rows: count, answers }): CellValue[] => [name, count, answers]),
  ];
  const cells = cellsOf(rows, [
    [0, TITLE],
    [1, NOTE],
    [3, HEAD],
  ]);
  return { name: 'Index', columns: [30, 12, 110].map((width) => ({ width })), rows, cells, freezePane: { rows: 4 } };
}
