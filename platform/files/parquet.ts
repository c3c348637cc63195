/** Tables as typed Parquet: days DATE, instants TIMESTAMP (ms), money DECIMAL(18,4), counts INT64, rates DOUBLE, flags BOOLEAN. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Column, Contract } from '../../sql/contract.ts';
import { digitsReader, publishedColumns, runCells } from '../cells.ts';
import type { Cell, RunStamp } from '../destination.ts';

/** Fixed for every currency (the largest minor unit of ISO 4217 has four places), since a column is never retyped (R11). */
const MONEY_SCALE = 4;

type Element = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number];

function elementOf({ name, type }: Column): Element {
  const base = { name, repetition_type: 'OPTIONAL' as const };
  if (type === 'date') return { ...base, type: 'INT32', converted_type: 'DATE' };
  if (type === 'timestamp') return { ...base, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
  if (type === 'money') return { ...base, type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: MONEY_SCALE };
  if (type === 'integer') return { ...base, type: 'INT64' };
  if (type === 'boolean') return { ...base, type: 'BOOLEAN' };
  if (type === 'number' || type === 'rate') return { ...base, type: 'DOUBLE' };
  return { ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
}

function physical({ type }: Column, cell: Cell, digitsOfRow: () => number): unknown {
  if (cell === null) return null;
  if (type === 'date') return new Date(`${cell}T00:00:00Z`);
  if (type === 'timestamp') return new Date(Number(cell));
  if (type === 'money') return BigInt(cell) * 10n ** BigInt(MONEY_SCALE - digitsOfRow());
  if (type === 'integer') return BigInt(cell);
  if (type === 'boolean') return Boolean(cell);
  return cell;
}

/** The whole table as one Parquet file, run columns first. */
export function toParquet(contract: Contract, rows: Cell[][], run: RunStamp): ArrayBuffer {
  const columns = publishedColumns(contract);
  const stamp = runCells(run, contract);
  const digitsOf = digitsReader(contract);
  return parquetWriteBuffer({
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)],
    columnData: columns.map((column, i) => ({
      name: column.name,
      data: rows.map((row) =>
        physical(column, i < stamp.length ? stamp[i]! : row[i - stamp.length]!, () => digitsOf(row)),
      ) as never,
    })),
    kvMetadata: [
      { key: 'signalhouse.answers', value: contract.answers },
      { key: 'signalhouse.run_id', value: run.run_id },
    ],
  });
}
