/**
 * Marks the spreadsheet as still showing an earlier night, and says why; the data stay as they are.
 */
import type { Stale } from '../destination.ts';
import type { Spreadsheet } from './api.ts';
import { commit, nextFence, replaceFence, withFence } from './fence.ts';
import { look, PAGES } from './look.ts';
import { writeNotice } from './page-cells.ts';
import { stampRequest } from './plan.ts';

/**
 * Sends one fenced batch, or none if nothing was published yet or the notice is already there. The
 * next publish removes it.
 */
export async function markStale(place: Spreadsheet, stale: Stale): Promise<void> {
  const { house_id, since, reason } = stale;
  const seen = await look(place, house_id);
  const notice = seen.stamp?.stale;
  if (!seen.stamp || (notice?.since === since && notice.reason === reason)) return;
  const state = await withFence(place, house_id, seen);
  const stamp = state.stamp ?? seen.stamp;
  const next = nextFence(state);
  const notices = PAGES.flatMap((mart) => {
    const tab = state.tabs.get(mart);
    return tab ? [writeNotice(tab.sheet_id, tab.columns, stale)] : [];
  });
  const requests = [
    ...notices,
    stampRequest(state, { ...stamp, stale: { since, reason } }),
    ...replaceFence(state, next, house_id),
  ];
  await commit(place, house_id, state, next, JSON.stringify({ requests }));
}
