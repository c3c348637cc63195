/**
 * The destination `sheets` against Google's double, strict: typed, idempotent, and nothing of the
 * reader's touched.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../platform/destination.ts';
import { googleClient } from '../../platform/google/account.ts';
import { sheetsDestination } from '../../platform/sheets/destination.ts';
import type { Cell } from '../../sql/cell.ts';
import {
  type GoogleSandbox,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from './tables.ts';

type Tab = {
  properties: { sheetId: number; title: string };
  cells: Record<string, { type: string; value: unknown }>;
  formulas: unknown[];
};
type Spreadsheet = { tabs: Tab[] };

const cellRequest = (
  sheetId: number,
  rowIndex: number,
  columnIndex: number,
  userEnteredValue: object,
) => ({
  updateCells: {
    start: { sheetId, rowIndex, columnIndex },
    rows: [{ values: [{ userEnteredValue }] }],
    fields: 'userEnteredValue',
  },
});

const MONDAY = Date.UTC(2026, 5, 1);

describe.skipIf(!sandboxIsHere)(`sheets${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`, () => {
  let google: GoogleSandbox;
  let id: string;
  const place = (spreadsheet = id) =>
    sheetsDestination({ key_json: google.keyJson, api_root: google.root }, spreadsheet);
  const writes = async (after: number) =>
    (await google.journal(after)).filter(
      ({ method, path }) => method !== 'GET' && !path.endsWith('/token'),
    );
  const tabOf = async (title: string) =>
    (await google.control<Spreadsheet>('GET', `/__sheets/${id}`)).tabs.find(
      (tab) => tab.properties.title === title,
    )!;
  /** What a person does in the spreadsheet. */
  const asReader = (requests: object[]) =>
    googleClient(
      { key_json: google.keyJson, api_root: google.root },
      'https://www.googleapis.com/auth/spreadsheets',
    ).request({
      url: `${google.root}/v4/spreadsheets/${id}:batchUpdate`,
      method: 'POST',
      data: { requests },
    });
  const mark = async () => (await google.journal()).at(-1)?.n ?? 0;
  const first = (): Table[] => [
    table(everyType, rowsOfEveryType, '1'),
    table(tiny, [['one'], ['two']], '1'),
  ];

  beforeAll(async () => {
    google = await startGoogleSandbox();
    ({ spreadsheetId: id } = await google.control<{ spreadsheetId: string }>(
      'POST',
      '/__spreadsheets',
      {
        title: 'House',
        tabs: [{ sheetId: 7, title: 'Mine' }],
      },
    ));
  });
  afterAll(() => google?.close());

  it('publishes in one typed batch and reads back what it wrote', async () => {
    const tables = first();
    const written = await place().publish(run(MONDAY), tables);
    expect(written.map(({ rows, checksum }) => ({ rows, checksum }))).toEqual(
      tables.map(({ row_count, checksum }) => ({ rows: row_count, checksum })),
    );
    expect(await writes(0)).toHaveLength(1);
  });

  it('writes nothing for the same run', async () => {
    const before = await mark();
    await place(`https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`).publish(
      run(MONDAY),
      first(),
    );
    expect(await writes(before)).toEqual([]);
  });

  it('keeps a formula-like text as text, and says whose sample data it is', async () => {
    const { tabs } = await google.control<Spreadsheet>('GET', `/__sheets/${id}`);
    expect(tabs.map(({ properties }) => properties.title).slice(0, 4)).toEqual([
      'Week',
      'Index',
      'every_type',
      'tiny',
    ]);
    expect(tabs[0]!.cells.A3!.value).toContain('Sample data');
    const tab = tabs.find(({ properties }) => properties.title === 'every_type')!;
    expect(tab.formulas).toEqual([]);
    expect(tab.cells.D2).toMatchObject({
      type: 'string',
      value: '=IMPORTXML("https://example.org","//a")',
    });
    expect(tab.cells.J2).toMatchObject({ type: 'number', value: 46024 });
    expect(tab.cells.L2).toMatchObject({ type: 'bool', value: true });
  });

  it('leaves a reader’s tab and column alone while its own tables change size', async () => {
    const sheetId = (await tabOf('tiny')).properties.sheetId;
    await asReader([
      { appendDimension: { sheetId, dimension: 'COLUMNS', length: 1 } },
      cellRequest(sheetId, 1, 4, { formulaValue: '=LEN(D2)' }),
      cellRequest(7, 0, 0, { stringValue: 'my notes' }),
    ]);
    const grown = {
      ...tiny,
      columns: [...tiny.columns, { name: 'size', type: 'integer' as const, description: '' }],
    };
    const later = (rows: Cell[][], loadId: string) => [
      table(everyType, rowsOfEveryType.slice(0, 2), loadId),
      table(grown, rows, loadId),
    ];
    const many: Cell[][] = Array.from({ length: 40 }, (_, i) => [`word ${i}`, i]);
    await place().publish(run(MONDAY + 1), later(many, '2'));
    await place().publish(run(MONDAY + 2), later(many.slice(0, 3), '3'));
    const tab = await tabOf('tiny');
    expect(tab.cells.E1).toMatchObject({ value: 'size' });
    expect(tab.cells.F2).toMatchObject({ type: 'formula' });
    expect(tab.cells.D5?.value ?? null).toBeNull();
    expect((await tabOf('every_type')).cells.D4?.value ?? null).toBeNull();
    expect((await tabOf('Mine')).cells.A1).toMatchObject({ value: 'my notes' });
  });

  it('refuses another house, and keeps what it found', async () => {
    const before = await mark();
    await expect(
      place().publish(run(MONDAY, { house_id: 'other' }), first()),
    ).rejects.toMatchObject({
      code: 'other_house',
    });
    expect(await writes(before)).toEqual([]);
  });

  it('cuts a large table into calls below the advised size', async () => {
    const before = await mark();
    const rows: Cell[][] = Array.from({ length: 2_000 }, (_, i) => [`${i} ${'x'.repeat(1_200)}`]);
    const large = { ...tiny, name: 'large' };
    const [written] = await place().publish(run(MONDAY + 3), [table(large, rows, '4')]);
    expect(written).toMatchObject({ rows: 2_000 });
    const calls = await writes(before);
    expect(calls.length).toBeGreaterThan(1);
    expect(Math.max(...calls.map(({ bytesIn }) => bytesIn))).toBeLessThan(2_000_000);
  });

  it('has sent only what the published schemas allow', async () => {
    const refused = (await google.journal()).filter(
      ({ status, errors, warnings }) => status !== 200 || errors.length || warnings.length,
    );
    expect(refused).toEqual([]);
  });
});
