/** Says in the spreadsheet that it still shows an earlier night, and why; data stay as they are. */
import type { Stale } from '../destination.ts';
import type { Spreadsheet } from './api.ts';
import { commit, nextFence, replaceFence, withFence } from './fence.ts';
import { look, PAGES } from './look.ts';
import { writeNotice } from './page-cells.ts';
import { stampRequest } from './plan.ts';

/** One fenced batch, or none where nothing was published yet or it says so already. The next publish takes it back. */
export async function markStale(place: Spreadsheet, stale: Stale): Promise<void> {
  const { house_id, since, reason } = stale;
  const seen = await look(place, house_id);
  const says = seen.stamp?.stale;
  if (!seen.stamp || (says?.since === since && says.reason === reason)) return;
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
