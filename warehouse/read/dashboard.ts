/** What the dashboard shows: what the last refresh stored, and how many facts are newer. */
import { now } from '../../core/clock.ts';
import type { HouseConfig } from '../../core/config.ts';
import { noticesOf } from '../../core/notices.ts';
import type { Dashboard } from '../../core/pages/dashboard.ts';
import { readHouse } from '../house.ts';
import { lastFailure } from '../nights/runs.ts';
import { shownNights } from '../nights/shown-nights.ts';
import { type DashboardFigures, dashboardParts } from '../stored/dashboard.ts';
import { SHOWN, type ShownRefresh, shownRefresh } from '../stored/mart-refreshes.ts';
import { readSources, readWaited } from './sources.ts';

/** Null before the first refresh has ended. */
export async function readDashboard(
  db: D1Database,
  config: HouseConfig,
): Promise<Omit<Dashboard, 'pulse'> | null> {
  const at = now(config);
  const [[refreshes, parts], house, shown, failure, sources, waited] = await Promise.all([
    db.batch([shownRefresh(db), dashboardParts(db, SHOWN)]),
    readHouse(db),
    shownNights(db),
    lastFailure(db),
    readSources(db, at),
    readWaited(db, at),
  ]);
  const refresh = refreshes!.results[0] as ShownRefresh | undefined;
  if (!refresh) return null;
  const text = (parts!.results as { rows: string }[]).map(({ rows }) => rows).join('');
  const { people, ...figures } = JSON.parse(text) as DashboardFigures;
  return {
    as_of: refresh.as_of,
    newer_facts: refresh.newer_facts,
    house: { is_sample: house?.is_sample === 1, people, time_zone: config.BUSINESS_TIME_ZONE },
    stale: failure === null ? null : { reason: failure, shown: [...shown.values()] },
    ...figures,
    now: at,
    sources,
    notices: noticesOf(sources, waited, at),
  };
}
