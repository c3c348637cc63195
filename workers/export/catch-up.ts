/** Every hour: starts the night that is due where some destination does not show it yet, so that a missed night is caught up. */

import { parseConfig } from '../../core/config.ts';
import type { DestinationName } from '../../core/destinations.ts';
import { Fault } from '../../core/faults.ts';
import { dueNight } from '../../core/night.ts';
import { readHouse } from '../../warehouse/house.ts';
import { failedAttempts, lastFailures } from '../../warehouse/nights/runs.ts';
import { shownNights } from '../../warehouse/nights/shown-nights.ts';
import { configuredDestinations, destination } from './destinations.ts';
import type { Env } from './env.ts';
import { startNight } from './start.ts';

/** Tries of one night at one destination; after the last the next night's turn comes. */
export const MOST_ATTEMPTS = 6;

export type DestinationState = {
  name: DestinationName;
  /** The instant for which the data shown there is true, UTC milliseconds; null before the first night. */
  as_of: number | null;
  /** The due night is not shown there. */
  is_behind: boolean;
  /** Failed tries of the due night. */
  attempts: number;
  /** What its configuration lacks, or why the last night that went there did not get there. */
  reason: string | null;
  is_set_up: boolean;
  /** What people should know of the loads shown. */
  notes: string[];
};

export type NightsState = {
  /** The night that is due at the instant asked for, UTC milliseconds; null for a house opened after it. */
  due: number | null;
  destinations: DestinationState[];
};

/** What is missing in the configuration of a destination, or null. */
function lackOf(env: Env, name: DestinationName): string | null {
  try {
    destination(env, name);
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

/** What each configured destination shows, beside what it should show at `instant` (UTC ms). */
export async function readNights(env: Env, instant: number): Promise<NightsState> {
  const db = env.DB;
  const config = parseConfig(env);
  const latest = dueNight(instant, config.BUSINESS_TIME_ZONE, config.NIGHT_HOUR);
  const [house, shown, failed, failures] = await Promise.all([
    readHouse(db),
    shownNights(db),
    failedAttempts(db, latest),
    lastFailures(db),
  ]);
  const due = house && house.opened_at <= latest ? latest : null;
  const destinations = configuredDestinations(config).map((name): DestinationState => {
    const as_of = shown.get(name)?.as_of ?? null;
    const notes = shown.get(name)?.notes?.split('\n') ?? [];
    const lack = lackOf(env, name);
    const is_behind = due !== null && (as_of ?? -1) < due;
    const reason = lack ?? failures.get(name) ?? null;
    return {
      name,
      as_of,
      is_behind,
      attempts: failed.get(name) ?? 0,
      reason,
      is_set_up: lack === null,
      notes,
    };
  });
  return { due, destinations };
}

/** Starts the due night for the destinations that lack it; those that show it get no request. Answers where it goes. */
export async function catchUp(env: Env, instant: number): Promise<DestinationName[]> {
  const { due, destinations } = await readNights(env, instant);
  const to = destinations
    .filter(
      ({ is_behind, is_set_up, attempts }) => is_behind && is_set_up && attempts < MOST_ATTEMPTS,
    )
    .map(({ name }) => name);
  if (due === null || to.length === 0) return [];
  try {
    await startNight(env, to, due);
  } catch (error) {
    if (error instanceof Fault && error.code === 'destination_busy') return []; // a night is under way: the next hour looks again
    throw error;
  }
  return to;
}
