/**
 * `status`: the house in use, what it holds, its last export, the night that each destination
 * shows, its scheduled jobs, its sources, and what to look at.
 */
import type { Notice } from '../../core/notices.ts';
import type { Source } from '../../core/sources.ts';
import type { PulseCheck } from '../../warehouse/nights/pulse-checks.ts';
import type { Ignored } from '../../warehouse/read/sources.ts';
import type { DoorState } from '../../workers/ingest/door-states.ts';
import type { Call } from '../command.ts';
import { withHouse } from '../house/open.ts';
import { lastPublished } from '../published.ts';
import { sourceLines } from '../source-lines.ts';

type Status = {
  house: Record<string, unknown>;
  counts: Record<string, number>;
  as_of: number;
  sources: Source[];
  notices: Notice[];
  pulse: PulseCheck | null;
  ignored_events: Ignored[];
  facts_landed_after: number;
  jobs: JobState[];
};

type JobState = {
  job: string;
  next_at: number | null;
  due_at: number | null;
  finished_at: number | null;
  failures: number;
  failure: string | null;
};

type Nights = {
  due: number | null;
  most_attempts: number;
  destinations: {
    name: string;
    as_of: number | null;
    is_behind: boolean;
    attempts: number;
    reason: string | null;
    notes: string[];
  }[];
};

const iso = (instant: number): string => new Date(instant).toISOString();

/** One line per destination: the instant of its data, and why it is not the night that is due. */
function nightLines({ due, destinations, most_attempts }: Nights): string[] {
  return destinations.flatMap(({ name, as_of, is_behind, attempts, reason, notes }) => {
    const shows = as_of === null ? 'shows no night yet' : `shows ${iso(as_of)}`;
    const next =
      attempts < most_attempts ? 'tried again within the hour' : 'waits for the next night';
    const tries = attempts > 0 ? `, ${attempts} of ${most_attempts} tries failed, ${next}` : '';
    const behind = is_behind && due !== null ? `; the night of ${iso(due)} is missing${tries}` : '';
    const why = reason ? `: ${reason.replace(/\n/g, '; ')}` : '';
    return [
      `${name.padEnd(9)} ${shows}${behind}${why}`,
      ...notes.map((note) => `${' '.repeat(10)}${note}`),
    ];
  });
}

/** For which instant each job ran last, how that went, and when it is due next. */
function jobLine({ job, next_at, due_at, finished_at, failures, failure }: JobState): string {
  const outcome =
    finished_at !== null
      ? 'done'
      : failure === null
        ? 'under way'
        : `failed ${failures} ${failures === 1 ? 'time' : 'times'}: ${failure}`;
  const last = due_at === null ? 'not run yet' : `${iso(due_at)} ${outcome}`;
  const next = next_at === null ? '' : `; next ${iso(next_at)}`;
  return `${job.padEnd(9)} ${last}${next}`;
}

/** Whether the last night found as many points of the pulse as facts. */
const pulseLine = (pulse: PulseCheck | null): string[] =>
  pulse === null
    ? []
    : [
        `pulse     ${pulse.points} points for ${pulse.facts} facts in the day to ` +
          `${iso(pulse.checked_at)}; ${pulse.hours_differing} of 24 hours differ`,
      ];

export async function status(call: Call): Promise<void> {
  await withHouse(call.say, async (house) => {
    const { folder } = house.state;
    const last = lastPublished(house.state);
    const read = async <T>(path: string) => (await house.call(path)).json() as Promise<T>;
    const [found, doors, nights] = await Promise.all([
      read<Status>(`/api/status?after=${last?.manifest.as_of ?? 0}`),
      read<DoorState[]>('/import/doors'),
      read<Nights>('/exports/status'),
    ]);
    const lastExport = last && {
      run_id: last.manifest.run_id,
      as_of: last.manifest.as_of,
      folder: last.folder,
    };
    const data = { state: folder, ...found, last_export: lastExport, nights, door_states: doors };
    call.print(
      data,
      [
        `house     ${house.state.house.house_id}${found.house.is_sample ? ' (Sample data)' : ''}`,
        `state     ${folder}`,
        ...Object.entries(found.counts).map(
          ([name, count]) => `${name.padEnd(20)} ${String(count).padStart(9)}`,
        ),
        lastExport
          ? `exported  ${iso(lastExport.as_of)} to ${lastExport.folder}; ` +
            `${found.facts_landed_after} facts are newer`
          : 'exported  never',
        ...sourceLines(doors, found.sources, found.ignored_events, found.as_of),
        ...nightLines(nights),
        ...found.jobs.map(jobLine),
        ...pulseLine(found.pulse),
        ...found.notices.map(({ text }) => `notice    ${text}`),
      ].join('\n'),
    );
  });
}
