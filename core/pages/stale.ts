/** What a page says at its top while it still shows an earlier night. */
import { instantText } from '../display/dates.ts';
import type { PageCell } from './page.ts';

/** Since when (the instant for which the data shown is true, UTC ms) and why. */
export type StaleNote = { since: number; reason: string };

/** A row of its own, or none where the page is fresh. */
export const staleRows = (stale: StaleNote | undefined): PageCell[][] =>
  stale
    ? [
        [
          {
            text: `Stale since ${instantText(stale.since, 'UTC')} UTC: ${stale.reason}`,
            style: 'warning',
          },
        ],
      ]
    : [];
