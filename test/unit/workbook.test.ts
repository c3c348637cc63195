/** The workbook, built from files as a night leaves them and opened again by a reader. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatValue } from 'hucre';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, describe, expect, it } from 'vitest';
import { buildWorkbook } from '../../cli/workbook/workbook.ts';
import { numberFormat } from '../../core/pages/number-format.ts';
import { weekReport } from '../../core/pages/week.ts';
import { weekPage } from '../../core/pages/week-page.ts';
import { csvHeader, csvLines } from '../../platform/files/csv.ts';
import type { Manifest, PublishedMart } from '../../platform/files/manifest.ts';
import type { Cell } from '../../sql/cell.ts';
import { type Contract, runColumns } from '../../sql/contract.ts';
import { weeklySummary } from '../../sql/views/marts/week/weekly_summary.ts';
import { formulaPayloads } from '../formula-payloads.ts';
import { weekRows } from './week-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalhouse-workbook-'));
afterAll(() => rmSync(folder, { recursive: true }));

const daily: Contract = {
  name: 'daily',
  kind: 'mart',
  answers: 'What happened each day.',
  grain: ['day'],
  columns: (['day:date', 'offer:string', 'revenue:money', 'currency:string'] as const).map(
    (column) => {
      const [name, type] = column.split(':') as [string, 'date' | 'string' | 'money'];
      return { name, type, description: name };
    },
  ),
  sheets: 'all',
};

const as_of = Date.UTC(2026, 10, 21, 9, 30);
const house = { house_id: 'h', is_sample: true, run_id: 'r1', as_of, rules_version: 'v' };

/** Writes the files of a night that published `tables`, builds the workbook and opens it. */
async function workbookOf(tables: [Contract, Cell[][]][], stale?: Manifest['stale']) {
  const marts = tables.map(([contract, rows]): PublishedMart => {
    const text = csvHeader(contract) + csvLines(contract, { ...house, attempt: 1 })(rows);
    writeFileSync(join(folder, `${contract.name}.csv`), text);
    const { name, kind, answers } = contract;
    const columns = [...runColumns, ...contract.columns];
    const file = { bytes: text.length, sha256: 'unread' };
    const written = { rows: rows.length, checksum: 'c', load_id: 'l', data_through: null };
    return { name, kind, answers, columns, ...written, files: { csv: file, parquet: file } };
  });
  return readXlsx(await buildWorkbook(folder, { ...house, marts, stale }), { readStyles: true });
}

type Book = Awaited<ReturnType<typeof workbookOf>>;
const textOf = (sheet: Book['sheets'][number]): string =>
  sheet.rows.map((row) => row.join(' | ')).join('\n');
const formulasOf = (book: Book) =>
  book.sheets.flatMap((sheet) =>
    [...(sheet.cells?.values() ?? [])].filter((cell) => 'formula' in cell && cell.formula),
  );

const week = (): [Contract, Cell[][]] => [
  weeklySummary.contract,
  weekRows().map((row) =>
    weeklySummary.contract.columns.map(({ name }) => (row as Record<string, Cell>)[name] ?? null),
  ),
];

describe('the workbook', () => {
  it('begins with the week and an index that links to one real table per mart', async () => {
    const book = await workbookOf([week(), [daily, [['2026-11-14', 'Trial', 1250, 'USD']]]]);
    expect(book.sheets.map((sheet) => sheet.name)).toEqual([
      'Week',
      'Index',
      'weekly_summary',
      'daily',
    ]);
    const [front, index, , table] = book.sheets;
    expect(textOf(front!)).toContain('The week of 9–15 November 2026');
    for (const page of [front!, index!]) expect(textOf(page)).toContain('Sample data');
    expect(textOf(index!)).toContain(
      'daily | What happened each day. | 1 | 21 Nov 2026, 09:30 UTC',
    );
    const links = [...index!.cells!.values()].flatMap((cell) => cell.hyperlink?.location ?? []);
    expect(links).toEqual(["'Week'!A1", "'weekly_summary'!A1", "'daily'!A1"]);
    expect(table!.rows[1]!.slice(4)).toEqual(['Trial', 12.5, 'USD']);
    expect(table!.tables).toHaveLength(1);
  });

  it('shows money in its currency’s decimals, days as days, and frozen headers', async () => {
    const rows: Cell[][] = [
      ['2026-11-14', 'Trial', 1250, 'USD'],
      ['2026-11-15', 'Trial', 45_000, 'JPY'],
      ['2026-11-16', 'Trial', 1_500, 'KWD'],
    ];
    const [, , table] = (await workbookOf([[daily, rows]])).sheets;
    const cell = (x: number, y: number) => table!.cells!.get(`${y},${x}`)!;
    const money = [1, 2, 3].map((y) => {
      const { value, style } = cell(5, y);
      return formatValue(value, style!.numFmt!);
    });
    expect(money).toEqual(['12.50', '45,000', '1.500']);
    expect(table!.rows[1]![3]).toEqual(new Date('2026-11-14T00:00:00Z'));
    expect(table!.freezePane).toEqual({ rows: 1, columns: 4 });
    expect(table!.pageSetup).toMatchObject({
      orientation: 'landscape',
      paperSize: 'a4',
      fitToWidth: 1,
      printTitlesRow: '$1:$1',
      printTitlesColumn: '$D:$D',
    });
  });

  it('has the figures of its week as numbers that read as the page says them', async () => {
    const { sheets } = await workbookOf([week()]);
    const page = weekPage(weekReport(weekRows(), house));
    const figures = page.rows.flatMap((row, y) =>
      row.flatMap((cell, x) => (cell?.number === undefined ? [] : [{ ...cell, key: `${y},${x}` }])),
    );
    expect(figures.length).toBeGreaterThan(40);
    for (const { key, text, number } of figures) {
      const { value, type, style } = sheets[0]!.cells!.get(key)!;
      expect({ type, value, numFmt: style!.numFmt }).toEqual({
        type: 'number',
        value: number,
        numFmt: numberFormat(text),
      });
    }
  });

  it('has no tab for a table too large for a spreadsheet, and says where it is', async () => {
    const many = Array.from({ length: 200_000 }, (): Cell[] => ['2026-11-14', 'Trial', 1, 'USD']);
    const book = await workbookOf([week(), [daily, many]]);
    expect(book.sheets.map((sheet) => sheet.name)).toEqual(['Week', 'Index', 'weekly_summary']);
    expect(textOf(book.sheets[1]!)).toContain(
      'daily | What happened each day. Too large for a workbook: see daily.csv. | 200,000 |',
    );
    const links = [...book.sheets[1]!.cells!.values()].flatMap(
      (cell) => cell.hyperlink?.location ?? [],
    );
    expect(links).toEqual(["'Week'!A1", "'weekly_summary'!A1"]);
  });

  it('has columns wide enough for every text that stands beside another', async () => {
    const book = await workbookOf([week()]);
    for (const sheet of book.sheets.slice(0, 2))
      for (const row of sheet.rows.filter((cells) => cells.filter(Boolean).length > 1))
        row.forEach((cell, x) => {
          expect(String(cell ?? '').length, String(cell)).toBeLessThan(sheet.columns![x]!.width!);
        });
  });

  it('says at the top of both pages that it is stale', async () => {
    const stale = { since: as_of, reason: 'a check failed' };
    const { sheets } = await workbookOf([week()], stale);
    for (const page of sheets.slice(0, 2))
      expect(page.rows[0]![0]).toBe('Stale since 21 Nov 2026, 09:30 UTC: a check failed');
  });

  it('opens for a house without facts', async () => {
    const { sheets } = await workbookOf([[weeklySummary.contract, []]]);
    expect(textOf(sheets[0]!)).toContain('No week has any facts yet');
  });

  it('holds 300 formula payloads as the texts they are (V12)', async () => {
    expect(formulaPayloads).toHaveLength(300);
    const book = await workbookOf([
      [daily, formulaPayloads.map((payload) => ['2026-11-14', payload, 0, 'USD'])],
      [
        weeklySummary.contract,
        weekRows(formulaPayloads).map((row) =>
          weeklySummary.contract.columns.map(
            ({ name }) => (row as Record<string, Cell>)[name] ?? null,
          ),
        ),
      ],
    ]);
    expect(formulasOf(book)).toEqual([]);
    const read = book.sheets[2]!.rows.slice(1).map((row) => row[4]);
    expect(read).toEqual(formulaPayloads);
  });
});
