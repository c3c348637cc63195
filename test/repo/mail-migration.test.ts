/**
 * A house that stored mail by its smallest address goes on with one message for each recipient
 * (V19, F4).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';

const folder = new URL('../../migrations/', import.meta.url);
const migrations = readdirSync(folder).sort();
const apply = (db: DatabaseSync, names: string[]) => {
  for (const name of names) db.exec(readFileSync(new URL(name, folder), 'utf8'));
};

it('keeps every row, and knows who answered where nothing else was told of a message', () => {
  const db = new DatabaseSync(':memory:');
  const [before, after] = [
    migrations.filter((name) => name < '0014'),
    migrations.filter((name) => name >= '0014'),
  ];
  apply(db, before);
  const message = db.prepare(
    `insert into email_messages
       (contact_id, message_id, created_at, created_day, recipient, answered_by)
     values (?, ?, 1, '2026-01-01', ?, ?)`,
  );
  message.run(1, 'sent', 'email:ana@x.example', null);
  message.run(2, 'answered', null, 'email:bo@x.example');
  const event = db.prepare(
    `insert into email_events
       (contact_id, occurred_at, event_id, message_id, event_type, occurred_day, landed_at,
        names_no_message)
     values (?, 1, ?, ?, ?, '2026-01-01', 1, ?)`,
  );
  event.run(1, 'e1', 'sent', 'sent', null);
  event.run(1, 'e2', 'sent', 'replied', null);
  event.run(2, 'e3', 'answered', 'replied', null);
  event.run(2, 'e4', 'answered', 'replied', 1);
  apply(db, after);
  const rows = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  expect(rows('select message_id, recipient, is_copy from email_messages order by 1')).toEqual([
    { message_id: 'answered', recipient: null, is_copy: null },
    { message_id: 'sent', recipient: 'email:ana@x.example', is_copy: null },
  ]);
  expect(rows('select event_id, sender from email_events order by 1')).toEqual([
    { event_id: 'e1', sender: null },
    { event_id: 'e2', sender: null },
    { event_id: 'e3', sender: 'email:bo@x.example' },
    { event_id: 'e4', sender: null },
  ]);
});
