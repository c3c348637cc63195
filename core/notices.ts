/** What somebody should look at, after it has lasted for an hour. */
import { ago } from './display/dates.ts';
import { counted } from './display/numbers.ts';
import { HOUR } from './durations.ts';
import { isSilent, type Source, sourceName } from './sources.ts';

export type Notice = {
  /** What it is about; there is one notice of a topic at a time. */
  topic: string;
  /** What makes it another notice of the same topic: it is told once for each. */
  about: string;
  text: string;
};

export const NOTICE_AFTER_MS = HOUR;

/** Facts that have waited for somebody's external id for over an hour. */
export type Waited = { facts: number; latest_at: number | null };

/** The notices of now (UTC ms), the most urgent first. */
export function noticesOf(sources: Source[], waited: Waited, now: number): Notice[] {
  return [
    ...sources.flatMap((source) => failing(source, now)),
    ...sources.flatMap((source) => silent(source, now)),
    ...sources.flatMap(quarantined),
    ...(waited.facts > 0
      ? [
          {
            topic: 'waiting',
            about: String(waited.latest_at),
            text:
              `${counted(waited.facts, 'fact has', 'facts have')} waited for over an hour for a ` +
              'contact with its external id (list waiting)',
          },
        ]
      : []),
  ];
}

function failing(source: Source, now: number): Notice[] {
  const { failure, failed_since } = source;
  if (failure === null || failed_since === null || now - failed_since < NOTICE_AFTER_MS) return [];
  const name = sourceName(source);
  const text = `${name} cannot be fetched, first ${ago(failed_since, now)}: ${failure}`;
  return [{ topic: `failing ${name}`, about: String(failed_since), text }];
}

function silent(source: Source, now: number): Notice[] {
  if (!isSilent(source) || source.last_landed_at === null) return [];
  const name = sourceName(source);
  const text = `${name} is silent for longer than usual: its last fact came ${ago(
    source.last_landed_at,
    now,
  )}`;
  return [{ topic: `silent ${name}`, about: String(source.last_landed_at), text }];
}

function quarantined(source: Source): Notice[] {
  const { in_quarantine, stuck_at } = source;
  if (stuck_at === null) return [];
  const name = sourceName(source);
  const events = counted(in_quarantine, 'event', 'events');
  const text = `${events} of ${name} in quarantine for over an hour (list dead-events)`;
  return [{ topic: `quarantine ${name}`, about: String(stuck_at), text }];
}
