/** A spreadsheet in Google's double that people work in, and the house publishes into. */
import type { RunStamp, Table, Written } from '../../platform/destination.ts';
import { googleClient, SHEETS_SCOPE } from '../../platform/google/account.ts';
import type { SheetsOptions } from '../../platform/sheets/api.ts';
import { sheetsDestination } from '../../platform/sheets/destination.ts';
import type { GoogleSandbox } from './google-sandbox.ts';

export type SheetCell = {
  type: string;
  value: unknown;
  userEnteredFormat?: {
    textFormat?: { bold?: boolean; link?: { uri: string } };
    numberFormat?: { type: string; pattern: string };
  };
};
export type SheetTab = {
  properties: {
    sheetId: number;
    title: string;
    hidden?: boolean;
    index: number;
    gridProperties: {
      rowCount: number;
      columnCount: number;
      frozenRowCount?: number;
      hideGridlines?: boolean;
    };
  };
  cells: Record<string, SheetCell>;
  formulas: { cell: string; formula: string }[];
  basicFilter?: object;
  filterViews: object[];
  charts: object[];
  bandedRanges: { bandedRangeId: number; range: { endColumnIndex: number } }[];
  protectedRanges: {
    protectedRangeId: number;
    warningOnly?: boolean;
    range: { endColumnIndex: number };
  }[];
  recorded: {
    kind: string;
    request: { properties: { hiddenByUser?: boolean; pixelSize?: number } };
  }[];
};
type Given = { access?: 'writer' | 'reader' | 'none'; tabs?: object[] };
type Entry = {
  method: string;
  path: string;
  status: number | null;
  bytesIn: number;
  errors: string[];
  warnings: string[];
};

/** A person's tab, which is there before the house comes. */
export const MINE = { sheetId: 7, title: 'Mine' };

export class SharedSpreadsheet {
  readonly id: string;
  readonly #google: GoogleSandbox;

  private constructor(google: GoogleSandbox, id: string) {
    this.#google = google;
    this.id = id;
  }

  static async make(google: GoogleSandbox, given: Given = {}): Promise<SharedSpreadsheet> {
    const body = { title: 'House', tabs: [MINE], ...given };
    const { spreadsheetId } = await google.control<{ spreadsheetId: string }>(
      'POST',
      '/__spreadsheets',
      body,
    );
    return new SharedSpreadsheet(google, spreadsheetId);
  }

  get account() {
    return { key_json: this.#google.keyJson, api_root: this.#google.root };
  }

  /** No pause is waited for. */
  place(options: SheetsOptions = {}) {
    return sheetsDestination(this.account, this.id, { sleep: async () => {}, ...options });
  }

  publish(run: RunStamp, tables: Table[], options?: SheetsOptions): Promise<Written[]> {
    return this.place(options).publish(run, tables);
  }

  /** What a person does in the spreadsheet. */
  async person(...requests: object[]): Promise<void> {
    await googleClient(this.account, SHEETS_SCOPE).request({
      url: `${this.#google.root}/v4/spreadsheets/${this.id}:batchUpdate`,
      method: 'POST',
      data: { requests },
    });
  }

  async tabs(): Promise<SheetTab[]> {
    return (await this.#google.control<{ tabs: SheetTab[] }>('GET', `/__sheets/${this.id}`)).tabs;
  }

  async tab(title: string): Promise<SheetTab> {
    const found = (await this.tabs()).find(({ properties }) => properties.title === title);
    if (!found) throw new Error(`no tab ${title}`);
    return found;
  }

  async sheetId(title: string): Promise<number> {
    return (await this.tab(title)).properties.sheetId;
  }

  /** Requests of a publish since `after` that write; a sign-in is none. */
  async writes(after: number): Promise<Entry[]> {
    const entries = await this.#google.journal(after);
    return entries.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token'));
  }

  /** The journal's end, for `writes`. */
  async now(): Promise<number> {
    return (await this.#google.journal()).at(-1)?.n ?? 0;
  }
}

/** A cell that a person types; a text that begins with = is a formula. */
export const typing = (
  sheetId: number,
  row: number,
  column: number,
  value: string | number,
): object => ({
  updateCells: {
    start: { sheetId, rowIndex: row, columnIndex: column },
    rows: [
      {
        values: [
          {
            userEnteredValue:
              typeof value === 'number'
                ? { numberValue: value }
                : value.startsWith('=')
                  ? { formulaValue: value }
                  : { stringValue: value },
          },
        ],
      },
    ],
    fields: 'userEnteredValue',
  },
});

/** Values of a tab's column below the header, blank cells left out. */
export function columnOf(tab: SheetTab, letter: string): unknown[] {
  return Object.entries(tab.cells)
    .filter(
      ([address, { type }]) =>
        new RegExp(`^${letter}\\d+$`).test(address) && address !== `${letter}1` && type !== 'empty',
    )
    .map(([, { value }]) => value);
}
