/**
 * Publishes to BigQuery under schedules of faults (V10): rows and checksums equal to the source,
 * nothing doubled.
 */
import { expect, it } from 'vitest';
import { BigQueryPlace } from './bigquery-place.ts';
import { PAIR } from './nights.ts';
import { scheduleOf, seedsOf, survivesSchedules } from './schedules.ts';
import { withGoogle } from './stand-in.ts';

withGoogle('bigquery', (at) => {
  it('publish once, or stop and name the fix; a clean run converges', async () => {
    const seeds = seedsOf(500, 25);
    let made = 0;
    const make = () => {
      made += 1;
      return BigQueryPlace.make(at.google, at.edge, `schedules-${made}`, PAIR);
    };
    const published = await survivesSchedules(make, seeds, scheduleOf, at.inject);
    expect(published).toBeGreaterThan(seeds.length / 2);
    expect(published).toBeLessThan(seeds.length);
  });
});
