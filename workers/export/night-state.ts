/** What each destination shows, beside what it should show. */
import type { DestinationName } from '../../core/destinations.ts';
import { Fault } from '../../core/faults.ts';
import { readHouse } from '../../warehouse/house.ts';
import { failedAttempts, lastFailures } from '../../warehouse/nights/runs.ts';
import { shownNights } from '../../warehouse/nights/shown-nights.ts';
import { configuredDestinations, destination } from './destinations.ts';
import { type Env, parseConfig } from './env.ts';

export type DestinationState = {
  name: DestinationName;
  /** For when the data shown there is true, UTC milliseconds; null before the first night. */
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

export type NightState = {
  /** The night that is due, UTC milliseconds; null for a house opened after it. */
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

/** What each configured destination shows, beside the night of `latest` (UTC ms). */
export async function readNightState(env: Env, latest: number): Promise<NightState> {
  const db = env.DB;
  const config = parseConfig(env);
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
