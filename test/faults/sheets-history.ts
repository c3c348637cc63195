/**
 * Judges every version of a spreadsheet that a reader could have seen: each shows one whole night
 * or, before the first publish, nothing of ours; `Week`, `Index`, tabs and stamp are of the same
 * night; only hidden tabs are extra.
 */
import type { GoogleSandbox } from '../contract/google-sandbox.ts';
import type { Night } from './nights.ts';

type Value = string | number | boolean | null | { formula: string };
type TabVersion = {
  version: number;
  sheetId: number;
  title: string;
  hidden: boolean;
  deleted?: true;
  values?: Value[][];
};
type Metadata = { metadataValue?: string; location: { sheetId?: number } };
type BookVersion = { version: number; sheetId: null; developerMetadata: Metadata[] };

/**
 * What a night looks like when nothing goes wrong: the text of each visible tab's cells, by title.
 * `stamp` is what the spreadsheet's own metadata say of run and staleness.
 */
export type Whole = { name: string; run_id: string; stamp: string; tabs: Map<string, string> };

/** The tab that the person made with the spreadsheet, so that it is never empty. */
const PERSONS_TAB = 'Mine';
const RUN_ID = 'run_id';

export async function newSpreadsheet(google: GoogleSandbox): Promise<string> {
  const body = { title: 'House', tabs: [{ sheetId: 7, title: PERSONS_TAB }] };
  return (await google.control<{ spreadsheetId: string }>('POST', '/__spreadsheets', body))
    .spreadsheetId;
}

/**
 * Cells as one text; blank cells at the end of a row, and blank rows at the end of a tab, say
 * nothing.
 */
function textOf(values: Value[][] = []): string {
  const rows = values.map((row) => {
    const last = row.findLastIndex((value) => value !== null && value !== '');
    return JSON.stringify(row.slice(0, last + 1).map((value) => (value === '' ? null : value)));
  });
  return rows.slice(0, rows.findLastIndex((row) => row !== '[]') + 1).join('\n');
}

/** The runs that the stamp and the marks of visible tabs name. */
function runsNamed(
  book: BookVersion | undefined,
  isVisible: (sheetId: number) => boolean,
): Set<string> {
  const runs = new Set<string>();
  for (const { metadataValue, location } of book?.developerMetadata ?? []) {
    if (location.sheetId !== undefined && !isVisible(location.sheetId)) continue;
    const { run_id } = JSON.parse(metadataValue ?? '{}') as { run_id?: string };
    if (run_id) runs.add(run_id);
  }
  return runs;
}

/** What the stamp says of the run, and of staleness. */
function stampIn(book: BookVersion | undefined): string {
  const own = (book?.developerMetadata ?? []).filter(
    ({ location }) => location.sheetId === undefined,
  );
  return own
    .map(
      ({ metadataValue }) =>
        JSON.parse(metadataValue ?? '{}') as { run_id?: string; stale?: unknown },
    )
    .map(({ run_id, stale }) => JSON.stringify([run_id, stale ?? null]))
    .join();
}

/** Follows one spreadsheet and says what was wrong with the versions since the last look. */
export class SheetsHistory {
  readonly id: string;
  /** Names of the nights that readers saw, in order; '' while nothing of ours was there. */
  readonly shown: string[] = [];
  readonly #google: GoogleSandbox;
  readonly #wholes: Whole[];
  readonly #tabs = new Map<number, TabVersion & { text: string }>();
  readonly #sheetIds = new Map<string, number>();
  #book: BookVersion | undefined;
  #version = 0;

  constructor(google: GoogleSandbox, id: string, wholes: Whole[]) {
    this.#google = google;
    this.id = id;
    this.#wholes = wholes;
  }

  /** Newest version that was looked at. */
  get version(): number {
    return this.#version;
  }

  /** Titles of hidden tabs. */
  get hidden(): string[] {
    return [...this.#tabs.values()].filter(({ hidden }) => hidden).map(({ title }) => title);
  }

  /** Complaints about the versions since the last look; empty: each was whole. */
  async look(): Promise<string[]> {
    const path = `/__history/${this.id}?after=${this.#version}`;
    const { versions } = await this.#google.control<{ versions: (TabVersion | BookVersion)[] }>(
      'GET',
      path,
    );
    const complaints: string[] = [];
    for (const [version, changes] of Map.groupBy(versions, ({ version }) => version)) {
      for (const change of changes) this.#apply(change);
      this.#version = version;
      complaints.push(...this.#judge().map((complaint) => `version ${version}: ${complaint}`));
    }
    return complaints;
  }

  #apply(change: TabVersion | BookVersion): void {
    if (change.sheetId === null) this.#book = change;
    else if (change.deleted) this.#tabs.delete(change.sheetId);
    else {
      const { values, ...rest } = change;
      this.#tabs.set(change.sheetId, { ...rest, text: change.hidden ? '' : textOf(values) });
    }
  }

  get #visible(): (TabVersion & { text: string })[] {
    return [...this.#tabs.values()].filter(({ hidden, title }) => !hidden && title !== PERSONS_TAB);
  }

  #judge(): string[] {
    const visible = this.#visible;
    const named = runsNamed(this.#book, (sheetId) => this.#tabs.get(sheetId)?.hidden === false);
    const complaints: string[] = [];
    if (visible.length === 0) {
      if (this.shown.some(Boolean) || named.size > 0)
        complaints.push('nothing of ours is there any more');
      this.#note('');
      return complaints;
    }
    for (const { title, sheetId } of visible) {
      const known = this.#sheetIds.get(title) ?? sheetId;
      this.#sheetIds.set(title, known);
      if (known !== sheetId)
        complaints.push(`${title} has the sheetId ${sheetId} and had ${known}`);
    }
    const fits = this.#wholes.filter(({ tabs }) =>
      visible.every(({ title, text }) => tabs.get(title) === text),
    );
    const whole = fits.find(({ tabs }) => tabs.size === visible.length);
    if (!whole) return [...complaints, this.#describe(visible)];
    const stamp = stampIn(this.#book);
    if (stamp !== whole.stamp) complaints.push(`shows ${whole.name}, and the stamp says ${stamp}`);
    if (named.size !== 1 || !named.has(whole.run_id))
      complaints.push(
        `shows ${whole.name}, and stamp and marks name ${[...named].join(', ') || 'no run'}`,
      );
    this.#note(whole.name);
    return complaints;
  }

  #note(name: string): void {
    if (this.shown.at(-1) !== name) this.shown.push(name);
  }

  /** Which night each tab is of. */
  #describe(visible: { title: string; text: string }[]): string {
    const parts = visible.map(({ title, text }) => {
      const nights = this.#wholes
        .filter(({ tabs }) => tabs.get(title) === text)
        .map(({ name }) => name);
      const none = `no whole night (${text.split('\n').length} rows)`;
      return `${title}: ${nights.join(' or ') || none}`;
    });
    const missing = [...(this.#wholes[0]?.tabs.keys() ?? [])].filter((name) =>
      visible.every(({ title }) => title !== name),
    );
    return `torn: ${[...parts, ...missing.map((title) => `${title}: missing`)].join('; ')}`;
  }
}

/**
 * Published rows against the night's own, cell by cell where a cell is the same in a sheet as in
 * the house.
 */
function rowsAreThose(night: Night, whole: Whole): string[] {
  return night.tables.flatMap(({ contract: { name, columns } }) => {
    const [header, ...rows] = (whole.tabs.get(name) ?? '[]')
      .split('\n')
      .map((line) => JSON.parse(line) as Value[]);
    const plain = columns
      .filter(({ type }) => type === 'string' || type === 'integer')
      .map((column) => column.name);
    const position = (column: string) => header!.indexOf(column);
    const expected = night.rows
      .get(name)!
      .map((row) =>
        plain.map((column) => row[columns.findIndex((one) => one.name === column)] ?? null),
      );
    const found = rows.map((row) => plain.map((column) => row[position(column)] ?? null));
    const runs = new Set(rows.map((row) => row[position(RUN_ID)]));
    const wrong: string[] = [];
    if (JSON.stringify(found) !== JSON.stringify(expected))
      wrong.push(`${name} does not hold the night's rows`);
    if (rows.length > 0 && (runs.size !== 1 || !runs.has(night.run.run_id)))
      wrong.push(`${name} has rows of ${[...runs].join(', ')}`);
    return wrong;
  });
}

/**
 * What a spreadsheet shows once `night` was published into it undisturbed. Throws where its rows
 * are not the night's, so that a publish is never measured by its own mistake.
 */
export async function wholeOf(
  google: GoogleSandbox,
  id: string,
  night: Night,
  name: string,
): Promise<Whole> {
  const { versions } = await google.control<{ versions: (TabVersion | BookVersion)[] }>(
    'GET',
    `/__history/${id}`,
  );
  const latest = new Map<number, TabVersion>();
  let book: BookVersion | undefined;
  for (const one of versions)
    if (one.sheetId === null) book = one;
    else latest.set(one.sheetId, one);
  const visible = [...latest.values()].filter(
    ({ hidden, deleted, title }) => !hidden && !deleted && title !== PERSONS_TAB,
  );
  const { run_id } = night.run;
  const whole: Whole = {
    name,
    run_id,
    stamp: stampIn(book),
    tabs: new Map(visible.map(({ title, values }) => [title, textOf(values)])),
  };
  const wrong = rowsAreThose(night, whole);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return whole;
}
