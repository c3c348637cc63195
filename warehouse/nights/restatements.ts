/** The restatements that a night found (R13). */
import { and, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { insertRows } from '../insert-rows.ts';
import { restatements } from '../schema/index.ts';
import { statement } from '../statement.ts';
import type { NightParams } from './night-params.ts';

export type Restatement = Omit<typeof restatements.$inferInsert, 'run_id' | 'attempt'>;

/** Writes them in place of those that the night had found before. Safe to repeat. */
export async function writeRestatements(
  db: D1Database,
  { run_id, attempt }: NightParams,
  found: Restatement[],
): Promise<void> {
  const ofNight = and(eq(restatements.run_id, run_id), eq(restatements.attempt, attempt));
  const rows = found.map((each) => ({ run_id, attempt, ...each }));
  await db.batch([
    statement(db, drizzle(db).delete(restatements).where(ofNight)),
    ...insertRows(db, restatements, rows),
  ]);
}
