/** The clock of the house on this machine, while a night keeps the runtime busy. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cronsOfHouse, tickCrons } from '../../cli/house/crons.ts';
import { factsConfig } from '../../core/config.ts';
import { DAY } from '../../core/durations.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { openTestHouse, type TestHouse } from '../house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  const config = { HOUSE_ID: 'test-house', CONTACT_KEY_SECRET: 'test-contact-key-secret' };
  await ensureHouse(house.db, factsConfig(config));
  await house.db
    .prepare('update house set opened_at = opened_at - ?')
    .bind(2 * DAY)
    .run();
});
afterAll(() => house?.close());

it('catches up the night that was missed, and leaves this process free meanwhile', async () => {
  const said: string[] = [];
  const waits: number[] = [];
  const began = Date.now();
  let last = began;
  const pulse = setInterval(() => {
    waits.push(Date.now() - last);
    last = Date.now();
  }, 50);
  const stop = tickCrons(house.url, cronsOfHouse(), (line) => said.push(line));
  try {
    while (said.length === 0 && !(await house.call('/exports/latest')).ok)
      await new Promise((done) => setTimeout(done, 200));
  } finally {
    stop();
    clearInterval(pulse);
  }
  expect(said).toEqual([]);
  expect(Math.max(...waits)).toBeLessThan((Date.now() - began) / 2);
}, 120_000);
