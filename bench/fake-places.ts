/** Where a bench publishes to: a bucket kept in a folder, and a spreadsheet that answers each publish as it did the first. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is told of each body sent. */
export type OnBody = (bytes: number) => void;

/** The three calls that publishing makes of R2. Bodies lie on disk, so that they are no memory of ours. */
export function fakeBucket(folder: string, onBody: OnBody): R2Bucket {
  mkdirSync(folder, { recursive: true });
  const pathOf = (key: string) => join(folder, key.replaceAll('/', '_'));
  const bucket = {
    async put(key: string, data: ArrayBuffer | string) {
      writeFileSync(pathOf(key), typeof data === 'string' ? data : new Uint8Array(data));
      onBody(typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength);
    },
    async get(key: string) {
      if (!existsSync(pathOf(key))) return null;
      const text = () => readFileSync(pathOf(key), 'utf8');
      return { text: async () => text(), json: async () => JSON.parse(text()) };
    },
  };
  return bucket as unknown as R2Bucket;
}

type Value = { userEnteredValue?: { stringValue?: string; numberValue?: number; boolValue?: boolean } };
type Request = {
  addSheet?: { properties: { sheetId: number; title: string; gridProperties: object } };
  createDeveloperMetadata?: {
    developerMetadata: { metadataKey: string; metadataValue: string; location: { sheetId?: number } };
  };
  updateCells?: { range: { sheetId: number; startRowIndex: number }; rows: { values?: Value[] }[] };
};
export type Body = { requests: Request[] };

export const carriesRows = ({ requests }: Body): boolean =>
  requests.some(({ updateCells }) => (updateCells?.rows.length ?? 0) > 0);

const shown = ({ userEnteredValue: value }: Value) =>
  value?.stringValue ?? value?.numberValue ?? value?.boolValue ?? '';

/** Google's answers to a spreadsheet's first publish, learnt from it, then given again without being made anew. */
export class FakeSpreadsheet {
  /** Of the last learnt publish. */
  bodies: string[] = [];
  onBody: OnBody = () => {};
  private readonly reads: string[] = [];
  private readCount = 0;
  /** The state after the first publish, once settled. */
  private learnt: string | undefined;

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(String(input));
    const answer = (text: string) => new Response(text, { headers: { 'content-type': 'application/json' } });
    if (url.pathname === '/token') return answer('{"access_token":"bench","expires_in":3600,"token_type":"Bearer"}');
    if (url.pathname.endsWith(':batchUpdate')) {
      const body = String(init?.body);
      if (!this.learnt) this.bodies.push(body);
      this.onBody(Buffer.byteLength(body));
      return answer('{}');
    }
    if (!url.pathname.endsWith('values:batchGet')) return answer(this.learnt ?? JSON.stringify(this.state()));
    if (!this.learnt) this.reads.push(JSON.stringify(this.values(url.searchParams.getAll('ranges'))));
    return answer(this.reads[this.readCount++ % this.reads.length]!);
  };

  /** From here on nothing is learnt: bodies are counted and let go. */
  settle(): void {
    this.learnt = JSON.stringify(this.state());
  }

  private get requests(): Request[] {
    return this.bodies.flatMap((body) => (JSON.parse(body) as Body).requests);
  }

  /** The tabs made so far, without the run's stamp, so that every publish writes. */
  private state() {
    const marks = this.requests.flatMap(({ createDeveloperMetadata: made }) => (made ? [made.developerMetadata] : []));
    const sheets = this.requests.flatMap(({ addSheet }) => (addSheet ? [addSheet] : []));
    return {
      sheets: sheets.map(({ properties }) => ({
        properties,
        developerMetadata: marks
          .filter(({ location }) => location.sheetId === properties.sheetId)
          .map((mark) => ({ ...mark, metadataId: properties.sheetId })),
      })),
    };
  }

  private values(ranges: string[]) {
    const sheets = new Map(
      this.requests.flatMap(({ addSheet: made }) =>
        made ? [[made.properties.title, made.properties.sheetId] as const] : [],
      ),
    );
    const updates = this.requests.flatMap(({ updateCells }) => (updateCells ? [updateCells] : []));
    return {
      valueRanges: ranges.map((range) => {
        const [, title, from, to] = /^'(.*)'!A(\d+):[A-Z]+(\d+)$/.exec(range)!;
        const rows: unknown[][] = [];
        for (const update of updates.filter((each) => each.range.sheetId === sheets.get(title!)))
          update.rows.forEach((row, i) => {
            rows[update.range.startRowIndex + i] = (row.values ?? []).map(shown);
          });
        return { values: rows.slice(Number(from) - 1, Number(to)) };
      }),
    };
  }
}
