/**
 * The first start of an empty house: loads the sample season through the doors, then exports it to
 * files.
 */

import { now } from '../core/clock.ts';
import { holdsPeople, markSample, readHouse } from '../warehouse/house.ts';
import { lastRun } from '../warehouse/nights/runs.ts';
import type { OpenHouse } from './house/open.ts';
import { parseSettings, settingsOf } from './house/settings.ts';
import { runNight } from './night.ts';
import { loadSampleSeason } from './sample/load.ts';

/**
 * A sample that was interrupted before its first export is loaded again, which duplicates nothing
 * (F1).
 */
async function needsSample(db: D1Database): Promise<boolean> {
  if (!(await holdsPeople(db))) return true;
  const house = await readHouse(db);
  return house!.is_sample === 1 && !(await lastRun(db));
}

/**
 * Loads the sample season and exports it once. The house is marked as a sample before its first
 * fact lands, so that no real fact can mix with it. A house with facts of its own is left as it is.
 */
export async function openWithSample(house: OpenHouse, say: (line: string) => void): Promise<void> {
  if (!(await needsSample(house.db))) return;
  const { state, url } = house;
  await markSample(house.db);
  say('loading the sample season through the doors');
  const settings = settingsOf(state);
  const [resendSecret] = settings.RESEND_WEBHOOK_SECRET!.split(/\s+/);
  await loadSampleSeason(
    {
      url,
      token: state.house.api_token,
      resendSecret: resendSecret!,
      now: now(parseSettings(settings)),
      db: house.db,
    },
    say,
  );
  await runNight(house, { to: ['files'], folder: state.out }, say);
}
