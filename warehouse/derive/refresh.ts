/**
 * Derives what live pages read from the facts of some contacts or of everyone: their history and
 * their summary (P5, L5).
 * Home of L5.
 */
import { rules } from '../../core/rules/config.ts';
import type { ContactEvent } from '../../core/status/contact-event.ts';
import { render } from '../../sql/render.ts';
import { upsertSummaries, upsertVips } from './contact-summaries.ts';
import { forgetMerged, type StoredChange, writeHistory } from './status-changes.ts';

/** The contacts of one pass: those named, or a range of ids. */
export type Scope = { contact_ids: number[] } | { lo: number; hi: number };

/** Facts dated later than now count in the fold, at their own instants; readers take what is due (P5). */
const END_OF_TIME = 253_402_300_799_999;
const CONTACTS_PER_PASS = 5000;

const EVENTS = `select contact_id, occurred_at, event, event_key, detail, subject, amount_minor, runs_until, is_touch, is_activity
  from int_contact_events`;

/**
 * Derives history and summary of the contacts named, as of `now` (UTC ms). Ids of contacts that were merged away lose their
 * rows. Safe to repeat: only rows that differ are written. VIP by LTV is the whole house's and waits for `refreshAll`.
 */
export async function refreshContacts(
  db: D1Database,
  contact_ids: number[],
  now: number,
): Promise<void> {
  const ids = [...new Set(contact_ids)].sort((a, b) => a - b);
  for (let from = 0; from < ids.length; from += CONTACTS_PER_PASS)
    await refresh(db, { contact_ids: ids.slice(from, from + CONTACTS_PER_PASS) }, now, false);
}

/**
 * Derives everyone as of `now` (UTC ms), in passes of `pageSize` contacts, then the VIPs: the daily scorer and the night.
 * Answers how many rows differed.
 */
export async function refreshAll(
  db: D1Database,
  now: number,
  pageSize: number = CONTACTS_PER_PASS,
): Promise<number> {
  let written = 0;
  for (let lo = 0; ; ) {
    const { hi } = (await db
      .prepare(
        'select max(contact_id) as hi from (select contact_id from contacts where contact_id >= ? order by 1 limit ?)',
      )
      .bind(lo, pageSize)
      .first<{ hi: number | null }>())!;
    if (hi === null) break;
    written += await refresh(db, { lo, hi }, now, true);
    lo = hi + 1;
  }
  return written + rowsOf(await db.batch([...forgetMerged(db), upsertVips(db, now)]));
}

const rowsOf = (results: D1Result[]): number =>
  results.reduce((sum, { meta }) => sum + meta.changes, 0);

/** One pass: one batch reads events and stored history, one writes what differs. */
async function refresh(
  db: D1Database,
  scope: Scope,
  now: number,
  everyScore: boolean,
): Promise<number> {
  const [events, stored] = await db.batch<unknown>([
    scoped(db, scope, render(EVENTS, binding(scope, END_OF_TIME))),
    scoped(db, scope, render('select * from stg_status_changes', binding(scope, END_OF_TIME))),
  ]);
  const results = await db.batch([
    ...writeHistory(
      db,
      events!.results as ContactEvent[],
      stored!.results as StoredChange[],
      rules,
    ),
    scoped(db, scope, upsertSummaries(binding(scope, now), everyScore)),
    ...('contact_ids' in scope ? forgetMerged(db, scope.contact_ids) : []),
  ]);
  return rowsOf(results);
}

const binding = (scope: Scope, as_of: number) =>
  'contact_ids' in scope ? { as_of, contact_ids: 'bound' as const } : { as_of, ...scope };

function scoped(db: D1Database, scope: Scope, sql: string): D1PreparedStatement {
  const statement = db.prepare(sql);
  return 'contact_ids' in scope ? statement.bind(JSON.stringify(scope.contact_ids)) : statement;
}
