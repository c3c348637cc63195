/** Cell writes as requests, and requests as calls below the size that Google advises. */
import type { sheets_v4 } from '@googleapis/sheets';
import type { Tab } from './state.ts';

type Request = sheets_v4.Schema$Request;

/** Google advises 2 MB a call. Requests are small, so that packing them whole leaves little of a call unused. */
const CALL_BYTES = 1_900_000;
const REQUEST_BYTES = 100_000;

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

/**
 * `rows` from the top left of a tab, in requests of bounded size; cells of ours below the last row are cleared, cells to
 * the right of ours are outside the range.
 */
export function writeCells(tab: Tab, rows: sheets_v4.Schema$RowData[]): Request[] {
  const requests: Request[] = [];
  const write = (from: number, to: number, end: number): void => {
    requests.push({
      updateCells: {
        range: {
          sheetId: tab.sheet_id,
          startRowIndex: from,
          endRowIndex: end,
          startColumnIndex: 0,
          endColumnIndex: tab.columns,
        },
        rows: rows.slice(from, to),
        fields: 'userEnteredValue',
      },
    });
  };
  let from = 0;
  let bytes = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const size = sizeOf(rows[i]);
    if (bytes + size > REQUEST_BYTES && i > from) {
      write(from, i, i);
      from = i;
      bytes = 0;
    }
    bytes += size;
  }
  write(from, rows.length, tab.row_count);
  return requests;
}

/** Requests in order, in as few calls as their sizes allow: one where everything fits. */
export function intoCalls(requests: Request[]): Request[][] {
  const calls: Request[][] = [[]];
  let bytes = 0;
  for (const request of requests) {
    const size = sizeOf(request);
    if (bytes + size > CALL_BYTES && calls.at(-1)!.length > 0) {
      calls.push([]);
      bytes = 0;
    }
    calls.at(-1)!.push(request);
    bytes += size;
  }
  return calls;
}
