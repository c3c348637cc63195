/**
 * Tables as typed Parquet: days DATE, instants TIMESTAMP (ms), money DECIMAL(18,4), counts INT64,
 * rates DOUBLE, flags BOOLEAN.
 */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { DAY } from '../../core/durations.ts';
import type { Cell } from '../../sql/cell.ts';
import type { Column, Contract } from '../../sql/contract.ts';
import { digitsReader, publishedColumns, runCells } from '../cells.ts';
import type { RunStamp } from '../destination.ts';

/**
 * Fixed for every currency (the largest minor unit of ISO 4217 has four places), since a column is
 * never retyped (R11).
 */
const MONEY_SCALE = 4;
/** Rows of a row group, which is all that is in memory. */
const GROUP_ROWS = 10_000;

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

function elementOf({ name, type }: Column): Element {
  const base = { name, repetition_type: 'OPTIONAL' as const };
  if (type === 'date') return { ...base, type: 'INT32', converted_type: 'DATE' };
  if (type === 'timestamp') return { ...base, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
  if (type === 'money')
    return { ...base, type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: MONEY_SCALE };
  if (type === 'integer') return { ...base, type: 'INT64' };
  if (type === 'boolean') return { ...base, type: 'BOOLEAN' };
  if (type === 'number' || type === 'rate') return { ...base, type: 'DOUBLE' };
  return { ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
}

function physical(type: Column['type'], cell: Cell, digitsOfRow: () => number): unknown {
  if (cell === null) return null;
  if (type === 'date') return Date.parse(`${cell}T00:00:00Z`) / DAY;
  if (type === 'timestamp' || type === 'integer') return BigInt(cell);
  if (type === 'money') return BigInt(cell) * 10n ** BigInt(MONEY_SCALE - digitsOfRow());
  if (type === 'boolean') return Boolean(cell);
  return cell;
}

/**
 * Numbers hardly repeat, so they get no dictionary; engines skip row groups by days and instants
 * only.
 */
const encodingOf = (type: Column['type']) => ({
  ...(['timestamp', 'money', 'integer', 'number', 'rate'].includes(type)
    ? { encoding: 'PLAIN' as const }
    : {}),
  statistics: type === 'date' || type === 'timestamp',
});

/**
 * Writes one table as a Parquet file, run columns first; `send` receives the bytes of the file in
 * order.
 */
export class TableParquet {
  readonly #columns: Column[];
  readonly #stamp: Cell[];
  readonly #digitsOf: (row: Cell[]) => number;
  readonly #send: (bytes: Uint8Array) => Promise<void>;
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  #rows: Cell[][] = [];

  constructor(contract: Contract, run: RunStamp, send: (bytes: Uint8Array) => Promise<void>) {
    this.#columns = publishedColumns(contract);
    this.#stamp = runCells(run, contract);
    this.#digitsOf = digitsReader(contract);
    this.#send = send;
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [
        { name: 'root', num_children: this.#columns.length },
        ...this.#columns.map(elementOf),
      ],
      kvMetadata: [
        { key: 'signalhouse.answers', value: contract.answers },
        { key: 'signalhouse.run_id', value: run.run_id },
      ],
    });
  }

  async add(rows: Cell[][]): Promise<void> {
    for (const row of rows) this.#rows.push(row);
    if (this.#rows.length >= GROUP_ROWS) await this.#group();
  }

  async finish(): Promise<void> {
    if (this.#rows.length > 0) await this.#group();
    this.#writer.finish();
    await this.#flush();
  }

  async #group(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    const own = this.#stamp.length;
    await this.#writer.write({
      columnData: this.#columns.map(({ name, type }, i) => ({
        name,
        ...encodingOf(type),
        data: rows.map((row) =>
          physical(type, i < own ? this.#stamp[i]! : row[i - own]!, () => this.#digitsOf(row)),
        ),
      })) as never,
      rowGroupSize: rows.length,
    });
    await this.#flush();
  }

  /** Only the buffer is emptied; the writer's own offset keeps counting. */
  async #flush(): Promise<void> {
    await this.#send(this.#bytes.getBytes());
    this.#bytes.index = 0;
  }
}
