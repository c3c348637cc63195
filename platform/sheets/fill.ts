/** Rows of all tables on their way: typed into the one batch while it has room, the rest staged. No table is ever held whole. */
import { runColumns } from '../../sql/contract.ts';
import type { Table } from '../destination.ts';
import type { Spreadsheet } from './api.ts';
import { cellsOf, listText, rowText } from './cells.ts';
import { type Copy, copyRequest, Stage } from './stage.ts';
import type { Fence, State } from './state.ts';

export type FillOptions = {
  house_id: string;
  /** Room for rows in the batch that goes live. */
  room: number;
  call_bytes: number;
  /** SheetIds by mart. */
  sheet_ids: Map<string, number>;
};

/** `requests` are finished JSON texts that write every row below the headers; `staged` is the fence in which some of them lie. */
export type Filled = { requests: string[]; staged: Fence | null };

/** A request of typed rows, without the rows. */
const AROUND = (sheetId: number, rowIndex: number): [string, string] => [
  `{"updateCells":{"start":{"sheetId":${sheetId},"rowIndex":${rowIndex},"columnIndex":${runColumns.length}},"rows":[`,
  '],"fields":"userEnteredValue"}}',
];
const COPY_BYTES = 400;

const cellsIn = ({ row_count, contract }: Table): number => row_count * contract.columns.length;

/** Small tables first, so that few are staged. */
export async function fill(place: Spreadsheet, state: State, tables: Table[], options: FillOptions): Promise<Filled> {
  const requests: string[] = [];
  const copies: Copy[] = [];
  let room = options.room;
  let stage: Stage | null = null;
  const waiting = [...tables].sort((a, b) => cellsIn(a) - cellsIn(b));
  for (let table = waiting.shift(); table; table = waiting.shift()) {
    const { contract } = table;
    const sheet_id = options.sheet_ids.get(contract.name)!;
    const columns = contract.columns.length;
    const cells = cellsOf(contract);
    const [before, after] = AROUND(sheet_id, 1);
    const typed: string[] = [];
    room -= before.length + after.length + COPY_BYTES;
    let copy: Copy | null = null;
    let rows = 0;
    for await (const page of table.pages()) {
      let next = 0;
      while (!stage && next < page.length) {
        const text = rowText(cells.values(page[next]!));
        const bytes = Buffer.byteLength(text) + 1;
        if (bytes > room) {
          const left = [table, ...waiting];
          stage = await Stage.open(place, state, {
            ...{ house_id: options.house_id, call_bytes: options.call_bytes },
            rows: left.reduce((sum, { row_count }) => sum + row_count, 0) - rows - next,
            columns: Math.max(...left.map((each) => each.contract.columns.length)),
          });
          break;
        }
        typed.push(text);
        room -= bytes;
        next += 1;
      }
      if (stage && next < page.length) {
        copy ??= {
          sheet_id,
          from_row: stage.rows,
          rows: 0,
          to_row: 1 + rows + next,
          to_column: runColumns.length,
          columns,
        };
        copy.rows += page.length - next;
        await stage.add(page.slice(next).map(cells.values));
      }
      rows += page.length;
    }
    if (rows !== table.row_count)
      throw new Error(`${contract.name} was to have ${table.row_count} rows and gave ${rows}`);
    if (typed.length > 0) requests.push(listText(before, typed, after));
    if (copy) copies.push(copy);
  }
  await stage?.flush();
  const fence = stage?.fence;
  if (fence !== undefined) requests.push(...copies.map((copy) => JSON.stringify(copyRequest(fence, copy))));
  return { requests, staged: fence ?? null };
}
