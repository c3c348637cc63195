/**
 * Writes the rows of all tables: typed cells in the batch while it has room, the rest staged. No
 * table is ever in memory as a whole.
 */

import type { Cell } from '../../sql/cell.ts';
import { runColumns } from '../../sql/contract.ts';
import type { Table } from '../destination.ts';
import type { Spreadsheet } from './api.ts';
import { type Cells, cellsOf, listText, rowText } from './cells.ts';
import { type Copy, copyRequest, Stage } from './stage.ts';
import type { Fence, State } from './state.ts';

export type FillOptions = {
  house_id: string;
  /** Room for rows in the batch, in bytes. */
  room: number;
  call_bytes: number;
  /** SheetIds by mart. */
  sheet_ids: Map<string, number>;
};

/**
 * `requests` are finished JSON texts that write every row below the headers; `staged` is the fence
 * that holds some of the rows.
 */
export type Filled = { requests: string[]; staged: Fence | null };

/** The text of a request before and after its typed rows. */
const around = (sheetId: number): [string, string] => [
  `{"updateCells":{"start":{"sheetId":${sheetId},"rowIndex":1,` +
    `"columnIndex":${runColumns.length}},"rows":[`,
  '],"fields":"userEnteredValue"}}',
];
/** The most bytes that the requests around a table's rows take. */
const AROUND_BYTES = 600;

const cellsIn = ({ row_count, contract }: Table): number => row_count * contract.columns.length;

class Filling {
  readonly #place: Spreadsheet;
  readonly #state: State;
  readonly #options: FillOptions;
  readonly #waiting: Table[];
  readonly #requests: string[] = [];
  readonly #copies: Copy[] = [];
  #room: number;
  #stage: Stage | null = null;

  constructor(place: Spreadsheet, state: State, tables: Table[], options: FillOptions) {
    this.#place = place;
    this.#state = state;
    this.#options = options;
    this.#room = options.room;
    // Small tables first, so that few are staged.
    this.#waiting = [...tables].sort((a, b) => cellsIn(a) - cellsIn(b));
  }

  async run(): Promise<Filled> {
    for (let table = this.#waiting.shift(); table; table = this.#waiting.shift())
      await this.#take(table);
    if (!this.#stage) return { requests: this.#requests, staged: null };
    await this.#stage.flush();
    const { fence } = this.#stage;
    const copied = this.#copies.map((copy) => JSON.stringify(copyRequest(fence, copy)));
    return { requests: [...this.#requests, ...copied], staged: fence };
  }

  async #take(table: Table): Promise<void> {
    const { contract, row_count } = table;
    const sheetId = this.#options.sheet_ids.get(contract.name)!;
    const cells = cellsOf(contract);
    const typed: string[] = [];
    this.#room -= AROUND_BYTES;
    let copy: Copy | null = null;
    let rows = 0;
    for await (const page of table.pages()) {
      const fitting = this.#stage ? 0 : this.#type(page, cells, typed);
      if (fitting < page.length) {
        const from = rows + fitting;
        this.#stage ??= await this.#openStage(table, from);
        copy ??= {
          sheet_id: sheetId,
          from_row: this.#stage.rows,
          rows: 0,
          to_row: 1 + from,
          columns: contract.columns.length,
        };
        copy.rows += page.length - fitting;
        await this.#stage.add(page.slice(fitting).map(cells.values));
      }
      rows += page.length;
    }
    if (rows !== row_count)
      throw new Error(`${contract.name} was to have ${row_count} rows and gave ${rows}`);
    if (typed.length > 0) this.#requests.push(listText(...around(sheetId), typed));
    if (copy) this.#copies.push(copy);
  }

  /** Types rows while there is room; returns how many fitted. */
  #type(page: Cell[][], cells: Cells, typed: string[]): number {
    for (let i = 0; i < page.length; i += 1) {
      const text = rowText(cells.values(page[i]!));
      const bytes = Buffer.byteLength(text) + 1;
      if (bytes > this.#room) return i;
      this.#room -= bytes;
      typed.push(text);
    }
    return page.length;
  }

  /** Opens a stage with room for the rest of `table` and for all tables after it. */
  #openStage(table: Table, taken: number): Promise<Stage> {
    const left = [table, ...this.#waiting];
    return Stage.open(this.#place, this.#state, {
      house_id: this.#options.house_id,
      call_bytes: this.#options.call_bytes,
      rows: left.reduce((sum, { row_count }) => sum + row_count, 0) - taken,
      columns: Math.max(...left.map(({ contract }) => contract.columns.length)),
    });
  }
}

/**
 * Reads each table once. Throws `overtaken` if another publish went live while rows were staged.
 */
export const fill = (
  place: Spreadsheet,
  state: State,
  tables: Table[],
  options: FillOptions,
): Promise<Filled> => new Filling(place, state, tables, options).run();
