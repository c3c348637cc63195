/** A house whose settings are wrong says so at its doors, and stores nothing. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../house.ts';
import { mailEvent, signed } from '../signed.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ env: { BUSINESS_TIME_ZONE: 'Nowhere/Land' } });
});
afterAll(() => house?.close());

it('names the bad setting with a 503 at both doors', async () => {
  const answers = await Promise.all([
    fetch(new URL('/webhooks/resend', house.url), signed('evt', mailEvent('email.sent'))),
    house.call('/import/facts', { method: 'POST', body: '{"facts":[]}' }),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      error: 'config',
      message: expect.stringMatching(/^BUSINESS_TIME_ZONE: .*IANA/),
    });
  }
});
