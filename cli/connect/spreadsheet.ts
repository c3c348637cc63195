/** The checks of a spreadsheet: reads, and one write that changes nothing. */
import type { sheets_v4 } from '@googleapis/sheets';
import { Fault } from '../../core/faults.ts';
import { INDEX_PAGE } from '../../core/pages/index-page.ts';
import { WEEK_PAGE } from '../../core/pages/week-page.ts';
import { type GoogleAccount, rootOf, SHEETS_HOST } from '../../platform/google/account.ts';
import { spreadsheetIdOf } from '../../platform/sheets/api.ts';
import { CELLS, refuseProtected } from '../../platform/sheets/obstacles.ts';
import { STATE_FIELDS, type State, stateOf } from '../../platform/sheets/state.ts';
import { marts } from '../../sql/views/marts/index.ts';
import { type Check, right, wrong } from './check.ts';
import { type Ask, type Google, refused } from './google.ts';

/** With fewer cells left than this, a publish of a growing house may soon not fit. */
const FEW_CELLS = 1_000_000;

/**
 * Deletes metadata under a key that is never used: refused to a viewer, and otherwise without
 * effect.
 */
const HARMLESS_WRITE = {
  requests: [
    {
      deleteDeveloperMetadata: {
        dataFilter: {
          developerMetadataLookup: { metadataKey: 'signalhouse_connect', visibility: 'DOCUMENT' },
        },
      },
    },
  ],
};

/** Addresses that people paste by mistake. */
const MISTAKEN: [RegExp, string][] = [
  [/\/document\/d\//, 'the address of a document, not of a spreadsheet'],
  [/\/presentation\/d\//, 'the address of a presentation, not of a spreadsheet'],
  [/\/forms\/d\//, 'the address of a form, not of a spreadsheet'],
  [/\/folders\//, 'the address of a folder in Drive'],
  [/\/d\/e\//, 'the address of a published copy, which is read-only'],
];

function addressCheck(given: string): Check | null {
  const fix = 'open the spreadsheet in a browser and set SHEETS_SPREADSHEET to its address';
  const mistaken = MISTAKEN.find(([pattern]) => pattern.test(given));
  if (mistaken) return wrong('spreadsheet', `SHEETS_SPREADSHEET is ${mistaken[1]}`, fix);
  if (!/^[\w-]{10,}$/.test(spreadsheetIdOf(given)))
    return wrong('spreadsheet', 'SHEETS_SPREADSHEET contains no spreadsheet id', fix);
  return null;
}

const titleOf = ({ properties }: { properties?: { title?: string | null } }): string =>
  properties?.title ?? '';

/** A fault whose message says what was found and, after a semicolon, what to do. */
function faultCheck(check: string, error: unknown): Check {
  if (!(error instanceof Fault)) throw error;
  const [found, ...fix] = error.message.split(/;\s*/);
  return wrong(check, found!, fix.join('; '));
}

function houseCheck(
  spreadsheet: sheets_v4.Schema$Spreadsheet,
  houseId: string,
): [Check, State | null] {
  try {
    const state = stateOf(spreadsheet, houseId);
    const since = state.stamp && new Date(state.stamp.as_of).toISOString();
    return [
      right('house', since ? `this house's, as of ${since}` : 'no house publishes here yet'),
      state,
    ];
  } catch (error) {
    return [faultCheck('house', error), null];
  }
}

/** Names that the house gives its tabs if they are free. */
const tabNames = (): Set<string> => {
  const carried = marts
    .filter(({ contract }) => contract.sheets !== 'none')
    .map(({ contract }) => contract.name);
  return new Set([WEEK_PAGE, INDEX_PAGE, ...carried].map((name) => name.toLowerCase()));
};

function namesCheck(spreadsheet: sheets_v4.Schema$Spreadsheet, state: State): Check {
  const ours = new Set([...state.tabs.values()].map(({ sheet_id }) => sheet_id));
  const wanted = tabNames();
  const taken = (spreadsheet.sheets ?? [])
    .filter(({ properties }) => !ours.has(properties?.sheetId ?? 0))
    .map(titleOf)
    .filter((title) => wanted.has(title.toLowerCase()));
  if (!taken.length) return right('tab names', 'free');
  return right(
    'tab names',
    `taken by tabs of your own: ${taken.join(', ')}`,
    'rename them to give the house these names; otherwise its tabs get others and yours stay',
  );
}

function protectionCheck(state: State, address: string): Check {
  try {
    for (const tab of state.tabs.values()) refuseProtected(tab, address);
    return right('protection', 'the account may edit its columns');
  } catch (error) {
    return faultCheck('protection', error);
  }
}

function roomCheck({ cells }: State): Check {
  const left = Math.max(0, CELLS - cells);
  const found = `${left.toLocaleString('en')} of ${CELLS.toLocaleString('en')} cells left`;
  const fix = 'delete empty rows, columns and unused tabs, or use another spreadsheet';
  return left > 0 ? right('room', found, left < FEW_CELLS ? fix : null) : wrong('room', found, fix);
}

async function writableCheck(ask: Ask, url: string): Promise<Check> {
  const { refusal } = await ask('POST', `${url}:batchUpdate`, HARMLESS_WRITE);
  // A viewer is refused before the request itself is validated.
  if (!refusal || refusal.kind === 'refused') return right('writable', 'the account may edit it');
  return refused('writable', refusal);
}

/**
 * In order, up to the first failed check that the next ones depend on. `spreadsheet` is an id or an
 * address.
 */
export async function spreadsheetChecks(
  { ask, address }: Google,
  account: GoogleAccount,
  spreadsheet: string,
  houseId: string,
): Promise<Check[]> {
  const mistaken = addressCheck(spreadsheet);
  if (mistaken) return [mistaken];
  const url = `${rootOf(account, SHEETS_HOST)}/v4/spreadsheets/${spreadsheetIdOf(spreadsheet)}`;
  const fields = `properties.title,${STATE_FIELDS}`;
  const answer = await ask<sheets_v4.Schema$Spreadsheet>(
    'GET',
    `${url}?fields=${encodeURIComponent(fields)}`,
  );
  if (answer.refusal) return [refused('spreadsheet', answer.refusal)];
  const found = answer.data;
  const tabs = found.sheets?.length ?? 0;
  const [house, state] = houseCheck(found, houseId);
  return [
    right('spreadsheet', `“${titleOf(found)}”, ${tabs} ${tabs === 1 ? 'tab' : 'tabs'}`),
    await writableCheck(ask, url),
    house,
    ...(state ? [namesCheck(found, state), protectionCheck(state, address), roomCheck(state)] : []),
  ];
}
