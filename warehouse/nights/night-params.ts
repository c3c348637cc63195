/** What starts a night, and the name of the Workflow instance that runs it. */
import type { DestinationName } from '../../core/destinations.ts';

/** Small, since a Workflow keeps it. `as_of` is in UTC milliseconds. */
export type NightParams = {
  run_id: string;
  attempt: number;
  as_of: number;
  to: DestinationName[];
};

export const instanceId = ({ run_id, attempt }: Pick<NightParams, 'run_id' | 'attempt'>): string =>
  `${run_id}-${attempt}`;
