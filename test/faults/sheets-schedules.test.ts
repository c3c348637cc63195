/**
 * Publishes to Sheets under schedules of faults: published right, or stopped by a fault that says
 * what to do.
 */
import { expect, it } from 'vitest';
import { type Size, SMALL, STAGED } from './nights.ts';
import { scheduleOf, seedsOf, survivesSchedules } from './schedules.ts';
import { Spreadsheets } from './sheets-place.ts';
import { withGoogle } from './stand-in.ts';

withGoogle('sheets', (at) => {
  const under = (size: Size, seeds: number[]) => {
    const sheets = new Spreadsheets(at.google, at.edge, size);
    return survivesSchedules(() => sheets.place(), seeds, scheduleOf, at.inject);
  };

  it('small tables publish once under every schedule, or stop and name the fix', async () => {
    const seeds = seedsOf(200, 20);
    const published = await under(SMALL, seeds);
    expect(published).toBeGreaterThan(seeds.length / 2);
    expect(published).toBeLessThan(seeds.length);
  });

  it('and so are tables that are staged through the fence', async () => {
    await under(STAGED, seedsOf(200, 6));
  });
});
