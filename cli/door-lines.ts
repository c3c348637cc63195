/** The doors in `status`: which are on, what came in, and what waits in quarantine. */
import type { DoorActivity, Ignored } from '../warehouse/read/doors.ts';
import type { DoorState } from '../workers/ingest/door-states.ts';

/** One line per door of the house. */
export function doorLines(
  states: DoorState[],
  activity: DoorActivity[],
  ignored: Ignored[],
): string[] {
  const known = new Map(activity.map((each) => [each.door, each]));
  return states.flatMap(({ name, accounts, reason }) => {
    const { last_landed_at = null, waiting = 0 } = known.get(name) ?? {};
    const parts = [
      reason === null ? ['on', ...accounts].join(' ') : 'off',
      last_landed_at === null
        ? 'no facts yet'
        : `last facts ${new Date(last_landed_at).toISOString()}`,
      ...(waiting > 0 ? [`${waiting} in quarantine (list dead-events)`] : []),
    ];
    const why = reason === null ? '' : `. ${reason.replace(/\n/g, '; ')}`;
    return [`${name.padEnd(9)} ${parts.join(', ')}${why}`, ...ignoredLines(name, ignored)];
  });
}

function ignoredLines(door: string, ignored: Ignored[]): string[] {
  const types = ignored.filter((each) => each.door === door);
  if (types.length === 0) return [];
  const counts = types.map(({ event_type, events }) => `${event_type} ${events}`);
  return [`${' '.repeat(10)}no facts in: ${counts.join(', ')}`];
}
