/** Reads the state of the spreadsheet at the start of a publish. */
import { INDEX_PAGE } from '../../core/pages/index-page.ts';
import { WEEK_PAGE } from '../../core/pages/week-page.ts';
import type { Spreadsheet } from './api.ts';
import { columnsLeft } from './obstacles.ts';
import { type State, stateOf } from './state.ts';

/** The designed tabs, in order. */
export const PAGES = [WEEK_PAGE, INDEX_PAGE];

/**
 * The state, with designed tabs as wide as people left them: a column deleted there is added again,
 * since no data depends on it. Throws `other_house`, and `destination_refused` if a column was
 * inserted among ours.
 */
export async function look(place: Spreadsheet, houseId: string): Promise<State> {
  const state = stateOf(await place.state(), houseId);
  for (const name of PAGES) {
    const tab = state.tabs.get(name);
    if (tab) state.tabs.set(name, { ...tab, columns: columnsLeft(tab) });
  }
  return state;
}
