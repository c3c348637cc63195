/** The sources in `status`: which doors are on, what came in, and what is wrong. */
import { ago } from '../core/display/dates.ts';
import { minutes } from '../core/display/numbers.ts';
import { MINUTE } from '../core/durations.ts';
import { isSilent, type Source, sourceName } from '../core/sources.ts';
import type { Ignored } from '../warehouse/read/sources.ts';
import type { DoorState } from '../workers/ingest/door-states.ts';

const WIDTH = 9;
const indented = (text: string): string => `${' '.repeat(WIDTH + 1)}${text}`;

/** The doors of the house with their sources, then whatever else told something. */
export function sourceLines(
  states: DoorState[],
  sources: Source[],
  ignored: Ignored[],
  now: number,
): string[] {
  const doors = states.map(({ name }) => name);
  const others = sources.filter(({ door }) => !doors.includes(door));
  return [
    ...states.flatMap((state) => doorLines(state, sources, ignored, now)),
    ...others.map((source) => `${sourceName(source).padEnd(WIDTH)} ${healthOf(source, now)}`),
  ];
}

function doorLines(state: DoorState, ...known: [Source[], Ignored[], number]): string[] {
  return [...stateLines(state, ...known), ...(state.lacks ? [indented(state.lacks)] : [])];
}

function stateLines(
  { name, accounts, reason }: DoorState,
  sources: Source[],
  ignored: Ignored[],
  now: number,
): string[] {
  const title = name.padEnd(WIDTH);
  const own = sources.filter(({ door }) => door === name);
  const first =
    reason === null ? ['on', ...accounts].join(' ') : `off. ${reason.replace(/\n/g, '; ')}`;
  const types = ignored.filter(({ door }) => door === name);
  const counts = types.map(({ event_type, events }) => `${event_type} ${events}`);
  const [only] = own;
  if (own.length === 1 && only!.account === '' && reason === null)
    return [`${title} on, ${healthOf(only!, now)}`, ...ignoredLine(counts)];
  if (own.length === 0 && reason === null)
    return [`${title} ${first}, no facts yet`, ...ignoredLine(counts)];
  return [
    `${title} ${first}`,
    ...own.map((source) => indented(`${sourceName(source)}: ${healthOf(source, now)}`)),
    ...ignoredLine(counts),
  ];
}

const ignoredLine = (counts: string[]): string[] =>
  counts.length > 0 ? [indented(`no facts in: ${counts.join(', ')}`)] : [];

/** What is known of a source, the wrong first. */
function healthOf(source: Source, now: number): string {
  const { last_landed_at, lag_ms, gap_ms, in_quarantine, failure, failed_since, polled_at } =
    source;
  return [
    ...(failure === null ? [] : [`fails since ${ago(failed_since ?? now, now)}: ${failure}`]),
    last_landed_at === null
      ? 'no facts yet'
      : `last facts ${new Date(last_landed_at).toISOString()}`,
    ...(isSilent(source) ? ['silent for longer than usual'] : []),
    ...(lag_ms === null ? [] : [`${minutes(lag_ms / MINUTE)} after they happened`]),
    ...(gap_ms === null ? [] : [`usually within ${minutes(gap_ms / MINUTE)}`]),
    ...(polled_at === null ? [] : [`asked ${ago(polled_at, now)}`]),
    ...(in_quarantine > 0 ? [`${in_quarantine} in quarantine (list dead-events)`] : []),
  ].join(', ');
}
