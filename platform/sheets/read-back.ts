/** Reads the house's tabs back and says what they hold. */
import type { sheets_v4 } from '@googleapis/sheets';
import { publishedColumns } from '../cells.ts';
import { checksumOf } from '../checksum.ts';
import type { Cell, Table, Written } from '../destination.ts';
import { fromValues } from './cells.ts';
import type { State, Tab } from './state.ts';

/** Cells that one `values.batchGet` may ask for. */
const CALL_CELLS = 200_000;

type Part = { table: Table; range: string; cells: number };

/** The name of a column counted from 1: 1 is A, 27 is AA. */
export const columnName = (n: number): string =>
  n <= 26 ? String.fromCharCode(64 + n) : columnName(Math.floor((n - 1) / 26)) + columnName(((n - 1) % 26) + 1);

/** A tab's cells below the header, to the end of the grid, so that a row left behind would show. */
function partsOf(table: Table, tab: Tab): Part[] {
  const width = publishedColumns(table.contract).length;
  const title = `'${tab.title.replaceAll("'", "''")}'`;
  const step = Math.max(1, Math.floor(CALL_CELLS / width));
  const parts: Part[] = [];
  for (let from = 2; from <= tab.row_count; from += step) {
    const to = Math.min(tab.row_count, from + step - 1);
    parts.push({ table, range: `${title}!A${from}:${columnName(width)}${to}`, cells: (to - from + 1) * width });
  }
  return parts;
}

function intoReads(parts: Part[]): Part[][] {
  const reads: Part[][] = [];
  let cells = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    if (cells + part.cells > CALL_CELLS) {
      reads.push([]);
      cells = 0;
    }
    reads.at(-1)!.push(part);
    cells += part.cells;
  }
  return reads;
}

/** Rows and checksums as the spreadsheet gives them back. */
export async function readBack(
  api: sheets_v4.Sheets,
  spreadsheetId: string,
  state: State,
  tables: Table[],
): Promise<Written[]> {
  const found = new Map<string, Cell[][]>(tables.map(({ contract }) => [contract.name, []]));
  for (const read of intoReads(tables.flatMap((table) => partsOf(table, state.tabs.get(table.contract.name)!)))) {
    const { data } = await api.spreadsheets.values.batchGet({
      spreadsheetId,
      ranges: read.map((part) => part.range),
      valueRenderOption: 'UNFORMATTED_VALUE',
      dateTimeRenderOption: 'SERIAL_NUMBER',
    });
    read.forEach(({ table }, i) => {
      const rows = found.get(table.contract.name)!;
      for (const row of fromValues(table.contract, data.valueRanges?.[i]?.values ?? [])) rows.push(row);
    });
  }
  return tables.map(({ contract, load_id }) => {
    const rows = found.get(contract.name)!;
    const tab = { spreadsheet: spreadsheetId, sheet_id: state.tabs.get(contract.name)!.sheet_id };
    return { mart: contract.name, load_id, rows: rows.length, checksum: checksumOf(rows), tab };
  });
}
