/**
 * Derives what live pages read from the facts of some contacts or of everyone: their history and
 * their summary (P5, L5).
 * Home of L5.
 */
import { END_OF_TIME } from '../../core/instant.ts';
import { rules } from '../../core/rules/config.ts';
import type { ContactEvent } from '../../core/status/contact-event.ts';
import { type Binding, BOUND_IDS, BOUND_INSTANT, render } from '../../sql/render.ts';
import { endOfRange } from '../people/contact-ranges.ts';
import { rowsChanged } from '../statement.ts';
import { outdateMarts } from '../stored/mart-refreshes.ts';
import { adoptDefinitions, settleStatements, unsettledAfter } from '../stored/views.ts';
import { upsertSummaries, upsertVips } from './contact-summaries.ts';
import { forgetMerged, type StoredChange, writeHistory } from './status-changes.ts';

/** The contacts of one pass: those named, or a range of ids. */
export type Scope = { contact_ids: number[] } | { lo: number; hi: number };

const CONTACTS_PER_PASS = 5000;

const EVENTS = `
  select contact_id, occurred_at, event, event_key, detail, subject, amount_minor, runs_until,
    is_touch, is_activity
  from int_contact_events`;

/**
 * Derives history and summary of the contacts named, as of `now` (UTC ms). Ids of contacts that
 * were merged away lose their rows. Safe to repeat: only rows that differ are written. VIP by LTV
 * is the whole house's and waits for `refreshAll`.
 */
export async function refreshContacts(
  db: D1Database,
  contact_ids: number[],
  now: number,
): Promise<void> {
  const ids = [...new Set(contact_ids)].sort((a, b) => a - b);
  let written = 0;
  for (let from = 0; from < ids.length; from += CONTACTS_PER_PASS)
    written += await refresh(
      db,
      { contact_ids: ids.slice(from, from + CONTACTS_PER_PASS) },
      now,
      false,
    );
  if (written > 0) await outdateMarts(db).run();
}

/**
 * Derives everyone as of `now` (UTC ms), in passes of `pageSize` contacts, then the VIPs: the daily
 * scorer and the night. Answers how many rows differed.
 */
export async function refreshAll(
  db: D1Database,
  now: number,
  pageSize: number = CONTACTS_PER_PASS,
): Promise<number> {
  await db.batch(adoptDefinitions(db, now));
  let written = 0;
  for (let lo = 0; ; ) {
    const hi = await endOfRange(db, lo, pageSize);
    if (hi === null) break;
    written += await refresh(db, { lo, hi }, now, true);
    lo = hi + 1;
  }
  written += rowsChanged(await db.batch([...forgetMerged(db), upsertVips(db, now)]));
  if (written > 0) await outdateMarts(db).run();
  return written;
}

/**
 * Derives the contacts of whom the stored views do not hold what is true now (UTC ms): facts came
 * due, or other definitions hold. A contact of whom a fact landed is settled by its own refresh.
 */
export async function refreshUnsettled(db: D1Database, now: number): Promise<void> {
  await db.batch(adoptDefinitions(db, now));
  for (let after = 0; ; ) {
    const { results } = await unsettledAfter(db, after, CONTACTS_PER_PASS, now);
    if (results.length === 0) return;
    const contact_ids = results.map(({ contact_id }) => contact_id);
    await refresh(db, { contact_ids }, now, false);
    after = contact_ids.at(-1)!;
  }
}

/**
 * One pass: one batch reads events and stored history, one writes what differs. Facts dated later
 * than now count in the history, at their own instants; readers take what is due (P5).
 */
async function refresh(
  db: D1Database,
  scope: Scope,
  now: number,
  everyScore: boolean,
): Promise<number> {
  const read = (select: string) =>
    prepared(db, scope, END_OF_TIME, render(select, binding(scope, END_OF_TIME)));
  const write = (sql: string) => prepared(db, scope, now, sql);
  const [events, stored] = await db.batch<unknown>([
    read(EVENTS),
    read('select * from stg_status_changes'),
  ]);
  const results = await db.batch([
    ...writeHistory(
      db,
      events!.results as ContactEvent[],
      stored!.results as StoredChange[],
      rules,
    ),
    ...settleStatements(binding(scope, now)).map(write),
    write(upsertSummaries(binding(scope, now), everyScore)),
    ...('contact_ids' in scope ? forgetMerged(db, scope.contact_ids) : []),
  ]);
  return rowsChanged(results);
}

const binding = (scope: Scope, as_of: number): Binding =>
  'contact_ids' in scope ? { as_of: BOUND_INSTANT, among: BOUND_IDS } : { as_of, ...scope };

function prepared(db: D1Database, scope: Scope, as_of: number, sql: string): D1PreparedStatement {
  const statement = db.prepare(sql);
  return 'contact_ids' in scope
    ? statement.bind(JSON.stringify(scope.contact_ids), as_of)
    : statement;
}
