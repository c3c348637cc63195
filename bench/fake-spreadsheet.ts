/**
 * A spreadsheet in the memory of a bench: learns one publish cell by cell, then answers each
 * further one as it did that.
 */

type Value = { stringValue?: string; numberValue?: number; boolValue?: boolean };
type Cell = { userEnteredValue?: Value };
type Range = {
  sheetId?: number;
  startRowIndex?: number;
  endRowIndex?: number;
  startColumnIndex?: number;
  endColumnIndex?: number;
};
type Request = {
  addSheet?: {
    properties: { sheetId: number; title: string; gridProperties: { rowCount: number } };
  };
  deleteSheet?: { sheetId: number };
  createDeveloperMetadata?: { developerMetadata: Metadata };
  updateDeveloperMetadata?: {
    dataFilters: { developerMetadataLookup: { metadataId: number } }[];
    developerMetadata: { metadataValue: string };
  };
  updateCells?: {
    range?: Range;
    start?: { sheetId: number; rowIndex: number; columnIndex: number };
    rows?: { values?: Cell[] }[];
  };
  repeatCell?: { range: Range; cell: Cell };
  copyPaste?: { source: Range; destination: Range; pasteType: string };
};
type Metadata = {
  metadataId?: number;
  metadataKey: string;
  metadataValue: string;
  location: { sheetId?: number; spreadsheet?: true };
};
type Tab = { sheetId: number; title: string; rowCount: number; rows: unknown[][] };

/** What is told of each body sent, and of each answer that carries rows. */
export type OnBody = (bytes: number) => void;

/** Id and token of the fence that a batch adds, as they stand in its text and in the state's. */
const FENCE = /"title":"signalhouse fence (\d+)".*token\\":\\"([\w-]+)/;
const shown = ({ userEnteredValue: value }: Cell) =>
  value?.stringValue ?? value?.numberValue ?? value?.boolValue ?? '';

const earlier = (stamp: string): string =>
  JSON.stringify({ ...(JSON.parse(stamp) as object), run_id: 'an earlier run' });

export class FakeSpreadsheet {
  /** Bodies that carried rows, of all publishes until settled. */
  readonly carrying: string[] = [];
  onBody: OnBody = () => {};
  readonly #tabs = new Map<number, Tab>();
  readonly #metadata: Metadata[] = [];
  /** Answers as bytes, made once, so that they cost a publish no more than Google's would. */
  readonly #reads = new Map<string, Uint8Array>();
  /**
   * The state before and after the run is stamped, with a mark where the fence's id stands; set
   * once settled.
   */
  #learnt: { before: string; after: string; fence: string[] } | null = null;
  #isStamped = false;

  readonly fetch = async (input: string | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(String(input));
    const answer = (body: string | Uint8Array) =>
      new Response(body as BodyInit, { headers: { 'content-type': 'application/json' } });
    if (url.pathname === '/token')
      return answer('{"access_token":"bench","expires_in":3600,"token_type":"Bearer"}');
    const body = String(init?.body ?? '');
    if (init?.method !== 'GET') this.onBody(body.length);
    if (init?.method === 'PUT') this.#put(url, body);
    else if (url.pathname.endsWith(':batchUpdate')) this.#update(body);
    else
      return answer(url.pathname.endsWith('values:batchGet') ? this.#values(url) : this.#state());
    return answer('{}');
  };

  /** Another night begins: the spreadsheet does not hold its run yet. */
  next(): void {
    this.#isStamped = false;
    const stamp = this.#metadata.find(({ location }) => location.spreadsheet);
    if (stamp && !this.#learnt) stamp.metadataValue = earlier(stamp.metadataValue);
  }

  /** From here on nothing is learnt: bodies are counted and let go. */
  settle(): void {
    const stamp = this.#metadata.find(({ location }) => location.spreadsheet)!;
    const mark = this.#metadata.findLast(({ metadataKey }) => metadataKey === 'signalhouse_fence')!;
    const { sheet_id, token } = JSON.parse(mark.metadataValue) as {
      sheet_id: number;
      token: string;
    };
    const without = earlier(stamp.metadataValue);
    const text = JSON.stringify(this.#document());
    this.#learnt = {
      before: text.replace(JSON.stringify(stamp.metadataValue), () => JSON.stringify(without)),
      after: text,
      fence: [String(sheet_id), token],
    };
    for (const tab of this.#tabs.values()) tab.rows = [];
  }

  #put(url: URL, body: string): void {
    if (this.#learnt) return;
    this.carrying.push(body);
    const [, title, row] = /\/values\/'(.*)'!A(\d+):/.exec(decodeURIComponent(url.pathname))!;
    const tab = [...this.#tabs.values()].find((each) => each.title === title)!;
    (JSON.parse(body) as { values: unknown[][] }).values.forEach((values, i) => {
      tab.rows[Number(row) - 1 + i] = values;
    });
  }

  #update(body: string): void {
    const isFinal = body.includes('"signalhouse_run"') || body.includes('"metadataId"');
    if (this.#learnt) {
      // The fence is added last, so it stands near the end.
      const { before, after, fence } = this.#learnt;
      const next = FENCE.exec(body.slice(-2_000))!.slice(1);
      const renewed = (text: string) =>
        fence.reduce((done, old, i) => done.replaceAll(old, next[i]!), text);
      this.#learnt = { before: renewed(before), after: renewed(after), fence: next };
    } else {
      if (body.includes('"updateCells":{"start"')) this.carrying.push(body);
      for (const request of (JSON.parse(body) as { requests: Request[] }).requests)
        this.#apply(request);
    }
    this.#isStamped ||= isFinal;
  }

  #apply(request: Request): void {
    const { addSheet, deleteSheet, updateCells, repeatCell, copyPaste } = request;
    if (addSheet) {
      const { sheetId, title, gridProperties } = addSheet.properties;
      this.#tabs.set(sheetId, { sheetId, title, rowCount: gridProperties.rowCount, rows: [] });
    }
    if (deleteSheet) this.#tabs.delete(deleteSheet.sheetId);
    if (updateCells) {
      const { start, range, rows = [] } = updateCells;
      const at = {
        row: start?.rowIndex ?? range?.startRowIndex ?? 0,
        column: start?.columnIndex ?? 0,
      };
      const { sheetId } = start ?? range!;
      rows.forEach((row, i) => {
        this.#write(sheetId!, at.row + i, at.column, (row.values ?? []).map(shown));
      });
    }
    if (repeatCell?.cell.userEnteredValue)
      for (let row = repeatCell.range.startRowIndex!; row < repeatCell.range.endRowIndex!; row += 1)
        this.#write(repeatCell.range.sheetId!, row, repeatCell.range.startColumnIndex!, [
          shown(repeatCell.cell),
        ]);
    if (copyPaste?.pasteType === 'PASTE_VALUES') {
      const { source, destination } = copyPaste;
      for (let i = 0; i < source.endRowIndex! - source.startRowIndex!; i += 1) {
        const values = this.#tabs.get(source.sheetId!)!.rows[source.startRowIndex! + i] ?? [];
        const to = destination.startRowIndex! + i;
        this.#write(
          destination.sheetId!,
          to,
          destination.startColumnIndex!,
          values.slice(0, source.endColumnIndex),
        );
      }
    }
    this.#mark(request);
  }

  #write(sheetId: number, row: number, column: number, values: unknown[]): void {
    const { rows } = this.#tabs.get(sheetId)!;
    rows[row] ??= [];
    values.forEach((value, i) => {
      rows[row]![column + i] = value ?? '';
    });
  }

  #mark({ createDeveloperMetadata: made, updateDeveloperMetadata: changed }: Request): void {
    if (made)
      this.#metadata.push({ ...made.developerMetadata, metadataId: this.#metadata.length + 1 });
    if (!changed) return;
    const id = changed.dataFilters[0]!.developerMetadataLookup.metadataId;
    const found = this.#metadata.find(({ metadataId }) => metadataId === id)!;
    found.metadataValue = changed.developerMetadata.metadataValue;
  }

  #document() {
    const of = (sheetId?: number) =>
      this.#metadata.filter(({ location }) => location.sheetId === sheetId);
    return {
      developerMetadata: of(),
      sheets: [...this.#tabs.values()].map(({ sheetId, title, rowCount }) => ({
        properties: { sheetId, title, gridProperties: { rowCount, columnCount: 26 } },
        developerMetadata: of(sheetId),
      })),
    };
  }

  #state(): string {
    if (!this.#learnt) return JSON.stringify(this.#document());
    return this.#isStamped ? this.#learnt.after : this.#learnt.before;
  }

  #values(url: URL): Uint8Array {
    const known = this.#reads.get(url.search);
    if (known && this.#learnt) {
      this.onBody(known.length);
      return known;
    }
    const valueRanges = url.searchParams.getAll('ranges').map((range) => {
      const [, title, from, to] = /^'(.*)'!A(\d+):[A-Z]+(\d+)$/.exec(range)!;
      const { rows } = [...this.#tabs.values()].find((tab) => tab.title === title)!;
      const read = Array.from(rows.slice(Number(from) - 1, Number(to)), (row) =>
        Array.from(row ?? [], (cell) => cell ?? ''),
      );
      return {
        values: read.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1)),
      };
    });
    const made = Buffer.from(JSON.stringify({ valueRanges }));
    this.#reads.set(url.search, made);
    return made;
  }
}
