/** Brings the stored history in line with the fold (P5), touching only rows that differ. */
import type { ContactEvent } from '../../core/status/contact-event.ts';
import { statusHistory } from '../../core/status/history.ts';
import type { LifecycleRules } from '../../core/status/lifecycle.ts';
import { insertRows, jsonArrays, overwrite } from '../insert-rows.ts';
import { statusChanges } from '../schema/index.ts';

export type StoredChange = typeof statusChanges.$inferSelect;

const keyOf = (row: StoredChange): string => `${row.contact_id} ${row.field} ${row.occurred_at}`;
const valuesOf = (row: StoredChange): string =>
  JSON.stringify([row.from_value, row.to_value, row.cause, row.rule_id]);

/**
 * Statements that make the stored rows of these contacts equal to the fold of their events; none
 * where they are.
 */
export function writeHistory(
  db: D1Database,
  events: ContactEvent[],
  stored: StoredChange[],
  rules: LifecycleRules,
): D1PreparedStatement[] {
  const derived = [...Map.groupBy(events, (event) => event.contact_id)].flatMap(
    ([contact_id, own]) => statusHistory(own, rules).map((change) => ({ contact_id, ...change })),
  );
  const before = new Map(stored.map((row) => [keyOf(row), valuesOf(row)]));
  const changed = derived.filter((row) => before.get(keyOf(row)) !== valuesOf(row));
  const kept = new Set(derived.map(keyOf));
  const vanished = stored.filter((row) => !kept.has(keyOf(row)));
  return [
    ...jsonArrays(vanished.map((row) => [row.contact_id, row.field, row.occurred_at])).map((keys) =>
      db.prepare(DELETE).bind(keys),
    ),
    ...insertRows(db, statusChanges, changed, overwrite(statusChanges)),
  ];
}

const DELETE = `delete from status_changes where (contact_id, field, occurred_at) in
  (select value ->> 0, value ->> 1, value ->> 2 from json_each(?))`;

/**
 * Drops what was derived for contacts that a merge took away (P2): among those named, or
 * everywhere.
 */
export function forgetMerged(db: D1Database, contact_ids?: number[]): D1PreparedStatement[] {
  const named = contact_ids ? 'contact_id in (select value from json_each(?)) and' : '';
  return ['status_changes', 'contact_summary'].map((table) => {
    const statement = db.prepare(
      `delete from ${table} where ${named}
         not exists (select 1 from contacts where contacts.contact_id = ${table}.contact_id)`,
    );
    return contact_ids ? statement.bind(JSON.stringify(contact_ids)) : statement;
  });
}
