/** Which notices have been told, so that each is told once. */
import { drizzle } from 'drizzle-orm/d1';
import type { Notice } from '../../core/notices.ts';
import { insertRows, overwrite } from '../insert-rows.ts';
import { notices } from '../schema/index.ts';

/** Those that were not told in this state yet. */
export async function untoldNotices(db: D1Database, current: Notice[]): Promise<Notice[]> {
  if (current.length === 0) return [];
  const told = await drizzle(db).select().from(notices).all();
  const states = new Map(told.map(({ topic, about }) => [topic, about]));
  return current.filter(({ topic, about }) => states.get(topic) !== about);
}

export async function noteTold(db: D1Database, told: Notice[]): Promise<void> {
  const statements = insertRows(db, notices, told, overwrite(notices));
  if (statements.length > 0) await db.batch(statements);
}
