/** What a house uses in a month, from what was counted in two small ones and what is assumed. */
import { type HouseBill, sumOf } from './house-bill.ts';
import type { Usage } from './list-prices.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;
const GB = 1e9;

/** Estimates: change them for your house. */
export const assumed = {
  facts_per_person: 4,
  pages_per_day: 200,
  cpu_ms_per_request: 5,
  /** The published rows of a person in the bucket, with those of the night before. */
  r2_bytes_per_person: 20_000,
  r2_writes_per_night: 500,
};

export type Counted = { people: number; bill: HouseBill };

/** What is counted of two houses, taken to grow in a straight line (gate 5). */
const lineThrough =
  (small: Counted, large: Counted) =>
  (figure: (bill: HouseBill) => number, people: number): number => {
    const [low, high] = [figure(small.bill), figure(large.bill)];
    const slope = (high - low) / (large.people - small.people);
    return Math.max(0, low + slope * (people - small.people));
  };

/**
 * A refresh of the marts begins every five seconds at most, and takes a tenth of D1's time at most.
 * With nothing new there is one an hour.
 */
const refreshesAMonth = (refresh_ms: number, facts: number): number =>
  Math.min(facts + DAYS * 24, (DAYS * DAY_MS) / Math.max(5_000, 10 * refresh_ms));

export function monthlyUsage(small: Counted, large: Counted, people: number): Usage {
  const line = lineThrough(small, large);
  const facts = people * assumed.facts_per_person;
  const refreshes = refreshesAMonth(
    line((bill) => bill.refresh_ms, people),
    facts,
  );
  const rows = (what: 'read' | 'written'): number =>
    facts * large.bill.event[what] +
    DAYS * line((bill) => sumOf(bill.night, what), people) +
    refreshes * line((bill) => bill.refresh[what], people);
  const requests = facts + DAYS * assumed.pages_per_day;
  return {
    requests,
    cpu_ms: requests * assumed.cpu_ms_per_request,
    rows_read: rows('read'),
    rows_written: rows('written'),
    d1_gb: line((bill) => bill.bytes, people) / GB,
    // A message is written, read and deleted.
    queue_operations: 3 * facts,
    points: facts,
    r2_writes: DAYS * assumed.r2_writes_per_night,
    r2_gb: (people * assumed.r2_bytes_per_person) / GB,
  };
}
