/** Tables with every column type, for the destinations' contract tests. */
import { checksumOf } from '../../platform/checksum.ts';
import type { RunStamp, Table } from '../../platform/destination.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Column, Contract } from '../../sql/contract.ts';

const column = (name: string, type: Column['type']): Column => ({
  name,
  type,
  description: `The ${name}.`,
});

export const everyType: Contract = {
  name: 'every_type',
  kind: 'mart',
  answers: 'Does every type survive?',
  grain: ['offer'],
  columns: [
    column('offer', 'string'),
    column('leads', 'integer'),
    column('share', 'rate'),
    column('minutes', 'number'),
    column('revenue', 'money'),
    column('currency', 'string'),
    column('day', 'date'),
    column('first_at', 'timestamp'),
    column('below_threshold', 'boolean'),
  ],
  sheets: 'all',
};

export const tiny: Contract = {
  name: 'tiny',
  kind: 'mart',
  answers: 'Does a small table survive?',
  grain: ['word'],
  columns: [column('word', 'string')],
  sheets: 'all',
};

export const rowsOfEveryType: Cell[][] = [
  [
    '=IMPORTXML("https://example.org","//a")',
    3,
    0.1,
    12.5,
    1250,
    'USD',
    '2026-01-02',
    1_767_312_000_123,
    1,
  ],
  ["'quoted", -4, 1 / 3, 0, -5, 'JPY', '2025-12-31', 1, 0],
  ['a,b "c"\nd', null, null, null, 1001, 'KWD', null, null, null],
  ['+1 and more', 0, 1, 1e-7, 0, 'EUR', '2026-06-30', 1_767_312_000_000, 0],
];

export const run = (as_of: number, overrides: Partial<RunStamp> = {}): RunStamp => ({
  house_id: 'acme',
  is_sample: true,
  run_id: `run${as_of}`,
  attempt: 1,
  as_of,
  rules_version: 'rules1',
  ...overrides,
});

/** A table as the night would hand it over. */
export const table = (contract: Contract, rows: Cell[][], loadId: string): Table => ({
  contract,
  load_id: `${contract.name}_${loadId}`,
  row_count: rows.length,
  checksum: checksumOf(rows),
  data_through: null,
  async *pages() {
    yield rows;
  },
});
