/** Brings the stored history in line with the fold (P5), touching only rows that differ. */
import type { ContactEvent } from '../../core/status/contact-event.ts';
import { type StatusChange, statusHistory } from '../../core/status/history.ts';
import type { LifecycleRules } from '../../core/status/lifecycle.ts';

export type StoredChange = StatusChange & { contact_id: number };

/** Keeps each bound value well below D1's 2 MB. */
const ROWS_PER_STATEMENT = 5000;

const keyOf = (row: StoredChange): string => `${row.contact_id} ${row.field} ${row.occurred_at}`;
const valuesOf = (row: StoredChange): string =>
  JSON.stringify([row.from_value, row.to_value, row.cause, row.rule_id]);

/** Statements that make the stored rows of these contacts equal to the fold of their events; none where they are. */
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
    ...inChunks(vanished).map((rows) =>
      db
        .prepare(
          `delete from status_changes where (contact_id, field, occurred_at) in
           (select value ->> 0, value ->> 1, value ->> 2 from json_each(?))`,
        )
        .bind(JSON.stringify(rows.map((row) => [row.contact_id, row.field, row.occurred_at]))),
    ),
    ...inChunks(changed).map((rows) =>
      db
        .prepare(
          `insert into status_changes (contact_id, field, occurred_at, from_value, to_value, cause, rule_id)
           select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
           from json_each(?) where true
           on conflict (contact_id, field, occurred_at) do update set
             from_value = excluded.from_value, to_value = excluded.to_value, cause = excluded.cause, rule_id = excluded.rule_id`,
        )
        .bind(
          JSON.stringify(
            rows.map((row) => [
              row.contact_id,
              row.field,
              row.occurred_at,
              row.from_value,
              row.to_value,
              row.cause,
              row.rule_id,
            ]),
          ),
        ),
    ),
  ];
}

/** Drops what was derived for contacts that a merge took away (P2): among those named, or everywhere. */
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

function inChunks<Row>(rows: Row[]): Row[][] {
  const chunks: Row[][] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT)
    chunks.push(rows.slice(from, from + ROWS_PER_STATEMENT));
  return chunks;
}
