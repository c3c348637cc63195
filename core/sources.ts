/** How the sources of the house are: what each last told, and whether it should have told more. */
import { HOUR } from './durations.ts';

/** A door, and the account of its provider where it serves several. Instants are UTC ms. */
export type Source = {
  door: string;
  /** Empty where the door serves one account only. */
  account: string;
  /** When a request or a poll of it was last taken in. */
  last_seen_at: number | null;
  last_landed_at: number | null;
  /** The median wait of its last facts between happening and landing. */
  lag_ms: number | null;
  /** How long it is silent between facts at most, on 99 of 100 occasions; null until known. */
  gap_ms: number | null;
  /** The same in business hours, so that nights and weekends hide nothing. */
  business_gap_ms: number | null;
  /** How long it has been silent, and how much of that was in business hours. */
  silent_ms: number | null;
  silent_business_ms: number | null;
  /** Events in quarantine that nobody discarded. */
  in_quarantine: number;
  oldest_in_quarantine_at: number | null;
  /** The latest of those that are there for more than an hour. */
  stuck_at: number | null;
  /** Of a door that is polled: where the next poll goes on, and why the last one broke off. */
  polled_at: number | null;
  cursor: string | null;
  failure: string | null;
  failed_since: number | null;
};

/** A shorter silence is no news. */
const SHORTEST_GAP_MS = HOUR;

/** Files are imported when somebody imports them. */
const BY_HAND = ['import', 'discard'];

const isLonger = (silence: number | null, gap: number | null): boolean =>
  silence !== null && gap !== null && silence > Math.max(gap, SHORTEST_GAP_MS);

/** Whether it has told nothing for longer than it usually does, by the clock or in business. */
export const isSilent = (source: Source): boolean =>
  !BY_HAND.includes(source.door) &&
  (isLonger(source.silent_ms, source.gap_ms) ||
    isLonger(source.silent_business_ms, source.business_gap_ms));

/** 'aircall main' */
export const sourceName = ({ door, account }: Pick<Source, 'door' | 'account'>): string =>
  account === '' ? door : `${door} ${account}`;
