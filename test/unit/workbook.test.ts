/** The workbook, built from files as a night leaves them and opened again by a reader. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, expect, it } from 'vitest';
import { writeWorkbook } from '../../cli/workbook/workbook.ts';
import type { Manifest } from '../../platform/files/manifest.ts';
import { type Column, runColumns } from '../../sql/contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalhouse-workbook-'));
afterAll(() => rmSync(folder, { recursive: true }));

const column = (name: string, type: Column['type']): Column => ({ name, type, description: name });
const own = [
  column('day', 'date'),
  column('offer', 'string'),
  column('revenue', 'money'),
  column('currency', 'string'),
];
const manifest: Manifest = {
  house_id: 'h',
  is_sample: true,
  run_id: 'r1',
  as_of: Date.UTC(2026, 10, 21),
  rules_version: 'v',
  marts: [
    {
      name: 'daily',
      kind: 'mart',
      rows: 1,
      checksum: 'c',
      load_id: 'l',
      data_through: null,
      columns: [...runColumns, ...own],
      answers: 'What happened each day.',
      files: { csv: { bytes: 0, sha256: '' }, parquet: { bytes: 0, sha256: '' } },
    },
  ],
};

it('has the week, an index and one real table per mart, and holds a formula as text', async () => {
  const line = "2026-11-21T00:00:00.000Z,r1,4,2026-11-14,'=1+1,12.50,USD";
  writeFileSync(join(folder, 'daily.csv'), `as_of,run_id,schema_version,day,offer,revenue,currency\r\n${line}\r\n`);
  const path = join(folder, 'book.xlsx');
  await writeWorkbook(folder, manifest, path);
  const book = await readXlsx(readFileSync(path));
  expect(book.sheets.map((sheet) => sheet.name)).toEqual(['Week', 'Index', 'daily']);
  const [week, index, daily] = book.sheets;
  for (const front of [week!, index!]) expect(String(front.rows[1]![0])).toContain('Sample data');
  expect(index!.rows[4]).toEqual(['daily', 1, 'What happened each day.']);
  expect(daily!.rows[1]!.slice(4)).toEqual(['=1+1', 12.5, 'USD']);
  expect(daily!.tables).toHaveLength(1);
  const formulas = [...(daily!.cells?.values() ?? [])].filter((cell) => 'formula' in cell && cell.formula);
  expect(formulas).toEqual([]);
});
