/** The rows of a mart as D1 gives them, in parts that fit in a Worker's memory. */
import { Fault } from '../../core/faults.ts';
import type { Cell } from '../../sql/cell.ts';
import { type Contract, rowOrder } from '../../sql/contract.ts';
import type { Mart } from '../../sql/mart.ts';
import { type Binding, type Given, render } from '../../sql/render.ts';
import { endOfRange } from '../people/contact-ranges.ts';
import { SHOWN, type ShownRefresh, shownRefresh } from '../stored/mart-refreshes.ts';
import { storedMarts } from '../stored/marts.ts';
import { storedRows } from '../stored/views.ts';
import { constantViews } from './constant-views.ts';

/** A Worker has 128 MB: no more contacts or cells are rendered at once. */
const CONTACTS_PER_SLICE = 5000;
const CELLS_PER_STATEMENT = 500_000;

type Slice = Pick<Binding, 'lo' | 'hi'>;

/**
 * `condition` over the mart's columns says which rows; `part` names the objects where they are not
 * all of them.
 */
export type Part = { name: string; condition: string } | null;

/**
 * The query of a mart's rows. It names the contract's columns, so that nothing else of a view can
 * leave the house (R12).
 */
export function martQuery(contract: Contract, part: Part, binding: Binding): string {
  const columns = contract.columns.map(({ name }) => name);
  const order = rowOrder(contract);
  const select = [
    `select ${columns.join(', ')} from ${contract.name}`,
    part ? `where ${part.condition}` : '',
    order ? `order by ${order}` : '',
  ].join('\n');
  return render(select, binding);
}

const counted = async (db: D1Database, query: string): Promise<number> =>
  (await db.prepare(query).first<{ counted: number }>())!.counted;

/**
 * Runs `work` and throws `storage_busy` where what `query` counts has changed meanwhile: its parts
 * would not fit together.
 */
async function* undisturbed<T>(
  db: D1Database,
  query: string,
  what: string,
  work: AsyncIterable<T>,
): AsyncGenerator<T> {
  const before = await counted(db, query);
  yield* work;
  if ((await counted(db, query)) !== before)
    throw new Fault('storage_busy', `${what}, so that its parts do not fit together`);
}

/** A merge moves facts from one slice to another: they might be in both, or in neither. */
const MERGES = 'select count(*) as counted from merges';
/** A late fact may move rows from one part of the order to another. */
const factsBy = (as_of: number): string =>
  `select (select count(*) from email_events where occurred_at <= ${as_of})
     + (select count(*) from observations where observed_at <= ${as_of}) as counted`;

/**
 * Range by range; where people have more rows than fit, the ranges get shorter. A single person's
 * rows always fit.
 */
async function* byContacts(
  db: D1Database,
  queryOf: (slice: Slice) => string,
  most: number,
): AsyncGenerator<Cell[][]> {
  let size = CONTACTS_PER_SLICE;
  for (let lo = 0; ; ) {
    const hi = await endOfRange(db, lo, size);
    if (hi === null) return;
    const query = queryOf({ lo, hi });
    const rows = await db.prepare(size === 1 ? query : `${query}\nlimit ${most}`).raw<Cell[]>();
    if (size > 1 && rows.length >= most) size = Math.ceil(size / 2);
    else {
      yield rows;
      lo = hi + 1;
    }
  }
}

async function* byRows(db: D1Database, query: string, most: number): AsyncGenerator<Cell[][]> {
  for (let offset = 0, found = most; found === most; offset += most) {
    const rows = await db.prepare(`${query}\nlimit ${most} offset ${offset}`).raw<Cell[]>();
    found = rows.length;
    yield rows;
  }
}

/**
 * The rows of a mart as D1 gives them, in parts that fit in memory: as `given` has them, or else
 * computed. Throws `storage_busy` where the parts do not fit together.
 */
export async function* martRows(
  db: D1Database,
  { as_of, given }: { as_of: number; given?: Given },
  contract: Contract,
  part: Part,
  cells = CELLS_PER_STATEMENT,
): AsyncGenerator<Cell[][]> {
  const { name } = contract;
  const most = Math.ceil(cells / contract.columns.length);
  if (contract.byContact) {
    const constants = await constantViews(db, `select * from ${name}`, as_of);
    const kept = new Map([...storedRows, ...constants]);
    const queryOf = (slice: Slice) => martQuery(contract, part, { as_of, given: kept, ...slice });
    const what = `contacts were merged while ${name} was rendered`;
    return yield* undisturbed(db, MERGES, what, byContacts(db, queryOf, most));
  }
  const query = martQuery(contract, part, { as_of, given: given ?? storedRows });
  if (given?.has(name)) return yield* byRows(db, query, most);
  const first = await db.prepare(`${query}\nlimit ${most}`).raw<Cell[]>();
  if (first.length < most) return yield first;
  // Few marts ever grow so large; then the statement runs once for each part, from the beginning.
  yield* undisturbed(
    db,
    factsBy(as_of),
    `late facts landed while ${name} was rendered`,
    byRows(db, query, most),
  );
}

type MartRow = Record<string, Cell>;

/** Rows of a mart, the instant (UTC ms) that they are true for, and how many facts are newer. */
export type MartRows = { as_of: number; newer_facts: number; rows: MartRow[] };

/**
 * Some rows of a mart, every column of its view (C3): as stored last, or else as of `now`. `most`
 * bounds how many. Throws `storage_busy` before the first refresh has ended.
 */
export async function someRows(
  db: D1Database,
  now: number,
  { contract, isStored }: Mart,
  most: number,
): Promise<MartRows> {
  // Without an order of its own a table is not sorted whole for the sake of a few rows.
  const order = contract.order ? `order by ${rowOrder(contract)}` : '';
  const select = `select * from ${contract.name} ${order} limit ${most}`;
  if (!isStored) {
    const { results } = await db.prepare(render(select, { as_of: now })).all<MartRow>();
    return { as_of: now, newer_facts: 0, rows: results };
  }
  const given = storedMarts(SHOWN);
  const [refreshes, rows] = await db.batch([
    shownRefresh(db),
    db.prepare(render(select, { as_of: now, given })),
  ]);
  const refresh = refreshes!.results[0] as ShownRefresh | undefined;
  if (!refresh)
    throw new Fault('storage_busy', 'the marts are computed for the first time; ask again later');
  const { as_of, newer_facts } = refresh;
  return { as_of, newer_facts, rows: rows!.results as MartRow[] };
}
