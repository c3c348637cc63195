/** The doors in `status`: which are on, when facts last came in, and what waits in quarantine. */
import type { DoorActivity } from '../warehouse/read/doors.ts';
import type { DoorState } from '../workers/ingest/door-states.ts';

/** One line per door of the house. */
export function doorLines(states: DoorState[], activity: DoorActivity[]): string[] {
  const known = new Map(activity.map((each) => [each.door, each]));
  return states.map(({ name, accounts, reason }) => {
    const { last_landed_at = null, waiting = 0 } = known.get(name) ?? {};
    const parts = [
      reason === null ? ['on', ...accounts].join(' ') : 'off',
      last_landed_at === null
        ? 'no facts yet'
        : `last facts ${new Date(last_landed_at).toISOString()}`,
      ...(waiting > 0 ? [`${waiting} in quarantine (list dead-events)`] : []),
    ];
    const why = reason === null ? '' : `. ${reason.replace(/\n/g, '; ')}`;
    return `${name.padEnd(9)} ${parts.join(', ')}${why}`;
  });
}
