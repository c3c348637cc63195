/** The nightly comparison of the live pulse with the facts that landed, by landing hour (F7). */
import { desc } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { DAY, HOUR } from '../../core/durations.ts';
import { pulseChecks } from '../schema/index.ts';

export type PulseCheck = typeof pulseChecks.$inferSelect;

/**
 * Compares the points of each of the last 24 whole hours, by the hour's begin, with the facts that
 * landed then from doors other than the import. Instants are UTC ms. Safe to repeat.
 */
export async function comparePulse(
  db: D1Database,
  points: Map<number, number>,
  now: number,
): Promise<PulseCheck> {
  const end = now - (now % HOUR);
  const { results } = await db
    .prepare(LANDED)
    .bind(end - DAY, end)
    .all<{ hour_at: number; facts: number }>();
  const landed = new Map(results.map(({ hour_at, facts }) => [hour_at, facts]));
  const check: PulseCheck = { checked_at: now, facts: 0, points: 0, hours_differing: 0 };
  for (let hour = end - DAY; hour < end; hour += HOUR) {
    const facts = landed.get(hour) ?? 0;
    const seen = points.get(hour) ?? 0;
    check.facts += facts;
    check.points += seen;
    if (facts !== seen) check.hours_differing++;
  }
  await drizzle(db).insert(pulseChecks).values(check).onConflictDoNothing().run();
  return check;
}

const LANDED = `
  select hour_at, sum(facts) as facts from arrivals
  where hour_at >= ? and hour_at < ? and door <> 'import' group by hour_at`;

/** The last comparison, or undefined before the first. */
export const lastPulseCheck = (db: D1Database): Promise<PulseCheck | undefined> =>
  drizzle(db).select().from(pulseChecks).orderBy(desc(pulseChecks.checked_at)).limit(1).get();
