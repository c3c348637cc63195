/** Where each poll stands, per account of its door. Instants are UTC milliseconds. */
import { and, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { polls } from './schema/index.ts';

export type PollState = typeof polls.$inferSelect;

export const readPolls = (db: D1Database): Promise<PollState[]> =>
  drizzle(db).select().from(polls).orderBy(polls.door, polls.account).all();

export const readPoll = (
  db: D1Database,
  door: string,
  account: string,
): Promise<PollState | undefined> =>
  drizzle(db)
    .select()
    .from(polls)
    .where(and(eq(polls.door, door), eq(polls.account, account)))
    .get();

/**
 * Keeps the cursor of a step whose facts are durable. False where another run has moved on from
 * `before` meanwhile: then nothing is kept.
 */
export async function keepCursor(
  db: D1Database,
  {
    door,
    account,
    before,
    after,
  }: Record<'door' | 'account' | 'after', string> & {
    before: string | null;
  },
): Promise<boolean> {
  const kept = await drizzle(db)
    .insert(polls)
    .values({ door, account, cursor: after })
    .onConflictDoUpdate({
      target: [polls.door, polls.account],
      set: { cursor: after },
      setWhere: sql`${polls.cursor} is ${before}`,
    })
    .returning({ door: polls.door })
    .get();
  return kept !== undefined;
}

/** How a run ended. */
export type PollOutcome = {
  /** Whether everything there was has been fetched. */
  is_idle: boolean;
  /** Why it broke off, with the fix. */
  failure: string | null;
  /** The provider is not asked again before this instant. */
  wait_until: number | null;
};

export async function notePoll(
  db: D1Database,
  door: string,
  account: string,
  at: number,
  { is_idle, failure, wait_until }: PollOutcome,
): Promise<void> {
  const failed_since = failure === null ? null : sql`coalesce(${polls.failed_since}, ${at})`;
  const idle_at = is_idle ? at : polls.idle_at;
  await drizzle(db)
    .insert(polls)
    .values({
      door,
      account,
      polled_at: at,
      idle_at: is_idle ? at : null,
      failure,
      failed_since: failure === null ? null : at,
      wait_until,
    })
    .onConflictDoUpdate({
      target: [polls.door, polls.account],
      set: { polled_at: at, idle_at, failure, failed_since, wait_until },
    })
    .run();
}
