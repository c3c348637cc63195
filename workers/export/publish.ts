/** Hands a night's tables to a destination, or tells it that its data is stale. */

import type { DestinationName } from '../../core/destinations.ts';
import { rulesVersion } from '../../core/rules/config.ts';
import type { RunStamp } from '../../platform/destination.ts';
import { rememberTabs } from '../../platform/sheets/tabs.ts';
import { marts } from '../../sql/views/index.ts';
import { readHouse } from '../../warehouse/house.ts';
import { type LoadIds, noteWritten, openLoads } from '../../warehouse/nights/loads.ts';
import type { NightParams } from '../../warehouse/nights/night-params.ts';
import { shownNights } from '../../warehouse/nights/shown-nights.ts';
import { destination } from './destinations.ts';
import type { Env } from './env.ts';
import { type Rendered, tableOf } from './render.ts';

/** Opens the loads, publishes them, and notes what the destination gives back. Safe to repeat. */
export async function publishTo(
  env: Env,
  night: NightParams,
  name: DestinationName,
  rendered: Rendered[],
): Promise<LoadIds> {
  const { house_id, is_sample } = (await readHouse(env.DB))!;
  const ids = await openLoads(env.DB, night, house_id, name, rendered, Date.now());
  const contracts = new Map(marts.map(({ contract }) => [contract.name, contract]));
  const tables = rendered.map((each) =>
    tableOf(env, contracts.get(each.mart)!, each, ids[each.mart]!),
  );
  const { run_id, attempt, as_of } = night;
  const run: RunStamp = {
    house_id,
    is_sample: is_sample === 1,
    run_id,
    attempt,
    as_of,
    rules_version: rulesVersion,
  };
  const written = await destination(env, name).publish(run, tables);
  if (name === 'sheets') await rememberTabs(env.STORAGE, written);
  await noteWritten(env.DB, written);
  return ids;
}

/**
 * Says at a destination since when its data is stale, and why; where it never held a night there is
 * nothing to say.
 */
export async function markStale(env: Env, name: DestinationName, reason: string): Promise<void> {
  const shown = (await shownNights(env.DB)).get(name);
  const house = await readHouse(env.DB);
  if (shown && house)
    await destination(env, name).markStale?.({
      house_id: house.house_id,
      since: shown.as_of,
      reason,
    });
}
