/**
 * Which house this is, how much it holds, its last night, its jobs and how many facts are newer.
 */
import { getTableName } from 'drizzle-orm';
import { now } from '../../core/clock.ts';
import type { HouseConfig } from '../../core/config.ts';
import { END_OF_TIME } from '../../core/instant.ts';
import { noticesOf } from '../../core/notices.ts';
import { isSilent } from '../../core/sources.ts';
import { render } from '../../sql/render.ts';
import { readHouse } from '../house.ts';
import { readJobs } from '../jobs.ts';
import { lastPulseCheck } from '../nights/pulse-checks.ts';
import { lastRun } from '../nights/runs.ts';
import * as tables from '../schema/index.ts';
import { readIgnored, readSources, readWaited } from './sources.ts';

const counted = [
  tables.contacts,
  tables.interactions,
  tables.calls,
  tables.purchases,
  tables.emailMessages,
  tables.emailEvents,
  tables.campaigns,
  tables.enrolments,
  tables.suppressions,
  tables.observations,
  tables.merges,
  tables.deadEvents,
].map(getTableName);

const COUNTS = `select ${counted
  .map((table) => `(select count(*) from ${table}) as ${table}`)
  .join(', ')}`;

/** ?1 is an instant. */
const LANDED = `
  select (select count(*) from email_events where landed_at > ?1)
    + (select count(*) from observations where landed_at > ?1) as landed`;

/** `facts_landed_after` counts those that landed after `after`. Instants are UTC ms. */
export async function readStatus(db: D1Database, config: HouseConfig, after: number) {
  const as_of = now(config);
  // A call with somebody who is no lead is none of the house's.
  const isOurs = "waits_for <> 'lead'";
  const waiting = render(`select count(*) as waiting from int_waiting_facts where ${isOurs}`, {
    as_of: END_OF_TIME,
  });
  const [house, sources, waited, ignored, pulse, counts, waits, landed, last_export, jobs] =
    await Promise.all([
      readHouse(db),
      readSources(db, as_of),
      readWaited(db, as_of),
      readIgnored(db),
      lastPulseCheck(db),
      db.prepare(COUNTS).first<Record<string, number>>(),
      db.prepare(waiting).first<{ waiting: number }>(),
      db.prepare(LANDED).bind(after).first<{ landed: number }>(),
      lastRun(db),
      readJobs(db),
    ]);
  return {
    house,
    as_of,
    counts: { ...counts, waiting: waits?.waiting ?? 0 },
    sources: sources.map((source) => ({ ...source, is_silent: isSilent(source) })),
    notices: noticesOf(sources, waited, as_of),
    ignored_events: ignored,
    pulse: pulse ?? null,
    last_export,
    facts_landed_after: landed?.landed ?? 0,
    jobs,
  };
}
