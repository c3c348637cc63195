/** Stores the marts and the dashboard anew, as often as their cost allows (decision 17). */
import { now } from '../../core/clock.ts';
import type { HouseConfig } from '../../core/config.ts';
import { MINUTE } from '../../core/durations.ts';
import { refreshUnsettled } from '../derive/refresh.ts';
import { storeDashboard } from './dashboard.ts';
import {
  claimRefresh,
  failRefresh,
  finishRefresh,
  type Refresh,
  renewRefresh,
} from './mart-refreshes.ts';
import { insertMarts } from './marts.ts';

const RENEW_MS = 30_000;

/** The pause is in minutes, by default none. */
export type RefreshConfig = HouseConfig & { DASHBOARD_PAUSE?: number };

/** `most_people`: only in a house of no more. */
type Limit = { most_people?: number };

/**
 * Refreshes the stored marts if that is due; answers whether it did. Any number may ask at once. A
 * crash leaves what was shown before.
 */
export async function refreshMarts(
  db: D1Database,
  config: RefreshConfig,
  { most_people = Number.MAX_SAFE_INTEGER }: Limit = {},
): Promise<boolean> {
  const pause = (config.DASHBOARD_PAUSE ?? 0) * MINUTE;
  const refresh = await claimRefresh(db, now(config), Date.now(), most_people, pause);
  return refresh !== null && (await store(db, config, refresh));
}

async function store(db: D1Database, config: HouseConfig, refresh: Refresh): Promise<boolean> {
  const begun_at = Date.now();
  let renewed_at = begun_at;
  let cost_ms = 0;
  try {
    await refreshUnsettled(db, refresh.as_of);
    // Deriving does not say what it cost D1; nearly all of this time was D1's.
    cost_ms += Date.now() - begun_at;
    for (const statement of insertMarts(db, refresh)) {
      cost_ms += (await statement.run()).meta.duration;
      if (Date.now() - renewed_at < RENEW_MS) continue;
      renewed_at = Date.now();
      if (!(await renewRefresh(db, refresh, renewed_at))) return false;
    }
    cost_ms += await storeDashboard(db, config, refresh);
    await finishRefresh(db, refresh, Date.now(), cost_ms);
    return true;
  } catch (error) {
    await failRefresh(db, refresh, Date.now(), Date.now() - begun_at);
    throw error;
  }
}
