/**
 * Nights to publish: tables that grow and shrink from night to night, every row naming its night.
 */
import { mondayOf, weeksBefore } from '../../core/display/dates.ts';
import { DAY } from '../../core/durations.ts';
import type { RunStamp, Table } from '../../platform/destination.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Column, Contract } from '../../sql/contract.ts';
import { weeklySummary } from '../../sql/views/marts/week/weekly_summary.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from '../contract/tables.ts';

export type Night = { run: RunStamp; tables: Table[]; rows: Map<string, Cell[][]> };
/**
 * `words` and `wide`: rows of the two tables that differ in size; `only`: names of the
 * tables, all by default; `call_bytes` and `piece_bytes`: what Sheets and BigQuery are sent at
 * once.
 */
export type Size = {
  words: number;
  wide: number;
  only?: string[];
  call_bytes?: number;
  piece_bytes?: number;
};

const FIRST = Date.UTC(2026, 5, 1, 12);

/** A few rows: everything fits in one call. */
export const SMALL: Size = { words: 12, wide: 5 };
/** As few tables as can be of different ages. */
export const PAIR: Size = { words: 4, wide: 0, only: ['every_type', 'tiny'] };
/** Uploaded to BigQuery in several pieces, of the least that it takes. */
export const PIECES: Size = { words: 4, wide: 1_100, only: ['tiny', 'wide'], piece_bytes: 1 };
/** So little at once that part of it has to be staged, in several pieces. */
export const STAGED: Size = { words: 12, wide: 160, call_bytes: 24_000 };
/** Staged because it is more than Google takes at once. */
export const LARGE: Size = { words: 40, wide: 7_000 };

const text = (name: string): Column => ({ name, type: 'string', description: `The ${name}.` });
const WIDE_TEXTS = 9;

export const wide: Contract = {
  name: 'wide',
  kind: 'mart',
  answers: 'Does a large table survive?',
  grain: ['position'],
  columns: [
    { name: 'position', type: 'integer', description: 'Place of the row.' },
    ...Array.from({ length: WIDE_TEXTS }, (_, i) => text(`text_${i + 1}`)),
  ],
  sheets: 'all',
};

const YEAR_START = '2025-12-29';
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
const isoWeek = (monday: string): string => {
  const weeks = Math.round((Date.parse(monday) - Date.parse(YEAR_START)) / (7 * DAY));
  return `2026-W${String(1 + weeks).padStart(2, '0')}`;
};

/** The running week and two complete ones, of two lines, whose figures are the night's own. */
function weekRows(number: number, asOf: number): Cell[][] {
  return [0, 1, 2].flatMap((weeksAgo) => {
    const week_start = weeksBefore(mondayOf(dayOf(asOf)), weeksAgo);
    const shared = {
      week: isoWeek(week_start),
      week_start,
      state: weeksAgo === 0 ? 'so far' : 'complete',
    };
    const sent = 100 + number - weeksAgo;
    const lines: Record<string, Cell>[] = [
      { ...shared, position: 1, line: 'Emails Sent', unit: 'count', value: sent, numerator: sent },
      {
        ...shared,
        position: 2,
        line: 'Email Open Rate',
        unit: 'rate',
        value: 0.25,
        numerator: 25,
        denominator: 100,
      },
    ];
    return lines.map((line) =>
      weeklySummary.contract.columns.map(({ name }): Cell => line[name] ?? null),
    );
  });
}

/** Rows below and above the size, in turn, so that tables shrink and grow. */
const swing = (size: number, night: number): number =>
  Math.max(1, Math.round(size * (1 + ((night % 3) - 1) / 4)));

/** From this night on `tiny` has one column more; no test that is not about that comes so far. */
export const GROWN = 10_000;
const grownTiny: Contract = {
  ...tiny,
  columns: [...tiny.columns, { name: 'size', type: 'integer', description: 'The size.' }],
};

/** The nth night: a day after the one before; the same number gives the same night. */
export function night(number: number, size: Size): Night {
  const as_of = FIRST + number * DAY;
  const name = `night ${number}`;
  const filler = 'x'.repeat(size.wide > 100 ? 12 : 2);
  const words = Array.from({ length: swing(size.words, number) }, (_, i) => `${name} word ${i}`);
  const all: [Contract, Cell[][]][] = [
    [weeklySummary.contract, weekRows(number, as_of)],
    [
      everyType,
      rowsOfEveryType.slice(0, 1 + (number % 4)).map((row) => [row[0]!, number, ...row.slice(2)]),
    ],
    number < GROWN
      ? [tiny, words.map((word) => [word])]
      : [grownTiny, words.map((word, i) => [word, i])],
    [
      wide,
      Array.from({ length: swing(size.wide, number + 1) }, (_, i): Cell[] => [
        i,
        ...Array.from({ length: WIDE_TEXTS }, (_, j) => `${name} ${filler} ${i + j}`),
      ]),
    ],
  ];
  const rows = all.filter(([contract]) => size.only?.includes(contract.name) ?? true);
  return {
    run: run(as_of, { run_id: `run-of-night-${number}` }),
    tables: rows.map(([contract, cells]) => inPages(table(contract, cells, `${number}`), cells)),
    rows: new Map(rows.map(([contract, cells]) => [contract.name, cells])),
  };
}

/** What readers see of a night that is marked stale. */
export const staleName = ({ run }: Night): string => `${run.run_id}, stale`;

const PAGE = 2_000;

/** Pages of bounded size, as the night hands them over. */
const inPages = (whole: Table, rows: Cell[][]): Table => ({
  ...whole,
  async *pages() {
    for (let from = 0; from < rows.length; from += PAGE) yield rows.slice(from, from + PAGE);
  },
});
