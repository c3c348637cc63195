/** The destination `sheets`: one spreadsheet of the reader's, in which the house touches its own tabs only. */
import { sheets, type sheets_v4 } from '@googleapis/sheets';
import { publishedColumns } from '../cells.ts';
import { type Destination, type RunStamp, rowsOf, type Table, type Written } from '../destination.ts';
import { type GoogleAccount, googleClient } from '../google/account.ts';
import { googleFault } from '../google/faults.ts';
import { aboutColumns, aboutRows } from './about.ts';
import { intoCalls, writeCells } from './batches.ts';
import { toRows } from './cells.ts';
import { readBack } from './read-back.ts';
import { ABOUT, holdsRun, STAMP_KEY, STATE_FIELDS, type Stamp, type State, stampOf, stateOf } from './state.ts';
import { prepareTab } from './tab.ts';

type Request = sheets_v4.Schema$Request;

/** The id within a spreadsheet's address, or the id itself. */
export const spreadsheetIdOf = (idOrUrl: string): string => /\/d\/([\w-]+)/.exec(idOrUrl)?.[1] ?? idOrUrl;

function stampRequest(state: State, stamp: Stamp): Request {
  const metadataValue = JSON.stringify(stamp);
  if (state.stamp_id === null)
    return {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataKey: STAMP_KEY,
          metadataValue,
          visibility: 'DOCUMENT',
          location: { spreadsheet: true },
        },
      },
    };
  return {
    updateDeveloperMetadata: {
      dataFilters: [{ developerMetadataLookup: { metadataId: state.stamp_id } }],
      developerMetadata: { metadataValue },
      fields: 'metadataValue',
    },
  };
}

/** Everything that brings the spreadsheet to this run; the stamp stands last. */
async function requestsFor(state: State, run: RunStamp, tables: Table[], stamp: Stamp): Promise<Request[]> {
  const house_id = run.house_id;
  const about = aboutRows(run, tables);
  const first = prepareTab(state, { mart: ABOUT, house_id, columns: aboutColumns, rows: about.length, first: true });
  const requests = [...first.requests, ...writeCells(first.tab, about)];
  for (const table of tables) {
    const rows = toRows(table.contract, await rowsOf(table), run);
    // One row below the header, so that a table without rows keeps its frozen header.
    const wanted = { columns: publishedColumns(table.contract), rows: Math.max(2, rows.length) };
    const { tab, requests: made } = prepareTab(state, { mart: table.contract.name, house_id, ...wanted });
    requests.push(...made, ...writeCells(tab, rows));
  }
  return [...requests, stampRequest(state, stamp)];
}

const asSourceHas = (tables: Table[], written: Written[]): boolean =>
  tables.every((table, i) => written[i]!.checksum === table.checksum && written[i]!.rows === table.row_count);

/** Publishes into the spreadsheet that was shared with the service account; `spreadsheet` is its id or address. */
export function sheetsDestination(account: GoogleAccount, spreadsheet: string): Destination {
  const spreadsheetId = spreadsheetIdOf(spreadsheet);
  const auth = googleClient(account, 'https://www.googleapis.com/auth/spreadsheets');
  const rootUrl = account.api_root ? `${account.api_root.replace(/\/$/, '')}/` : undefined;
  const api = sheets({ version: 'v4', auth: auth as never, ...(rootUrl ? { rootUrl } : {}) });

  async function publish(run: RunStamp, tables: Table[]): Promise<Written[]> {
    const read = async (): Promise<State> =>
      stateOf((await api.spreadsheets.get({ spreadsheetId, fields: STATE_FIELDS })).data, run.house_id);
    const state = await read();
    const stamp = stampOf(run, tables);
    if (holdsRun(state, stamp)) {
      const there = await readBack(api, spreadsheetId, state, tables);
      if (asSourceHas(tables, there)) return there;
    }
    for (const requests of intoCalls(await requestsFor(state, run, tables, stamp)))
      await api.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } });
    return readBack(api, spreadsheetId, await read(), tables);
  }

  return {
    name: 'sheets',
    carries: (contract) => contract.sheets !== 'none',
    condition: (contract) => (typeof contract.sheets === 'object' ? contract.sheets.where : undefined),
    publish: (run, tables) =>
      publish(run, tables).catch((error) => {
        throw googleFault(error, 'the spreadsheet');
      }),
  };
}
