/**
 * Stages rows that do not fit in the batch that goes live in a new hidden fence, from which the
 * batch copies them.
 */
import type { sheets_v4 } from '@googleapis/sheets';
import { Fault } from '../../core/faults.ts';
import { runColumns } from '../../sql/contract.ts';
import type { Spreadsheet } from './api.ts';
import { listText, rangeOf, type Value } from './cells.ts';
import { commit, fenceTitle, hasFence, nextFence, overtaken, replaceFence } from './fence.ts';
import { refuseFull } from './obstacles.ts';
import { type Fence, type State, stateOf } from './state.ts';

type Request = sheets_v4.Schema$Request;

export type StageOptions = { house_id: string; rows: number; columns: number; call_bytes: number };

const OPEN = '{"values":[';
const CLOSE = ']}';
/** Rows that are serialised together. */
const SLICE = 500;

export class Stage {
  readonly fence: Fence;
  readonly #place: Spreadsheet;
  readonly #options: StageOptions;
  #chunk: string[] = [];
  #bytes = 0;
  #chunkRows = 0;
  #sentRows = 0;
  /** Mean bytes per row so far; decides the size of slices. */
  #rowBytes = 200;

  private constructor(place: Spreadsheet, fence: Fence, options: StageOptions) {
    this.#place = place;
    this.fence = fence;
    this.#options = options;
  }

  /**
   * Replaces the fence by one with room for `rows`. Throws `overtaken` if another publish replaced
   * it first.
   */
  static async open(place: Spreadsheet, state: State, options: StageOptions): Promise<Stage> {
    const { house_id, rows, columns } = options;
    refuseFull(state, rows * columns);
    const fence = nextFence(state);
    const requests = replaceFence(state, fence, house_id, { rowCount: rows, columnCount: columns });
    await commit(place, house_id, state, fence, JSON.stringify({ requests }));
    return new Stage(place, fence, options);
  }

  /** Rows added so far; also the index of the next one in the fence, from 0. */
  get rows(): number {
    return this.#sentRows + this.#chunkRows;
  }

  async add(rows: Value[][]): Promise<void> {
    for (let from = 0; from < rows.length; ) {
      const room = Math.floor(
        (this.#options.call_bytes - OPEN.length - CLOSE.length - this.#bytes) / this.#rowBytes,
      );
      const size = Math.max(1, Math.min(SLICE, room, rows.length - from));
      const text = JSON.stringify(rows.slice(from, from + size)).slice(1, -1);
      const bytes = Buffer.byteLength(text) + 1;
      this.#rowBytes = Math.ceil(bytes / size);
      const isOver = this.#bytes + bytes + OPEN.length + CLOSE.length > this.#options.call_bytes;
      if (isOver && (size > 1 || this.#chunkRows > 0)) {
        // A smaller slice may still fit; a single row that does not starts the next call.
        if (size === 1) await this.flush();
        continue;
      }
      this.#chunk.push(text);
      this.#bytes += bytes;
      this.#chunkRows += size;
      from += size;
    }
  }

  /** Sends what is left. */
  async flush(): Promise<void> {
    if (this.#chunkRows === 0) return;
    const { columns, house_id } = this.#options;
    const range = rangeOf(fenceTitle(this.fence.sheet_id), this.#sentRows + 1, this.rows, columns);
    const body = listText(OPEN, CLOSE, this.#chunk);
    this.#sentRows += this.#chunkRows;
    this.#chunk = [];
    this.#bytes = 0;
    this.#chunkRows = 0;
    try {
      await this.#place.put(range, body);
    } catch (error) {
      if (!(error instanceof Fault) || error.details?.status !== 400) throw error;
      const now = stateOf(await this.#place.state(), house_id);
      throw hasFence(now, this.fence) ? error : overtaken();
    }
  }
}

/** Rows of the fence that belong on a tab, to the right of the run columns; rows count from 0. */
export type Copy = {
  sheet_id: number;
  from_row: number;
  rows: number;
  to_row: number;
  columns: number;
};

/** Values only: formats, notes and validation of the tab stay. */
export const copyRequest = (fence: Fence, copy: Copy): Request => ({
  copyPaste: {
    source: {
      sheetId: fence.sheet_id,
      startRowIndex: copy.from_row,
      endRowIndex: copy.from_row + copy.rows,
      startColumnIndex: 0,
      endColumnIndex: copy.columns,
    },
    destination: {
      sheetId: copy.sheet_id,
      startRowIndex: copy.to_row,
      endRowIndex: copy.to_row + copy.rows,
      startColumnIndex: runColumns.length,
      endColumnIndex: runColumns.length + copy.columns,
    },
    pasteType: 'PASTE_VALUES',
  },
});
