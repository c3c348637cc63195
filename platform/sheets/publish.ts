/**
 * One publish (docs/decisions/0005): look, write everything in one batch behind the fence, read
 * back, repair once.
 */
import { Fault } from '../../core/faults.ts';
import { publishedColumns } from '../cells.ts';
import type { RunStamp, Table, Written } from '../destination.ts';
import type { SheetsOptions, Spreadsheet } from './api.ts';
import { columnName, listText, narrowJson } from './cells.ts';
import { commit, hasFence, nextFence, overtaken, withFence } from './fence.ts';
import { fill } from './fill.ts';
import { look } from './look.ts';
import { refuseNewer, refuseProtected, renamedColumns } from './obstacles.ts';
import { type Plan, pageTabs, planOf, wantedTabs } from './plan.ts';
import { type PageTab, readBack } from './read-back.ts';
import { isStamped, type State } from './state.ts';

/** Google advises 2 MB per call. */
const CALL_BYTES = 1_990_000;
/**
 * Room for what a second look at the spreadsheet may add to the batch, such as a filter set
 * meanwhile.
 */
const SPARE_BYTES = 10_000;
/** How many of the reader's columns are read, to tell a renamed column of ours from a moved one. */
const COLUMNS_BESIDE = 10;

/** Sentences for people, each once, with the mart that it is about, if any. */
type Notes = { mart: string | null; note: string }[];

type Job = {
  place: Spreadsheet;
  run: RunStamp;
  tables: Table[];
  pages: PageTab[];
  notes: Notes;
  call_bytes: number;
};

/** Throws if our columns are no longer in place; notes what writing will repair. */
async function checkTabs({ place, tables, pages, notes }: Job, state: State): Promise<void> {
  for (const { mart } of wantedTabs(tables, pages)) {
    const tab = state.tabs.get(mart);
    if (tab) refuseProtected(tab, place.address);
  }
  const known = tables.flatMap(({ contract }) => {
    const tab = state.tabs.get(contract.name);
    return tab ? [{ tab, names: publishedColumns(contract).map(({ name }) => name) }] : [];
  });
  if (known.length === 0) return;
  const headers = await place.values(
    known.map(({ tab }) => {
      const last = columnName(Math.min(tab.column_count, tab.columns + COLUMNS_BESIDE));
      return `'${tab.title.replaceAll("'", "''")}'!A1:${last}1`;
    }),
  );
  known.forEach(({ tab, names }, i) => {
    refuseNewer(tab, names.length);
    const renamed = renamedColumns(tab, names, headers[i]![0] ?? []);
    if (renamed.length > 0)
      add(
        notes,
        tab.mart,
        `tab ${tab.title}: the header of ${renamed.join(', ')} had been changed and was restored`,
      );
  });
}

function add(notes: Notes, mart: string | null, note: string): void {
  if (!notes.some((each) => each.note === note)) notes.push({ mart, note });
}

/** Notes what people should know about tabs that this publish creates. */
function noteTabs({ notes }: Job, state: State, { prepared }: Plan): void {
  for (const { mart, title } of prepared.filter((each) => !state.tabs.has(each.mart))) {
    if (state.stamp?.tabs[mart])
      add(
        notes,
        mart,
        `tab ${mart} had been deleted and was recreated; formulas that named it must be ` +
          'pointed at it again',
      );
    if (title !== mart)
      add(
        notes,
        mart,
        `a tab of your own is called ${mart}, so ours is called ${title}; rename yours and ` +
          'ours as you like',
      );
  }
  const ours = new Set(prepared.map(({ mart }) => mart));
  for (const { mart, title } of state.tabs.values())
    if (!ours.has(mart))
      add(notes, null, `tab ${title} is no longer written; delete it, or keep it as it is`);
}

const textOf = (plan: Plan, rows: string[]): string =>
  listText('{"requests":[', ']}', [
    ...plan.before.map(narrowJson),
    ...rows,
    ...plan.after.map(narrowJson),
  ]);

/**
 * Writes the run to the spreadsheet in one batch. Throws `overtaken` if another publish went live
 * first.
 */
async function write(job: Job, seen: State): Promise<void> {
  const { place, run, tables, pages, call_bytes } = job;
  let state = await withFence(place, run.house_id, seen);
  await checkTabs(job, state);
  let next = nextFence(state);
  let plan = planOf(state, run, tables, pages, next);
  const filled = await fill(place, state, tables, {
    house_id: run.house_id,
    call_bytes,
    room: call_bytes - SPARE_BYTES - Buffer.byteLength(textOf(plan, [])),
    sheet_ids: new Map(plan.prepared.map(({ mart, sheet_id }) => [mart, sheet_id])),
  });
  if (filled.staged !== null) {
    // Staging takes time, and people keep working meanwhile.
    const before = state;
    state = await look(place, run.house_id);
    if (!hasFence(state, filled.staged) || (before.stamp === null) !== (state.stamp === null))
      throw overtaken();
    await checkTabs(job, state);
    next = nextFence(state);
    plan = planOf(state, run, tables, pages, next);
  }
  noteTabs(job, state, plan);
  await commit(place, run.house_id, state, next, textOf(plan, filled.requests));
}

const isComplete = (state: State, { tables, pages }: Job): boolean =>
  wantedTabs(tables, pages).every(({ mart, columns }) => state.tabs.get(mart)?.columns === columns);

/**
 * Publishes `tables` so that readers see either the previous run or this one, whole. Publishing the
 * same run again writes nothing. A person's changes to our cells are reverted once and noted; a
 * second time throws `destination_refused`, which names the cells.
 */
export async function publish(
  place: Spreadsheet,
  run: RunStamp,
  tables: Table[],
  options: SheetsOptions,
): Promise<Written[]> {
  const pages = await pageTabs(run, tables);
  const job: Job = {
    place,
    run,
    tables,
    pages,
    notes: [],
    call_bytes: options.call_bytes ?? CALL_BYTES,
  };
  let isRepaired = false;
  for (let hasWritten = false; ; hasWritten = true) {
    const state = await look(place, run.house_id);
    if (isStamped(state, run, tables)) {
      const complete = isComplete(state, job);
      const { written, differences } = complete
        ? await readBack(place, state, run, tables, pages)
        : { written: [], differences: ['some of our tabs are gone'] };
      if (differences.length === 0) return withNotes(written, job.notes);
      if (isRepaired)
        throw new Fault(
          'destination_refused',
          'a person or program keeps changing our cells while they are written ' +
            `(${differences.join('; ')}); find out who edits them, then export again`,
        );
      if (complete)
        for (const difference of differences)
          add(job.notes, null, `${difference} had been changed by hand and was restored`);
      isRepaired = true;
    } else if (hasWritten) throw overtaken();
    await write(job, state);
  }
}

/** Each note goes to the mart that it is about, else to the first. */
const withNotes = (written: Written[], notes: Notes): Written[] =>
  written.map((each, i) => {
    const mine = notes.filter(
      ({ mart }) => mart === each.mart || (i === 0 && !written.some((one) => one.mart === mart)),
    );
    return mine.length > 0 ? { ...each, notes: mine.map(({ note }) => note) } : each;
  });
