/** What has come in so far, for a load that waits for its end. */
import { drizzle } from 'drizzle-orm/d1';
import { deadEvents } from '../schema/index.ts';

export type Landed = { landed: number; dead: number };

const COUNTS = `
  select (select count(*) from observations) + (select count(*) from email_events) as landed,
    (select count(*) from dead_events) as dead`;

/** How many observations and events the house holds, and how many deliveries it could not read. */
export const countLanded = async (db: D1Database): Promise<Landed> =>
  (await db.prepare(COUNTS).first<Landed>())!;

/** One delivery that the house could not read, with the reason. */
export const anyDeadEvent = (db: D1Database) =>
  drizzle(db)
    .select({ reason: deadEvents.reason, body: deadEvents.body })
    .from(deadEvents)
    .limit(1)
    .get();
